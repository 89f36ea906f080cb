package io.henge.replication.node;

import java.util.function.LongSupplier;

/** A time in which a member is cut off from the others, and that ends by itself. Thread-safe. */
final class Cut {

  private final LongSupplier clock;
  private volatile boolean on;
  private volatile long end;

  /**
   * Creates one that has not begun.
   *
   * @param clock nanoseconds on any clock that only goes forward
   */
  Cut(LongSupplier clock) {
    this.clock = clock;
  }

  /** Cuts the member off from now on, for so many nanoseconds. */
  void begin(long nanos) {
    end = clock.getAsLong() + nanos;
    on = true;
  }

  /** Whether the member is cut off now. */
  boolean is() {
    if (on && clock.getAsLong() - end >= 0) {
      on = false;
    }
    return on;
  }
}
