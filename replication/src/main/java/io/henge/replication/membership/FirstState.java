package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the first state of a cluster that is founded again of another one's last state. */
final class FirstState {

  private FirstState() {}

  /**
   * The state with which the survivors begin.
   *
   * @param last the newest state of the former cluster that any survivor knows
   * @param founder one of the survivors; it votes
   * @param survivors members of {@code last}
   * @param clusterId the id of the new cluster
   * @param foundedAt the founder's wall clock in milliseconds; made later than the former
   *     cluster's, should it not be
   */
  static ClusterState of(
      ClusterState last,
      MemberId founder,
      Set<MemberId> survivors,
      MemberId clusterId,
      long foundedAt,
      RefoundingRules rules) {
    long slot = last.slot() + 1;
    SortedMap<MemberId, Member> members = new TreeMap<>();
    List<MemberId> removed = new ArrayList<>(last.removed());
    for (Member member : last.members().values()) {
      if (survivors.contains(member.id())) {
        members.put(member.id(), begins(member, founder));
      } else {
        removed.add(member.id());
      }
    }
    int tooMany = Math.max(0, removed.size() - ClusterState.REMOVED_KEPT);
    List<PartitionGroup> groups = new ArrayList<>();
    for (PartitionGroup group : last.groups()) {
      List<PartitionAssignment> partitions =
          group.partitions().stream()
              .map(
                  partition ->
                      new PartitionAssignment(
                          rules.epoch(partition, slot),
                          partition.origin(),
                          rules.kept(partition, survivors),
                          List.of(),
                          Collections.emptySortedMap()))
              .toList();
      groups.add(new PartitionGroup(group.copies(), group.mode(), partitions, group.losses()));
    }
    return new ClusterState(
        clusterId,
        last.clusterName(),
        slot,
        LogChain.next(last.chain(), slot, List.of(), List.of()),
        last.timings(),
        last.partitionsPerGroup(),
        members,
        voters(members, founder),
        groups,
        last.caches(),
        last.nextCacheId(),
        removed.subList(tooMany, removed.size()),
        last.foundedBy() == NodeBootstrap.AUTO ? NodeBootstrap.SINGLE : last.foundedBy(),
        Math.max(foundedAt, last.foundedAt() + 1),
        last.rebalancingPaused());
  }

  /** How many partitions have no copy in this state that they had in {@code last}, or never had. */
  static int lost(ClusterState first) {
    int lost = 0;
    for (int number = 0; number < first.partitionCount(); number++) {
      lost += first.partition(number).inSync().isEmpty() ? 1 : 0;
    }
    return lost;
  }

  /** Whoever was suspended answers now; and the founder is the one voter that is sure to come. */
  private static Member begins(Member member, MemberId founder) {
    return member.state() == MemberState.SUSPENDED || member.id().equals(founder)
        ? member.in(MemberState.ACTIVE)
        : member;
  }

  private static List<MemberId> voters(SortedMap<MemberId, Member> members, MemberId founder) {
    List<Member> others =
        members.values().stream()
            .filter(member -> !member.id().equals(founder) && VoterPlanner.canVote(member))
            .toList();
    int wanted = VoterPlanner.wanted(members.values());
    return VoterZones.seat(List.of(members.get(founder)), others, wanted).stream()
        .map(member -> member.voter().id())
        .toList();
  }
}
