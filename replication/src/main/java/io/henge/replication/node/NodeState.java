package io.henge.replication.node;

/** Where a node stands in its life. */
public enum NodeState {
  /** Looking for the cluster, or waiting for the listed hosts to answer. */
  STARTING,
  /** Member of a cluster. */
  RUNNING,
  /** Removed from its cluster while it lived; it refuses operations until it is started again. */
  EXPELLED,
  /** Closed. */
  CLOSED
}
