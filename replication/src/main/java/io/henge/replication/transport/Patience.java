package io.henge.replication.transport;

import java.util.concurrent.TimeUnit;

/**
 * How long a connection may carry nothing before it is renewed: at first twice as long as a member
 * may be silent, longer each time in a row, because a peer that is merely stopped keeps every
 * renewed connection in its accept queue until it goes on. A peer that was heard again is met with
 * fresh patience: after a cut TCP itself would try again only about as long after the repair as the
 * cut has lasted. One thread asks; any may tell.
 */
final class Patience {

  /** The first of a cluster whose members are suspended after a second, as they usually are. */
  static final long USUALLY_FIRST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Less than that a few packets lost in a row look like a dead connection. */
  static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private int renewals;
  private long renewedAt;
  private volatile boolean heard;

  /** How long a connection may carry nothing at first, if members may be silent for so long. */
  static long firstFor(long silence) {
    return Math.max(SHORTEST_NANOS, Math.min(2 * silence, LONGEST_NANOS));
  }

  /** The peer spoke again after its connection was lost or renewed. */
  void heard() {
    heard = true;
  }

  /**
   * Whether the connection should be renewed now; asked in regular intervals.
   *
   * @param first how long it may carry nothing when it was not renewed before, nanoseconds
   * @param now nanoseconds
   */
  boolean isExhausted(SendWindow window, long first, long now) {
    if (heard) {
      heard = false;
      renewals = 0;
    }
    if (window.isStalled(now, limit(first))) {
      renewals++;
      renewedAt = now;
      return true;
    }
    if (renewals > 0 && now - renewedAt > 2 * limit(first)) {
      renewals = 0;
    }
    return false;
  }

  private long limit(long first) {
    return Math.min(first << Math.min(renewals, 5), LONGEST_NANOS);
  }
}
