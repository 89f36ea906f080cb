package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Members that went without handing over and may be back soon under a new id: their copies wait for
 * them a while (PROTOCOL 4.9, rule 6). Kept by everybody, so that a new leader need not start to
 * wait from nothing.
 */
final class Absentees {

  private record Absent(Member member, long since) {}

  private final long patience;
  private final Liveness liveness;
  private final SortedMap<MemberId, Absent> absent = new TreeMap<>();

  /** Waits {@code patience} nanoseconds from when a member was last taking part. */
  Absentees(long patience, Liveness liveness) {
    this.patience = patience;
    this.liveness = liveness;
  }

  /** To be called before {@link Liveness#applied}, which forgets who is gone. */
  void applied(ClusterState before, ClusterState after, long now) {
    for (Member member : before.members().values()) {
      boolean took =
          member.state() == MemberState.ACTIVE || member.state() == MemberState.SUSPENDED;
      Member known = after.members().get(member.id());
      boolean goes = known == null || known.state() == MemberState.DRAINING;
      if (took && goes && member.role() == MemberRole.DATA) {
        // It came back, and its own absence is another one: none if it was drained.
        absent.values().removeIf(each -> isSameServer(each.member(), member));
        if (known == null) {
          long since = now - liveness.suspendedFor(member.id(), now);
          absent.put(member.id(), new Absent(member, since));
        }
      }
    }
  }

  void tick(long now) {
    absent.values().removeIf(each -> now - each.since() >= patience);
  }

  /** Who is waited for: those whose server has not come back. */
  List<Member> missing(ClusterState state) {
    Map<MemberId, MemberId> returned = returned(state);
    List<Member> missing = new ArrayList<>();
    for (Absent each : absent.values()) {
      if (!returned.containsKey(each.member().id())) {
        missing.add(each.member());
      }
    }
    return missing;
  }

  /** The new ids of those that came back, by their old ones. */
  Map<MemberId, MemberId> returned(ClusterState state) {
    SortedMap<MemberId, MemberId> returned = new TreeMap<>();
    for (Absent each : absent.values()) {
      for (Member member : state.members().values()) {
        boolean takesPart =
            member.state() == MemberState.ACTIVE && member.role() == MemberRole.DATA;
        if (takesPart && isSameServer(each.member(), member) && !isTaken(returned, member)) {
          returned.put(each.member().id(), member.id());
          break;
        }
      }
    }
    return returned;
  }

  private static boolean isTaken(Map<MemberId, MemberId> returned, Member member) {
    Collection<MemberId> taken = returned.values();
    return taken.contains(member.id());
  }

  private static boolean isSameServer(Member before, Member now) {
    return now.joinedAt() > before.joinedAt()
        && (now.name().equals(before.name()) || now.address().equals(before.address()));
  }
}
