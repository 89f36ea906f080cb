package io.henge.replication.node;

import java.util.concurrent.TimeUnit;

/**
 * Notices that this process's clocks disagree: a monotonic clock stands still while a machine
 * sleeps or moves, and a lease must not outlive that (PROTOCOL 4.3). Confined to one thread.
 */
final class ClockWatch {

  private static final long MARGIN_NANOS = 100_000_000L;

  private long lastWall;
  private long lastMonotonic;
  private boolean started;

  /** Whether the clocks moved apart by more than a margin since the last look. */
  boolean jumped(long monotonicNanos, long wallMillis) {
    long wall = TimeUnit.MILLISECONDS.toNanos(wallMillis);
    boolean apart =
        started && Math.abs((wall - lastWall) - (monotonicNanos - lastMonotonic)) > MARGIN_NANOS;
    lastWall = wall;
    lastMonotonic = monotonicNanos;
    started = true;
    return apart;
  }
}
