package io.henge.replication.transport;

import java.util.concurrent.TimeUnit;

/**
 * How long a connection may carry nothing before it is renewed: two seconds at first, longer each
 * time in a row, because a peer that is merely stopped keeps every renewed connection in its accept
 * queue until it goes on. A peer that was heard again is met with fresh patience: after a cut TCP
 * itself would try again only about as long after the repair as the cut has lasted. One thread
 * asks; any may tell.
 */
final class Patience {

  static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(2);
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private long limit = FIRST_NANOS;
  private long renewedAt;
  private volatile boolean heard;

  /** The peer spoke again after its connection was lost or renewed. */
  void heard() {
    heard = true;
  }

  /**
   * Whether the connection should be renewed now; asked in regular intervals.
   *
   * @param now nanoseconds
   */
  boolean isExhausted(SendWindow window, long now) {
    if (heard) {
      heard = false;
      limit = FIRST_NANOS;
    }
    if (window.isStalled(now, limit)) {
      limit = Math.min(2 * limit, LONGEST_NANOS);
      renewedAt = now;
      return true;
    }
    if (limit > FIRST_NANOS && now - renewedAt > 2 * limit) {
      limit = FIRST_NANOS;
    }
    return false;
  }
}
