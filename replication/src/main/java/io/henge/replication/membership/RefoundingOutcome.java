package io.henge.replication.membership;

/** What became of a wish to found again what is left of a cluster. */
public sealed interface RefoundingOutcome {

  /**
   * Nothing was done, and whoever stood still for it goes on.
   *
   * @param why one plain sentence
   */
  record Refused(String why) implements RefoundingOutcome {}

  /**
   * The cluster is founded again, and the founder is in it; the others are told.
   *
   * @param first its first state
   * @param lost the number of partitions of which no survivor has a copy that may be kept
   */
  record Founded(ClusterState first, int lost) implements RefoundingOutcome {}
}
