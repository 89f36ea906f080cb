package io.henge.replication.node;

import io.henge.replication.insight.Outlook;
import io.henge.replication.insight.WhatIf;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.node.management.MoveView;
import io.henge.replication.node.management.WhatIfView;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks {@link WhatIf} in the words of the management interface. */
final class ForetoldViews {

  private ForetoldViews() {}

  static WhatIfView of(ClusterState state, String[] memberIds, String how, WhatIf.Sizes sizes) {
    WhatIf.How kind = how(how);
    return view(kind, WhatIf.of(state, members(state, memberIds), kind, sizes));
  }

  private static WhatIf.How how(String how) {
    for (WhatIf.How each : WhatIf.How.values()) {
      if (word(each).equals(how)) {
        return each;
      }
    }
    throw new IllegalArgumentException("how is " + how + "; it has to be crash or drain");
  }

  private static String word(WhatIf.How how) {
    return how.name().toLowerCase(Locale.ROOT);
  }

  private static Set<MemberId> members(ClusterState state, String[] memberIds) {
    Map<String, MemberId> known = new TreeMap<>();
    for (Member member : state.members().values()) {
      known.put(member.id().toString(), member.id());
    }
    Set<MemberId> found = new TreeSet<>();
    for (String id : memberIds) {
      MemberId member = known.get(id);
      if (member == null) {
        throw new IllegalArgumentException(
            id + " is no member at slot " + state.slot() + ": look at the members again");
      }
      found.add(member);
    }
    return found;
  }

  private static WhatIfView view(WhatIf.How how, Outlook outlook) {
    return new WhatIfView(
        outlook.slot(),
        word(how),
        outlook.majorityKept(),
        outlook.votersUp(),
        outlook.voters(),
        numbers(outlook.lost()),
        numbers(outlook.singleCopy()),
        numbers(outlook.reduced()),
        outlook.moves().stream().map(ForetoldViews::view).toArray(MoveView[]::new),
        outlook.entriesToCopy(),
        outlook.bytesToCopy(),
        outlook.primariesAfter().keySet().stream().map(MemberId::toString).toArray(String[]::new),
        numbers(List.copyOf(outlook.primariesAfter().values())),
        outlook.refusal() == null ? "" : outlook.refusal());
  }

  private static MoveView view(Outlook.Move move) {
    return new MoveView(
        move.kind().name(), move.partition(), move.from().toString(), move.to().toString());
  }

  private static int[] numbers(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
