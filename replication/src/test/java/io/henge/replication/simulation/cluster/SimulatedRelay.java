package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.relay.Beat;
import io.henge.replication.relay.Reachability;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;

/** A member's way to the others, round broken links, as the real node's transport goes it. */
final class SimulatedRelay {

  /** A message on its way through a third member. */
  record Relayed(MemberId origin, MemberId destination, Object message) {}

  private final SimulatedCluster cluster;
  private final MemberId self;
  private final LargeFrames large;
  private final Reachability reachability;

  SimulatedRelay(
      SimulatedCluster cluster, SimulatedMember member, MemberId self, SeededRandom random) {
    this.cluster = cluster;
    this.self = self;
    large = new LargeFrames(cluster, member, self, random);
    reachability = cluster.parts().reachability(self);
  }

  void applied(ClusterState after) {
    reachability.follow(after.members().keySet(), after.timings().suspendAfter());
  }

  void tick(long now) {
    large.tick();
    Beat beat = reachability.tick(now);
    if (beat != null) {
      Object sent = cluster.plan().encoded() ? Wire.pass(beat) : beat;
      reachability.peers().forEach(peer -> direct(peer, sent));
    }
  }

  /** Sends, directly or by way of another member. */
  void send(MemberId to, Object message) {
    MemberId relay = reachability.detours().get(to);
    if (relay == null) {
      direct(to, message);
    } else {
      cluster.statistics().count("messages sent round a broken link");
      direct(relay, new Relayed(self, to, message));
    }
  }

  /**
   * Takes what concerns links only.
   *
   * @return what is left to do with the message, and whom it is from; null if nothing
   */
  Arrival arrived(MemberId from, Object arrived) {
    Object message = large.arrived(from, arrived);
    if (message == null) {
      return null;
    }
    if (message instanceof Beat beat) {
      reachability.onBeat(from, beat);
      return null;
    }
    if (!(message instanceof Relayed relayed)) {
      return new Arrival(from, message);
    }
    if (relayed.destination().equals(self)) {
      return new Arrival(relayed.origin(), relayed.message());
    }
    if (relayed.origin().equals(from)) {
      direct(relayed.destination(), relayed);
    }
    return null;
  }

  /** What a member has to handle. */
  record Arrival(MemberId from, Object message) {}

  private void direct(MemberId to, Object message) {
    large.send(to, message);
  }

  /** Whether a large frame is on its way to a member, directly or round a broken link. */
  boolean sendingLarge(MemberId to) {
    return large.sendingTo(to) || large.sendingTo(reachability.detours().getOrDefault(to, to));
  }

  /** Whether one is on its way to or from a member. */
  boolean exchangingLarge(MemberId peer) {
    return sendingLarge(peer)
        || large.receivingFrom(peer)
        || large.receivingFrom(reachability.detours().getOrDefault(peer, peer));
  }
}
