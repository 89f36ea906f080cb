package io.henge.replication.transport;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Large frames on their way to one peer: one leaves after the other, fragment by fragment, so that
 * the peer puts together no more than one at a time. Bounded by bytes, but always takes one frame.
 * Thread-safe.
 */
final class LargeQueue {

  /**
   * Fragments that may be written and not yet read: what they fill of the kernel's buffers
   * everything else has to wait for.
   */
  private static final int UNDER_WAY = 4;

  private final long mostBytes;
  private final long[] ends = new long[UNDER_WAY];
  private int written;
  private final Deque<LargeMessage> waiting = new ArrayDeque<>();
  private long bytes;
  private long frame;
  private int offset;

  LargeQueue(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Adds a frame unless that would exceed the bound. */
  synchronized boolean offer(LargeMessage message) {
    if (!waiting.isEmpty() && bytes + message.getLength() > mostBytes) {
      return false;
    }
    waiting.add(message);
    bytes += message.getLength();
    return true;
  }

  /** The next fragment of the first frame, or null if there is none. */
  synchronized FrameMessage next() {
    LargeMessage first = waiting.peek();
    if (first == null) {
      return null;
    }
    FrameMessage fragment = Fragment.of(first, frame, offset);
    offset += Fragment.MOST_CONTENT;
    if (offset >= first.getLength()) {
      remove();
    }
    return fragment;
  }

  /**
   * Whether the next fragment may be written.
   *
   * @param acknowledged how far the peer has read
   */
  synchronized boolean isReady(long acknowledged) {
    return !waiting.isEmpty() && acknowledged >= ends[written % UNDER_WAY];
  }

  /**
   * Notes that a fragment is about to be written.
   *
   * @param end its position in the {@link SendWindow}
   */
  synchronized void written(long end) {
    ends[written % UNDER_WAY] = end;
    written = (written + 1) % UNDER_WAY;
  }

  private void remove() {
    bytes -= waiting.remove().getLength();
    frame++;
    offset = 0;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Forgets everything; returns how many frames that were. */
  synchronized int clear() {
    int gone = waiting.size();
    while (!waiting.isEmpty()) {
      remove();
    }
    return gone;
  }
}
