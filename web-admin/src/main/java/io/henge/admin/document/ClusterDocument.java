package io.henge.admin.document;

import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.View;
import java.time.Instant;

/**
 * {@code GET /cluster}: is everything all right?
 *
 * @param key what other requests name this bean by
 * @param id the cluster's id; empty before the node joined
 * @param name the configured name
 * @param node the member that answers
 * @param state its state: STARTING, RUNNING, EXPELLED or CLOSED
 * @param version version of the product
 * @param slot the last applied slot
 * @param oldestSlot the oldest slot whose view is kept; -1 if none
 * @param time when the member applied it
 * @param health the answer
 * @param quorum the voters
 * @param leader the Paxos leader, null while none is known
 * @param counts figures of the view
 */
public record ClusterDocument(
    String key,
    String id,
    String name,
    NodeReference node,
    String state,
    String version,
    long slot,
    long oldestSlot,
    Instant time,
    Health health,
    Quorum quorum,
    Leader leader,
    Counts counts) {

  /**
   * A member by id and name.
   *
   * @param id its id
   * @param name its name
   */
  public record NodeReference(String id, String name) {}

  /** Describes a cluster as one of its members sees it. */
  public static ClusterDocument of(String key, Identity identity, View view, long oldestSlot) {
    Counts counts = Counts.of(view);
    return new ClusterDocument(
        key,
        identity.clusterId(),
        identity.clusterName(),
        new NodeReference(identity.nodeId(), identity.nodeName()),
        identity.state(),
        identity.version(),
        view.slot(),
        oldestSlot,
        view.time(),
        Health.of(identity, counts, view),
        Quorum.of(view, identity.quorate()),
        Leader.of(view),
        counts);
  }
}
