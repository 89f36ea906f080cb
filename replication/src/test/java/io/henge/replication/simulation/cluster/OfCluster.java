package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.PartitionMessage;

/**
 * A frame of replicas or callers, with the half of its sender's cluster that it ends with: of two
 * clusters, one founded again of the other, each takes its own frames only.
 */
record OfCluster(PartitionMessage message, long cluster) {

  /** What leaves when a member sends a message. */
  static Object sent(SimulatedMember from, Object message) {
    return message instanceof PartitionMessage frame
        ? new OfCluster(frame, clusterOf(from))
        : message;
  }

  /** The message in a frame. */
  static Object content(Object message) {
    return message instanceof OfCluster frame ? frame.message() : message;
  }

  /** The half of a member's cluster that counts. */
  static long clusterOf(SimulatedMember member) {
    ClusterState state = member.state();
    return state == null ? 0 : state.clusterId().high();
  }
}
