package io.henge.replication.membership;

import io.henge.replication.ring.PlacementPlanner;
import io.henge.replication.ring.RingMember;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where each group's replicas should be. A goal stays until the members change: planned anew at
 * each step it would take half-made moves for the wish.
 *
 * <p>Who is absent for a while keeps its place in the plan and is left out of the wish, unless that
 * left a partition with a single copy: then another member holds a second one meanwhile. Whoever
 * comes back takes the place of its earlier id.
 */
final class PlacementGoals {

  /** With fewer copies than that a partition does not wait for an absent member. */
  private static final int LEAST_COPIES = 2;

  /**
   * One group's goal.
   *
   * @param paused whether it moves nothing only to make the load even
   * @param members whom the plan counts on, present or absent
   * @param present those who are there
   * @param plan what to return to, absent members included
   * @param wanted what is wanted as long as they are absent
   */
  private record Goal(
      boolean paused,
      List<RingMember> members,
      List<RingMember> present,
      List<List<MemberId>> plan,
      List<List<MemberId>> wanted) {}

  private final Absentees absentees;
  private final Map<Integer, Goal> goals = new HashMap<>();

  PlacementGoals(Absentees absentees) {
    this.absentees = absentees;
  }

  /** The wanted replicas of each partition of a group, the primary first. */
  List<List<MemberId>> of(ClusterState state, int group) {
    return goal(state, group).wanted();
  }

  /** How many copies a partition should have in the end; surplus ones stay until it has them. */
  int copies(ClusterState state, int group) {
    return Math.min(state.groups().get(group).copies(), goal(state, group).members().size());
  }

  private Goal goal(ClusterState state, int group) {
    List<RingMember> present = ringMembers(state, true);
    List<RingMember> members = new ArrayList<>(present);
    for (Member each : absentees.missing(state)) {
      members.add(new RingMember(each.id(), each.zone(), each.weight()));
    }
    members.sort(Comparator.comparing(RingMember::id));
    Goal goal = goals.get(group);
    boolean paused = state.rebalancingPaused();
    boolean samePlan = goal != null && goal.paused() == paused && goal.members().equals(members);
    if (!samePlan || !goal.present().equals(present)) {
      List<List<MemberId>> current = current(state, group, goal);
      List<List<MemberId>> plan = samePlan ? goal.plan() : plan(state, group, members, current);
      List<List<MemberId>> wanted =
          members.equals(present) ? plan : meanwhile(state, group, present, plan, current);
      goal = new Goal(paused, members, present, plan, wanted);
      goals.put(group, goal);
    }
    return goal;
  }

  /** The plan without those who are absent, but with substitutes where too few would be left. */
  private static List<List<MemberId>> meanwhile(
      ClusterState state,
      int group,
      List<RingMember> present,
      List<List<MemberId>> plan,
      List<List<MemberId>> current) {
    List<List<MemberId>> meanwhile = plan(state, group, present, current);
    Set<MemberId> here = new HashSet<>();
    present.forEach(member -> here.add(member.id()));
    List<List<MemberId>> wanted = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      List<MemberId> replicas = new ArrayList<>(plan.get(i));
      replicas.retainAll(here);
      for (MemberId substitute : meanwhile.get(i)) {
        if (replicas.size() < LEAST_COPIES && !replicas.contains(substitute)) {
          replicas.add(substitute);
        }
      }
      wanted.add(List.copyOf(replicas));
    }
    return wanted;
  }

  private static List<List<MemberId>> plan(
      ClusterState state, int group, List<RingMember> members, List<List<MemberId>> current) {
    int copies = state.groups().get(group).copies();
    List<List<MemberId>> even =
        PlacementPlanner.plan(group, state.partitionsPerGroup(), copies, members, current);
    return state.rebalancingPaused() ? asItIs(current, even, members, copies) : even;
  }

  /** The replicas where they are, and of the even plan only what makes up for missing ones. */
  private static List<List<MemberId>> asItIs(
      List<List<MemberId>> current,
      List<List<MemberId>> even,
      List<RingMember> members,
      int copies) {
    Set<MemberId> usable = new HashSet<>();
    members.forEach(member -> usable.add(member.id()));
    List<List<MemberId>> plan = new ArrayList<>();
    for (int i = 0; i < even.size(); i++) {
      Set<MemberId> replicas = new LinkedHashSet<>(current.get(i));
      replicas.retainAll(usable);
      replicas.addAll(even.get(i));
      plan.add(replicas.stream().limit(copies).toList());
    }
    return plan;
  }

  /** The replicas now, and those that members who came back had under their earlier ids. */
  private List<List<MemberId>> current(ClusterState state, int group, Goal before) {
    Map<MemberId, MemberId> returned = absentees.returned(state);
    List<List<MemberId>> current = new ArrayList<>();
    for (int i = 0; i < state.partitionsPerGroup(); i++) {
      List<MemberId> replicas =
          new ArrayList<>(state.groups().get(group).partitions().get(i).replicas());
      if (before != null) {
        for (MemberId wanted : before.plan().get(i)) {
          MemberId successor = returned.get(wanted);
          if (successor != null && !replicas.contains(successor)) {
            // Before a substitute, so that it is the substitute's copy that goes.
            replicas.add(Math.min(1, replicas.size()), successor);
          }
        }
      }
      current.add(replicas);
    }
    return current;
  }

  /** The placement of a group that does not exist yet; null while no member can hold it. */
  static List<List<MemberId>> ofNewGroup(ClusterState state, int copies) {
    List<RingMember> members = ringMembers(state, false);
    return members.isEmpty()
        ? null
        : PlacementPlanner.plan(
            state.groups().size(), state.partitionsPerGroup(), copies, members, List.of());
  }

  /**
   * Takes a member for the primary of a partition from now on, if the plan has a copy there anyway:
   * else what an operator moves would be moved back.
   */
  void prefer(ClusterState state, int partition, MemberId primary) {
    int group = partition / state.partitionsPerGroup();
    int index = partition % state.partitionsPerGroup();
    Goal goal = goal(state, group);
    goals.put(
        group,
        new Goal(
            goal.paused(),
            goal.members(),
            goal.present(),
            withFirst(goal.plan(), index, primary),
            withFirst(goal.wanted(), index, primary)));
  }

  private static List<List<MemberId>> withFirst(
      List<List<MemberId>> placement, int index, MemberId first) {
    List<MemberId> replicas = new ArrayList<>(placement.get(index));
    if (replicas.remove(first)) {
      replicas.add(0, first);
    }
    List<List<MemberId>> changed = new ArrayList<>(placement);
    changed.set(index, List.copyOf(replicas));
    return changed;
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
