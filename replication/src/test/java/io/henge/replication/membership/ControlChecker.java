package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges a {@link ControlNetwork} from outside, with knowledge that no member has. */
final class ControlChecker {

  private final ControlNetwork network;
  private final Map<MemberId, Map<Long, Long>> chains = new HashMap<>();

  ControlChecker(ControlNetwork network) {
    this.network = network;
  }

  /** Checks the invariants as of now; throws {@link AssertionError} at the first broken one. */
  void check() {
    for (ControlNode node : network.nodes) {
      if (node.state() != null) {
        checkSameHistory(node);
        if (node.alive && node.expelled == null && !node.paused) {
          checkBarriers(node);
        }
      }
    }
  }

  /** At most one cluster may come of a list of voters. */
  void checkOneCluster() {
    Set<MemberId> clusters = new HashSet<>();
    for (ControlNode node : network.nodes) {
      if (node.state() != null) {
        clusters.add(node.state().clusterId());
      }
    }
    if (clusters.size() > 1) {
      throw new AssertionError("two clusters were founded: " + clusters);
    }
  }

  private void checkSameHistory(ControlNode node) {
    Map<Long, Long> known = chains.computeIfAbsent(node.state().clusterId(), id -> new HashMap<>());
    for (Map.Entry<Long, Long> entry : node.chains.entrySet()) {
      Long other = known.putIfAbsent(entry.getKey(), entry.getValue());
      if (other != null && !other.equals(entry.getValue())) {
        throw new AssertionError("members differ at slot " + entry.getKey());
      }
    }
    node.chains.clear();
  }

  /** I11: whoever opens a barrier is right about every lease that it waited for. */
  private void checkBarriers(ControlNode judge) {
    for (PartitionGroup group : judge.state().groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        for (Map.Entry<MemberId, Long> mark : partition.revoked().entrySet()) {
          checkBarrier(judge, mark.getKey(), mark.getValue());
        }
      }
    }
  }

  private void checkBarrier(ControlNode judge, MemberId revoked, long slot) {
    ControlNode holder = network.node(revoked);
    boolean mayServe = holder.alive && holder.holdsLease() && holder.state().slot() < slot;
    TreeMap<MemberId, Long> mark = new TreeMap<>(Map.of(revoked, slot));
    if (mayServe && judge.plane.barrierOver(mark, judge.clock())) {
      throw new AssertionError(
          judge.member.name()
              + " holds the barrier of slot "
              + slot
              + " for over, but "
              + holder.member.name()
              + " still has a lease at slot "
              + holder.state().slot());
    }
  }
}
