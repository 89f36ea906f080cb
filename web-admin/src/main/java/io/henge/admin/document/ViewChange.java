package io.henge.admin.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Event {@code view} of the stream: what makes the view of slot {@code from} that of {@code slot}.
 *
 * @param from the slot that it starts from
 * @param slot the slot that it leads to
 * @param time when the answering member applied it
 * @param voters the voters' ids
 * @param leader the Paxos leader, null while none is known
 * @param members all members
 * @param parts the changed partitions: their number, then as in {@link PackedPartition}
 * @param chain hash over the whole log up to {@code slot}
 */
public record ViewChange(
    long from,
    long slot,
    Instant time,
    List<String> voters,
    Leader leader,
    List<MemberDocument> members,
    List<List<Object>> parts,
    String chain) {

  /**
   * The change between two views; null if it cannot be told as one: another cluster, a slot that
   * ran backwards, groups that came or went, or members at other positions.
   */
  public static ViewChange between(ViewDocument old, ViewDocument now) {
    if (!old.cluster().equals(now.cluster())
        || now.slot() < old.slot()
        || old.parts().size() != now.parts().size()
        || !old.copies().equals(now.copies())
        || !positions(old).equals(positions(now))) {
      return null;
    }
    List<List<Object>> changed = new ArrayList<>();
    for (int number = 0; number < now.parts().size(); number++) {
      if (!now.parts().get(number).equals(old.parts().get(number))) {
        List<Object> row = new ArrayList<>();
        row.add(number);
        row.addAll(now.parts().get(number));
        changed.add(row);
      }
    }
    return new ViewChange(
        old.slot(),
        now.slot(),
        now.time(),
        now.voters(),
        now.leader(),
        now.members(),
        changed,
        now.chain());
  }

  private static List<String> positions(ViewDocument view) {
    return view.members().stream().map(MemberDocument::id).toList();
  }
}
