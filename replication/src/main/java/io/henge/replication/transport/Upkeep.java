package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What has to be done from time to time for connections to stay of use: tell peers how far they
 * were read, ask quiet ones for the same, and give up connections on which nothing moves. After a
 * cut TCP itself would try again only about as long after the repair as the cut lasted; a new
 * connection is tried at once. Runs on the transport's timer.
 */
final class Upkeep {

  static final long ACKNOWLEDGE_MILLIS = 250;
  static final long PING_MILLIS = 1000;
  static final long RENEW_MILLIS = 500;
  static final long FORGET_MILLIS = 10_000;

  /** After so many rounds of silence a peer is forgotten that is no member. */
  static final int STRANGERS_ROUNDS = 6;

  private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Sends a message without a frame. */
  interface Sender {
    void send(MemberId to, FrameHeader.Kind kind);
  }

  private final Logger log;
  private final Peers peers;
  private final LinkTcp tcp;
  private final Sender sender;
  private final Consumer<MemberId> forget;

  Upkeep(Logger log, Peers peers, LinkTcp tcp, Sender sender, Consumer<MemberId> forget) {
    this.log = log;
    this.peers = peers;
    this.tcp = tcp;
    this.sender = sender;
    this.forget = forget;
  }

  /** Tells peers that only send how far they were read, so that their windows open again. */
  void acknowledge() {
    for (Peer peer : peers.all()) {
      if (peer.link().window().owesAcknowledgement()) {
        sender.send(peer.id(), FrameHeader.Kind.ACKNOWLEDGEMENT);
      }
    }
  }

  /** Gives each connected peer something to acknowledge, and forgets parts of frames. */
  void ping() {
    for (Peer peer : peers.all()) {
      peer.large().dropIfOlder(System.nanoTime(), LONGEST_SILENCE_NANOS);
      if (peer.isReachable() && tcp.isConnected(peer.link().address())) {
        sender.send(peer.id(), FrameHeader.Kind.PING);
      }
    }
  }

  /**
   * Forgets peers that are no members and have long been silent: whoever asked to join and never
   * did, and those that left and said a last word after they were forgotten.
   */
  void forgetStrangers() {
    for (Peer peer : peers.all()) {
      if (peer.silentRounds() >= STRANGERS_ROUNDS && !peers.isMember(peer.id())) {
        forget.accept(peer.id());
      }
    }
  }

  /** Gives up connections to peers that read nothing, and those that carry nothing at all. */
  void renew() {
    long now = System.nanoTime();
    long patience = peers.patience();
    for (Peer peer : peers.all()) {
      PeerLink link = peer.link();
      if (!link.isClosed() && peer.patience().isExhausted(link.window(), patience, now)) {
        log.log(
            Level.DEBUG,
            "Gives up the connection to member {0} at {1}, which reads nothing",
            peer.id(),
            link.address());
        peer.becomesUnreachable();
        tcp.disconnect(link.address(), false);
        link.abandonLarge();
        link.window().reset();
      }
    }
    // Where peers are known, pings and their acknowledgements tell more than silence does.
    tcp.disconnectSilent(address -> !peers.isKnown(address), LONGEST_SILENCE_NANOS);
  }
}
