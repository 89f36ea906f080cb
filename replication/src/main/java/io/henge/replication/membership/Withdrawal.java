package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * How a joiner that is closed takes its request back: it may be a member already without knowing
 * it, or become one by a request that is still under way (PROTOCOL 4.13). It never held a lease, so
 * its goodbye is a proof of death like a member's.
 */
final class Withdrawal {

  private static final long SAY_EVERY = 50_000_000L;

  private final MemberId clusterId;
  private final PeerBook peers;
  private final Outbox outbox;
  private long saidAt = Long.MIN_VALUE;

  /** Withdraws from the cluster that was asked. */
  Withdrawal(MemberId clusterId, PeerBook peers, Outbox outbox) {
    this.clusterId = clusterId;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** Says goodbye to all members that it knows, so to the leader too, again and again. */
  void tick(long now) {
    if (!Founding.isDue(saidAt, SAY_EVERY, now)) {
      return;
    }
    saidAt = now;
    for (PeerBook.Peer peer : peers.all()) {
      ClusterIdentity cluster = peer.hello() == null ? null : peer.hello().cluster();
      if (cluster != null && cluster.clusterId().equals(clusterId)) {
        outbox.send(peer.id(), new ControlMessage.Leave(clusterId));
      }
    }
  }
}
