package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches what members apply: the same state at each slot (I4), at most one voter changed per slot
 * (I3), in-sync sets that grow only by learners (I6), one cluster but for those that are founded
 * again (I20), no incarnation twice (I21).
 */
final class StateJudge {

  private record Slot(MemberId clusterId, long slot) {}

  private record Membership(MemberId clusterId, MemberId member) {}

  private final boolean oneClusterOnly;
  private final Map<Slot, ClusterState> states = new HashMap<>();
  private final Map<Membership, Long> removedAt = new HashMap<>();
  private final Set<MemberId> clusters = new HashSet<>();
  private ClusterState newest;

  StateJudge(boolean oneClusterOnly) {
    this.oneClusterOnly = oneClusterOnly;
  }

  /** What is left of a cluster was founded again: that one is to be looked at from now on. */
  void foundedAgain(ClusterState first) {
    clusters.add(first.clusterId());
    first
        .removed()
        .forEach(id -> removedAt.put(new Membership(first.clusterId(), id), first.slot()));
    newest = first;
  }

  /** A member moved from one state to another; {@code before} is null at first. */
  void applied(String who, ClusterState before, ClusterState after) {
    ClusterState known = states.putIfAbsent(new Slot(after.clusterId(), after.slot()), after);
    if (known != null) {
      if (!known.equals(after)) {
        throw new RuleBroken("I4", who + " has another state at slot " + after.slot());
      }
    }
    if (clusters.add(after.clusterId()) && clusters.size() > 1 && oneClusterOnly) {
      throw new RuleBroken("I20", who + " is in a second cluster " + after.clusterId());
    }
    if (before != null && before.clusterId().equals(after.clusterId())) {
      if (after.slot() <= before.slot()) {
        throw new RuleBroken(
            "I4", who + " went from slot " + before.slot() + " to " + after.slot());
      }
      if (after.slot() == before.slot() + 1) {
        compare(before, after);
      }
    }
    if (newest == null
        || (after.clusterId().equals(newest.clusterId()) && after.slot() > newest.slot())) {
      newest = after;
    }
  }

  private void compare(ClusterState before, ClusterState after) {
    List<MemberId> changed = new ArrayList<>(before.voters());
    changed.removeAll(after.voters());
    List<MemberId> added = new ArrayList<>(after.voters());
    added.removeAll(before.voters());
    changed.addAll(added);
    if (changed.size() > 1) {
      throw new RuleBroken("I3", "slot " + after.slot() + " changed the voters " + changed);
    }
    for (MemberId id : before.members().keySet()) {
      if (!after.members().containsKey(id)) {
        removedAt.putIfAbsent(new Membership(after.clusterId(), id), after.slot());
      }
    }
    for (MemberId id : after.members().keySet()) {
      Membership membership = new Membership(after.clusterId(), id);
      if (removedAt.getOrDefault(membership, Long.MAX_VALUE) <= after.slot()) {
        throw new RuleBroken("I21", id + " came back at slot " + after.slot());
      }
    }
    for (int number = 0; number < before.partitionCount(); number++) {
      assignments(number, before.partition(number), after.partition(number), after);
    }
  }

  private static void assignments(
      int number, PartitionAssignment before, PartitionAssignment after, ClusterState state) {
    long slot = state.slot();
    boolean sameEpoch = before.epoch() == after.epoch();
    boolean sameSet = before.inSync().equals(after.inSync());
    boolean dropped =
        before.learners().stream()
            .anyMatch(id -> !after.holds(id) && state.members().containsKey(id));
    // Several commands of one slot may lead back to the same set, in a new epoch all the same.
    if (sameEpoch ? !sameSet || dropped : after.epoch() != slot) {
      throw new RuleBroken(
          "epoch", "partition " + number + " at slot " + slot + ": " + before + " -> " + after);
    }
    if (before.inSync().isEmpty()) {
      return;
    }
    for (MemberId member : after.inSync()) {
      if (!before.holds(member)) {
        throw new RuleBroken("I6", "partition " + number + " gained " + member + " at " + slot);
      }
    }
    for (MemberId member : before.inSync()) {
      if (!after.inSync().contains(member)
          && !after.revoked().containsKey(member)
          && state.members().containsKey(member)) {
        throw new RuleBroken("I11", "partition " + number + " forgot to revoke " + member);
      }
    }
  }

  /** The newest state of the cluster that was founded last; null before the first. */
  ClusterState newest() {
    return newest;
  }

  /** The state after a slot of the only cluster, or null if nobody applied exactly that one. */
  ClusterState at(MemberId clusterId, long slot) {
    return states.get(new Slot(clusterId, slot));
  }
}
