package io.henge.replication.node;

import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.ControlSettings;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.MoveLimits;
import io.henge.replication.membership.NodeBootstrap;
import io.henge.replication.membership.VoterIdentity;
import io.henge.replication.transport.Transport;
import java.util.List;

/**
 * What a node's settings mean for the metadata plane: how clusters are founded, and their times.
 */
final class Founding {

  private Founding() {}

  /** The settings of the metadata plane. */
  static ControlSettings settings(NodeSettings settings) {
    return new ControlSettings(
        settings.clusterName(),
        NodeBootstrap.valueOf(settings.bootstrap().name()),
        hosts(settings),
        settings.expectedSize(),
        settings.discovery().searchTime().toNanos(),
        new ClusterTimings(
            settings.lease().toNanos(),
            settings.suspendAfter().toNanos(),
            settings.removeAfter().toNanos()),
        settings.partitions(),
        System.currentTimeMillis(),
        new MoveLimits(
            MoveLimits.standard().transfers(),
            MoveLimits.standard().transfersPerMember(),
            settings.reReplicateAfter().toNanos()));
  }

  /** A member as it introduces itself to a cluster. */
  static Member member(NodeSettings settings, Transport at, VoterIdentity identity) {
    return new Member(
        at.self(),
        settings.nodeName(),
        at.host(),
        at.port(),
        settings.zone(),
        at.host(),
        settings.role(),
        settings.weight(),
        MemberState.JOINING,
        0,
        identity);
  }

  /** The hosts that found a cluster together; empty if that does not go by a list. */
  static List<String> hosts(NodeSettings settings) {
    return settings.bootstrap() == NodeSettings.Bootstrap.VOTERS ? settings.seeds() : List.of();
  }
}
