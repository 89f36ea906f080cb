package io.henge.replication.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whether a write to a peer's socket is certain not to block, without asking the socket,
 * which Java cannot do. Both sides count what they write; each frame carries its own position and
 * the highest position its sender has read in the other direction. What was written and not yet
 * read by the peer is an upper bound of what fills the kernel's buffers; while it and the next
 * write stay below a bound that the send buffer surely holds, the write returns at once, even if
 * the peer has just been stopped.
 *
 * <p>Each frame is charged {@link #FRAME_CHARGE} on top of its length, which covers the kernel's
 * own overhead for it. So a few dozen frames may be under way before a writer of its own is needed,
 * and that hand-over between threads costs more than what it saves.
 *
 * <p>{@link #advance} belongs to the one writer; the rest may be called by any thread.
 */
final class SendWindow {

  /** What a frame is charged beyond its bytes. */
  static final int FRAME_CHARGE = 4 * 1024;

  /** What may be under way for a write that must not block; a part of the send buffer. */
  static final int BOUND = 128 * 1024;

  private final AtomicLong position;
  private final AtomicLong acknowledged;
  private final AtomicLong read = new AtomicLong();
  private volatile long told;

  // Of the thread that watches for stalls.
  private long seenAcknowledged;
  private boolean seenPending;
  private long seenAt;

  /**
   * Creates an empty window.
   *
   * @param start the first position, not below any that the peer may remember from before
   */
  SendWindow(long start) {
    position = new AtomicLong(start);
    acknowledged = new AtomicLong(start);
  }

  /** How much was written, charges included. */
  long position() {
    return position.get();
  }

  /** Whether a frame of that many bytes can be written without blocking. */
  boolean hasRoom(long bytes) {
    return room() >= bytes + FRAME_CHARGE;
  }

  /** Room left for a batch, charges included; may be negative. */
  long room() {
    return BOUND - (position.get() - acknowledged.get());
  }

  /** How far the peer has read. */
  long acknowledged() {
    return acknowledged.get();
  }

  /**
   * Counts a frame that is about to be written; only the writer calls it.
   *
   * @param length of header and frame; the array may be longer
   */
  void advance(byte[] message, int length) {
    position.set(position.get() + length + FRAME_CHARGE);
    stamp(message);
  }

  /**
   * Writes the positions into a message without counting it: two idle sides would otherwise
   * acknowledge acknowledgements for ever. Only the writer calls it.
   */
  void stamp(byte[] message) {
    long reading = read.get();
    FrameHeader.stamp(message, position.get(), reading);
    told = reading;
  }

  /** Takes in the positions of a frame of the peer. */
  void received(long peerPosition, long peerRead) {
    raise(read, peerPosition);
    // A peer that claims to have read what was never written must not widen the window.
    raise(acknowledged, Math.min(peerRead, position.get()));
  }

  /**
   * Whether the peer has not read anything for a time although there is something to read; asked in
   * regular intervals, by one thread.
   *
   * @param now nanoseconds
   * @param limit nanoseconds
   */
  boolean isStalled(long now, long limit) {
    long reading = acknowledged.get();
    if (reading >= position.get() || reading != seenAcknowledged || !seenPending) {
      seenPending = reading < position.get();
      seenAcknowledged = reading;
      seenAt = now;
    }
    return seenPending && now - seenAt >= limit;
  }

  /** Whether the peer has sent something since it was last told how far this side has read. */
  boolean owesAcknowledgement() {
    return read.get() > told;
  }

  /** Forgets what is under way: the connection it was under way on is gone. */
  void reset() {
    raise(acknowledged, position.get());
  }

  private static void raise(AtomicLong mark, long value) {
    long seen = mark.get();
    while (value > seen && !mark.compareAndSet(seen, value)) {
      seen = mark.get();
    }
  }
}
