package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Map;
import java.util.TreeMap;

/** Counts the transfers under way against the limits: per sender, per receiver, in all. */
final class TransferSlots {

  private final MoveLimits limits;
  private final Map<MemberId, Integer> sending = new TreeMap<>();
  private final Map<MemberId, Integer> receiving = new TreeMap<>();
  private int all;

  /** Counts what is under way in {@code state}. */
  TransferSlots(MoveLimits limits, ClusterState state) {
    this.limits = limits;
    for (PartitionGroup group : state.groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        for (MemberId learner : partition.learners()) {
          // A suspended member's replicas wait for it; nothing is sent to them.
          if (partition.primary() != null && isActive(state, learner)) {
            count(partition.primary(), learner);
          }
        }
      }
    }
  }

  /** Tells whether one more transfer between these members keeps the limits. */
  boolean free(MemberId from, MemberId to) {
    return all < limits.transfers()
        && sending.getOrDefault(from, 0) < limits.transfersPerMember()
        && receiving.getOrDefault(to, 0) < limits.transfersPerMember();
  }

  void count(MemberId from, MemberId to) {
    sending.merge(from, 1, Integer::sum);
    receiving.merge(to, 1, Integer::sum);
    all++;
  }

  private static boolean isActive(ClusterState state, MemberId member) {
    Member known = state.members().get(member);
    return known != null && known.state() == MemberState.ACTIVE;
  }
}
