package io.henge.replication.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bandwidth that a member gives to transfers of partitions, so that callers' operations keep
 * the rest (PROTOCOL 4.9, rule 1). Thread-safe, never blocks.
 */
final class TransferBudget {

  private static final long SECOND = 1_000_000_000L;

  /** What was not used for so long is lost. */
  private static final long BURST_NANOS = SECOND / 50;

  private final long bytesPerSecond;

  /** When what was taken so far will have passed; may lie in the past. */
  private final AtomicLong passedAt;

  /** A budget of at least one byte a second, as of {@code now}. */
  TransferBudget(long bytesPerSecond, long now) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "the bandwidth of transfers is " + bytesPerSecond + " bytes/s, must be at least 1");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.passedAt = new AtomicLong(now - BURST_NANOS);
  }

  /** Takes bytes unless what was taken before has not passed yet; a large chunk goes as a whole. */
  boolean take(int bytes, long now) {
    while (true) {
      long passed = passedAt.get();
      if (passed - now > 0) {
        return false;
      }
      long from = Math.max(passed - now, -BURST_NANOS) + now;
      long next = from + (long) ((double) bytes / bytesPerSecond * SECOND);
      if (passedAt.compareAndSet(passed, next)) {
        return true;
      }
    }
  }
}
