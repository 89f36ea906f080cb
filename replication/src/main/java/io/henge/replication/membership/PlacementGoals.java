package io.henge.replication.membership;

import io.henge.replication.ring.PlacementPlanner;
import io.henge.replication.ring.RingMember;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each group's replicas should be. A goal stays until the members change: planned anew at
 * each step it would take half-made moves for the wish.
 */
final class PlacementGoals {

  private record Goal(List<RingMember> members, List<List<MemberId>> replicas) {}

  private final Map<Integer, Goal> goals = new HashMap<>();

  /** The wanted replicas of each partition of a group, the primary first. */
  List<List<MemberId>> of(ClusterState state, int group) {
    List<RingMember> members = ringMembers(state, true);
    Goal goal = goals.get(group);
    if (goal == null || !goal.members().equals(members)) {
      PartitionGroup now = state.groups().get(group);
      List<List<MemberId>> current =
          now.partitions().stream().map(PartitionAssignment::replicas).toList();
      goal =
          new Goal(
              members,
              PlacementPlanner.plan(
                  group, state.partitionsPerGroup(), now.copies(), members, current));
      goals.put(group, goal);
    }
    return goal.replicas();
  }

  /** The placement of a group that does not exist yet; null while no member can hold it. */
  static List<List<MemberId>> ofNewGroup(ClusterState state, int copies) {
    List<RingMember> members = ringMembers(state, false);
    return members.isEmpty()
        ? null
        : PlacementPlanner.plan(
            state.groups().size(), state.partitionsPerGroup(), copies, members, List.of());
  }

  void clear() {
    goals.clear();
  }

  /** A suspended member keeps its place in the plan, because it keeps its data; see 4.2. */
  private static List<RingMember> ringMembers(ClusterState state, boolean withSuspended) {
    List<RingMember> members = new ArrayList<>();
    for (Member member : state.members().values()) {
      boolean usable =
          member.state() == MemberState.ACTIVE
              || (withSuspended && member.state() == MemberState.SUSPENDED);
      if (usable && member.role() == MemberRole.DATA) {
        members.add(new RingMember(member.id(), member.zone(), member.weight()));
      }
    }
    return members;
  }
}
