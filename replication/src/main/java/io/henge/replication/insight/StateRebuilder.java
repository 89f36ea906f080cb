package io.henge.replication.insight;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of a state of which a {@link StateDelta} tells only what is other than before. */
final class StateRebuilder {

  final SortedMap<MemberId, Member> members;
  final SortedMap<Integer, CacheDefinition> caches;
  final List<MemberId> removed;
  final List<List<PartitionAssignment>> partitions = new ArrayList<>();
  private final int partitionsPerGroup;

  StateRebuilder(ClusterState first) {
    members = new TreeMap<>(first.members());
    caches = new TreeMap<>(first.caches());
    removed = new ArrayList<>(first.removed());
    partitionsPerGroup = first.partitionsPerGroup();
    for (PartitionGroup group : first.groups()) {
      partitions.add(new ArrayList<>(group.partitions()));
    }
  }

  /** Makes room for so many groups; a new one's partitions are all assigned next. */
  void groups(int count) {
    while (partitions.size() < count) {
      partitions.add(new ArrayList<>(Collections.nCopies(partitionsPerGroup, null)));
    }
  }

  void assign(int partition, PartitionAssignment assignment) {
    partitions.get(partition / partitionsPerGroup).set(partition % partitionsPerGroup, assignment);
  }
}
