package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An operator's wish to found again what is left of a cluster.
 *
 * @param clusterName the cluster's name, as the operator typed it
 * @param survivors the members of the new cluster, the one that is asked among them; empty for all
 *     that answer
 * @param wallMillis wall clock in milliseconds; only orders clusters that meet
 * @param told hears once what became of it, in a step of the control plane: must not call back
 */
public record RefoundingRequest(
    String clusterName,
    Set<MemberId> survivors,
    long wallMillis,
    Consumer<RefoundingOutcome> told) {

  public RefoundingRequest {
    survivors = Set.copyOf(survivors);
  }
}
