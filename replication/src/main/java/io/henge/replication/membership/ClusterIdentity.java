package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * What tells two clusters of one name apart; fixed when a cluster is founded, so that both sides of
 * a meeting judge by the same facts.
 *
 * @param clusterId random, drawn by the founder
 * @param foundedBy who was allowed to found it
 * @param foundedAt the founder's wall clock in milliseconds
 */
public record ClusterIdentity(MemberId clusterId, NodeBootstrap foundedBy, long foundedAt) {

  /** The identity of the cluster in {@code state}. */
  public static ClusterIdentity of(ClusterState state) {
    return new ClusterIdentity(state.clusterId(), state.foundedBy(), state.foundedAt());
  }

  /**
   * Tells whether this cluster gives way to {@code other}: only an AUTO cluster ever does, to any
   * cluster founded on purpose, and among AUTO clusters the younger to the older. Sizes and slots
   * do not count: they move while the two sides compare, and both might give way.
   */
  public boolean givesWayTo(ClusterIdentity other) {
    if (foundedBy != NodeBootstrap.AUTO || clusterId.equals(other.clusterId)) {
      return false;
    }
    if (other.foundedBy != NodeBootstrap.AUTO) {
      return true;
    }
    int byAge = Long.compare(foundedAt, other.foundedAt);
    return byAge != 0 ? byAge > 0 : clusterId.compareTo(other.clusterId) > 0;
  }

  /**
   * Tells whether this cluster was founded again of {@code former}, or of one that was: the lower
   * half of the id stays then.
   */
  public boolean descendsFrom(ClusterIdentity former) {
    return clusterId.low() == former.clusterId.low()
        && clusterId.high() != former.clusterId.high()
        && foundedAt > former.foundedAt;
  }
}
