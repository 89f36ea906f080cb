package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Handover;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches runs in which members only come and go as planned: no partition ever has fewer copies
 * than it could have, nobody goes who still holds one, and the limits of transfers are kept.
 */
final class PlannedChangeJudge {

  /** What a member may receive at a time: few enough that some seeds come up against it. */
  static final int RECEIVED_AT_A_TIME = 2;

  /** How many slots the leader may need to see that a new member can hold copies. */
  private static final int SLOTS_TO_NOTICE = 5;

  private final Map<MemberId, Long> ableSince = new HashMap<>();

  /** Those that were so slow to begin that they were suspended: their replicas are all learners. */
  private final Set<MemberId> slow = new HashSet<>();

  /** Those that went when nobody was there to take what they hold. */
  private final Set<MemberId> excused = new HashSet<>();

  private boolean suspended;
  private long newest = -1;

  /** A member moved from one state to the next. */
  void applied(ClusterState before, ClusterState after) {
    if (after.slot() > newest) {
      newest = after.slot();
      for (Member member : after.members().values()) {
        if (holdsData(member)) {
          ableSince.putIfAbsent(member.id(), newest);
        } else {
          ableSince.remove(member.id());
        }
      }
    }
    if (before == null || after.slot() != before.slot() + 1) {
      return;
    }
    for (MemberId id : before.members().keySet()) {
      if (!after.members().containsKey(id) && !excused.contains(id)) {
        hasNothing(before, id);
      }
    }
    for (int number = 0; number < before.partitionCount(); number++) {
      copies(before, after, number);
    }
    for (Member member : after.members().values()) {
      if (member.state() == MemberState.SUSPENDED) {
        slow.add(member.id());
      } else if (!slow.contains(member.id())) {
        received(after, member.id());
      }
    }
  }

  /** A planned change loses nothing, and must not have anybody believe that it did. */
  void decided(List<Command> commands) {
    for (Command command : commands) {
      suspended |= command instanceof Command.Suspend;
      if (command instanceof Command.NoteLoss && !suspended && excused.isEmpty()) {
        throw new RuleBroken("I22", command + " though nobody failed");
      }
    }
  }

  /**
   * A member decided to go: it holds nothing, or there is nobody who could take it.
   *
   * @param known the newest state that it knows
   */
  void goes(MemberId id, ClusterState known) {
    if (Handover.of(known, id).receivers()) {
      hasNothing(known, id);
    } else {
      excused.add(id);
    }
  }

  private static void hasNothing(ClusterState before, MemberId left) {
    for (int number = 0; number < before.partitionCount(); number++) {
      if (before.partition(number).inSync().contains(left)) {
        throw new RuleBroken(
            "4.13", left + " left after slot " + before.slot() + " with partition " + number);
      }
    }
  }

  private void copies(ClusterState before, ClusterState after, int number) {
    PartitionAssignment was = before.partition(number);
    PartitionAssignment is = after.partition(number);
    // Who found nobody to take over may finish its callers' operations before it says goodbye, and
    // somebody may come back meanwhile (seed 103422).
    if (was.inSync().stream().anyMatch(id -> isSuspended(after, id) || excused.contains(id))) {
      return;
    }
    PartitionGroup group = after.groups().get(number / after.partitionsPerGroup());
    long able =
        after.members().values().stream()
            .filter(PlannedChangeJudge::holdsData)
            .filter(
                member ->
                    ableSince.getOrDefault(member.id(), Long.MAX_VALUE)
                        < after.slot() - SLOTS_TO_NOTICE)
            .count();
    long least = Math.min(was.inSync().size(), Math.min(able, group.copies()));
    if (is.inSync().size() < least) {
      throw new RuleBroken(
          "4.13", "slot " + after.slot() + " left partition " + number + " with " + is);
    }
  }

  private static boolean isSuspended(ClusterState state, MemberId id) {
    Member member = state.members().get(id);
    return member != null && member.state() == MemberState.SUSPENDED;
  }

  private static boolean holdsData(Member member) {
    return member.role() == MemberRole.DATA && member.state() == MemberState.ACTIVE;
  }

  private static void received(ClusterState after, MemberId id) {
    int received = 0;
    for (int number = 0; number < after.partitionCount(); number++) {
      received += after.partition(number).learners().contains(id) ? 1 : 0;
    }
    if (received > RECEIVED_AT_A_TIME) {
      throw new RuleBroken("I19", id + " receives " + received + " partitions at " + after.slot());
    }
  }

  /** An operation failed: in such a run none may. */
  void failed(String who, ClientResult result) {
    throw new RuleBroken("4.13", "in a planned change an operation of " + who + " was " + result);
  }
}
