package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The rules by which what is left of a cluster is founded again, one method each. Open for
 * subclasses only so that tests can leave out a rule. Stateless and thread-safe.
 */
public class RefoundingRules {

  /** In leases: how long a promise binds after the time in which the founder asks. */
  private static final int BINDS_FOR_LEASES = 20;

  /** The id of the new cluster: another one, whose lower half tells of which it descends. */
  protected MemberId clusterId(ClusterState former, LongSupplier entropy) {
    return new MemberId(entropy.getAsLong(), former.clusterId().low());
  }

  /** How long who promised stands still, in nanoseconds from when it promised. */
  protected long bindsFor(ClusterTimings timings) {
    return timings.suspendAfter() + BINDS_FOR_LEASES * timings.lease();
  }

  /** Whether who promised really stands still. */
  protected boolean promiseBinds() {
    return true;
  }

  /** Whether the newest state of all answers counts, and not what the founder knows. */
  protected boolean newestCounts() {
    return true;
  }

  /** Whether what was accepted for the slot after the newest state is applied. */
  protected boolean acceptedCounts() {
    return true;
  }

  /** The copies of a partition that are kept, the primary first. */
  protected List<MemberId> kept(PartitionAssignment partition, Set<MemberId> survivors) {
    return partition.inSync().stream().filter(survivors::contains).toList();
  }

  /** The epoch with which a partition begins in the new cluster. */
  protected long epoch(PartitionAssignment partition, long slot) {
    return slot;
  }
}
