package io.henge.replication.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts the large frames of one peer together, one at a time. A fragment that does not continue the
 * frame under way ends it: something was lost, and the protocol above sends the frame again.
 * Thread-safe.
 */
public class Reassembly {

  private final AtomicLong budget;
  private byte[] content;
  private long frame;
  private int filled;
  private long grownAt;

  /**
   * Creates one with nothing under way.
   *
   * @param budget the bytes that all peers of a transport together may still take
   */
  public Reassembly(AtomicLong budget) {
    this.budget = budget;
  }

  /**
   * Takes a fragment.
   *
   * @param buffer holds the fragment's content at {@code from}
   * @return the whole frame if that was its last fragment, to be given to {@link #workedOff} in the
   *     end; else null
   */
  public final synchronized byte[] add(
      Fragment fragment, byte[] buffer, int from, int length, long now) {
    if (fragment.offset() == 0) {
      drop();
      if (budget.addAndGet(-fragment.total()) < 0) {
        budget.addAndGet(fragment.total());
        return null;
      }
      content = new byte[fragment.total()];
      frame = fragment.frame();
    }
    if (content == null || !isOf(fragment, frame, content.length) || !continues(fragment, filled)) {
      drop();
      return null;
    }
    System.arraycopy(buffer, from, content, filled, length);
    filled += length;
    grownAt = now;
    if (!isWhole(filled, content.length)) {
      return null;
    }
    byte[] whole = content;
    content = null;
    filled = 0;
    return whole;
  }

  /** Whether a fragment belongs to the frame under way. */
  protected boolean isOf(Fragment fragment, long underWay, int total) {
    return fragment.frame() == underWay && fragment.total() == total;
  }

  /** Whether a fragment begins where the ones before it end. */
  protected boolean continues(Fragment fragment, int end) {
    return fragment.offset() == end;
  }

  /** Whether so many bytes are all of a frame. */
  protected boolean isWhole(int bytes, int total) {
    return bytes == total;
  }

  /** A whole frame was worked off: its bytes may be used for others. */
  public final void workedOff(byte[] whole) {
    budget.addAndGet(whole.length);
  }

  /** Whether a frame is under way. */
  public final synchronized boolean isUnderWay() {
    return content != null;
  }

  /** Forgets a frame that has not grown for a time. */
  public final synchronized void dropIfOlder(long now, long limit) {
    if (content != null && now - grownAt > limit) {
      drop();
    }
  }

  /** Forgets the frame under way. */
  public final synchronized void drop() {
    if (content != null) {
      budget.addAndGet(content.length);
      content = null;
    }
    filled = 0;
  }
}
