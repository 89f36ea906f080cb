package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster state while one slot is applied to it. Groups are copied when they are first written.
 */
final class StateDraft {

  final long slot;
  final int partitionsPerGroup;
  final SortedMap<MemberId, Member> members;
  final List<MemberId> voters;
  final SortedMap<Integer, CacheDefinition> caches;
  final List<MemberId> removed;
  int nextCacheId;
  private boolean rebalancingPaused;

  /** At most one voter change per slot, so that majorities of consecutive slots meet (I3). */
  boolean voterChanged;

  private final ClusterState before;
  private final List<PartitionGroup> groups;
  private final List<List<PartitionAssignment>> written;

  StateDraft(ClusterState before, long slot) {
    this.before = before;
    this.slot = slot;
    partitionsPerGroup = before.partitionsPerGroup();
    members = new TreeMap<>(before.members());
    voters = new ArrayList<>(before.voters());
    caches = new TreeMap<>(before.caches());
    removed = new ArrayList<>(before.removed());
    nextCacheId = before.nextCacheId();
    rebalancingPaused = before.rebalancingPaused();
    groups = new ArrayList<>(before.groups());
    written = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      written.add(null);
    }
  }

  int groupCount() {
    return groups.size();
  }

  int partitionCount() {
    return groups.size() * partitionsPerGroup;
  }

  /** The group of these copies and mode, or -1. */
  int groupOf(int copies, ReplicationMode mode) {
    for (int group = 0; group < groups.size(); group++) {
      if (groups.get(group).fits(copies, mode)) {
        return group;
      }
    }
    return -1;
  }

  void addGroup(PartitionGroup group) {
    groups.add(group);
    written.add(null);
  }

  /** The group of a partition. */
  PartitionGroup groupOf(int partition) {
    return groups.get(partition / partitionsPerGroup);
  }

  /** What failovers of a partition may have cost, or null. */
  PossibleLoss lossOf(int partition) {
    return groupOf(partition).losses().get(partition % partitionsPerGroup);
  }

  void setLoss(int partition, PossibleLoss loss) {
    PartitionGroup group = groupOf(partition);
    SortedMap<Integer, PossibleLoss> losses = new TreeMap<>(group.losses());
    losses.put(partition % partitionsPerGroup, loss);
    groups.set(
        partition / partitionsPerGroup,
        new PartitionGroup(group.copies(), group.mode(), group.partitions(), losses));
  }

  /** The assignment of a partition, or null if there is no such partition. */
  PartitionAssignment partition(int number) {
    if (number < 0 || number >= partitionCount()) {
      return null;
    }
    int group = number / partitionsPerGroup;
    List<PartitionAssignment> own = written.get(group);
    return (own != null ? own : groups.get(group).partitions()).get(number % partitionsPerGroup);
  }

  void setPartition(int number, PartitionAssignment assignment) {
    int group = number / partitionsPerGroup;
    List<PartitionAssignment> own = written.get(group);
    if (own == null) {
      own = new ArrayList<>(groups.get(group).partitions());
      written.set(group, own);
    }
    own.set(number % partitionsPerGroup, assignment);
  }

  /** Tells whether that is a change. */
  boolean pauseRebalancing(boolean paused) {
    boolean changes = rebalancingPaused != paused;
    rebalancingPaused = paused;
    return changes;
  }

  MemberState stateOf(MemberId member) {
    Member known = members.get(member);
    return known == null ? null : known.state();
  }

  ClusterState finish(long chain) {
    List<PartitionGroup> finished = new ArrayList<>(groups.size());
    for (int group = 0; group < groups.size(); group++) {
      List<PartitionAssignment> own = written.get(group);
      PartitionGroup old = groups.get(group);
      finished.add(
          own == null ? old : new PartitionGroup(old.copies(), old.mode(), own, old.losses()));
    }
    return new ClusterState(
        before.clusterId(),
        before.clusterName(),
        slot,
        chain,
        before.timings(),
        partitionsPerGroup,
        members,
        voters,
        finished,
        caches,
        nextCacheId,
        removed,
        before.foundedBy(),
        before.foundedAt(),
        rebalancingPaused);
  }
}
