package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireWriter;
import java.util.Set;

/**
 * Carries frames between members. Sending never blocks on a slow peer and never throws for a lost
 * one: a frame may be lost, repeated or late, because the protocol above sends again. Frames of one
 * sender to one receiver and of one {@link Channel} usually arrive in order; nothing depends on it.
 */
public interface Transport extends AutoCloseable {

  /** The largest value that a frame has room for twice, in bytes. */
  int LARGEST_VALUE_BYTES = 64 << 20;

  /**
   * The largest frame; a larger one is refused on both sides. Room for an effect with the largest
   * entry, the entry before it as its result, and a frame's worth of small effects.
   */
  int LARGEST_FRAME_BYTES = 2 * LARGEST_VALUE_BYTES + (1 << 20);

  /**
   * The largest frame that travels in one piece. A larger one is cut, and what is sent meanwhile
   * goes between its parts: it may overtake it.
   */
  int LARGEST_WHOLE_BYTES = (2 << 20) - (64 << 10);

  /** Bytes before a frame that the transport fills in. */
  int HEADROOM = FrameHeader.BYTES;

  /** How a frame travels. */
  enum Channel {
    /** Replication and operations: ordered, batched when busy. */
    DATA,
    /** Consensus, leases and probes: ahead of data, never behind it. */
    CONTROL
  }

  /** This member's id; also its address in the underlying transport. */
  MemberId self();

  /** The address others reach this member at; valid after {@link #start}. */
  String host();

  /** The port others reach this member at; valid after {@link #start}. */
  int port();

  /**
   * Binds, connects and begins to deliver.
   *
   * @throws java.io.IOException if the address cannot be bound; the message names it
   */
  void start(TransportListener listener) throws java.io.IOException;

  /**
   * A writer of a frame of about so many bytes, with {@link #HEADROOM} before it: what it writes is
   * not copied any more on its way to the packet.
   */
  static WireWriter frame(int capacity) {
    return new WireWriter(HEADROOM + capacity).skip(HEADROOM);
  }

  /** Sends a copy of a frame, as {@link #send(MemberId, Channel, WireWriter)} does. */
  default void send(MemberId to, Channel channel, byte[] frame) {
    send(to, channel, frame(frame.length).writeRaw(frame, 0, frame.length));
  }

  /**
   * Sends a frame. Drops it, and counts that, if the peer is unknown or its queue is full.
   *
   * @param frame of {@link #frame}; handed over, to be used once
   * @throws IllegalArgumentException if it is larger than {@link #LARGEST_FRAME_BYTES}, or of the
   *     control channel and larger than {@link #LARGEST_WHOLE_BYTES}
   */
  void send(MemberId to, Channel channel, WireWriter frame);

  /**
   * Runs something that sends many frames: what the current thread sends to the same member leaves
   * together when it is over, which is cheaper than one by one.
   */
  void together(Runnable sends);

  /** Whether a large frame is on its way to a peer: it need not be sent again yet. */
  boolean isSendingLarge(MemberId to);

  /** Whether a large frame is on its way from a peer: it need not be asked for again yet. */
  boolean isReceivingLarge(MemberId from);

  /** Whether a large frame is on its way to or from a peer. */
  default boolean isExchangingLarge(MemberId peer) {
    return isSendingLarge(peer) || isReceivingLarge(peer);
  }

  /**
   * Says after how long a silence a member is suspended: connections that carry nothing for longer
   * than that are taken for dead and renewed.
   *
   * @param nanos more than 0
   */
  void allowSilence(long nanos);

  /**
   * Says who is a member now. Others whose address was learned are forgotten when they have been
   * silent for a minute.
   */
  void keep(Set<MemberId> members);

  /** Tells where a peer listens. */
  void learnAddress(MemberId peer, String host, int port);

  /** Forgets a peer that is no longer a member. */
  void forget(MemberId peer);

  /** Counters for the management bean. */
  TransportStatistics statistics();

  /** Leaves and closes every socket and thread; idempotent. */
  @Override
  void close();

  /**
   * Closes it as the end of its process would: what waits is not sent, and nobody hears a goodbye.
   * A {@link #close} afterwards does nothing.
   */
  default void abort() {
    close();
  }
}
