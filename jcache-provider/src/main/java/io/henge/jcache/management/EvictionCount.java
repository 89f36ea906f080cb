package io.henge.jcache.management;

import java.util.function.LongSupplier;

/**
 * How many entries this member evicted while that was counted. The engine counts from its entry
 * into the cluster, and begins at 0 again when it enters anew. Thread-safe.
 */
final class EvictionCount {

  private final LongSupplier engine;
  private long counted;
  private long seen;
  private boolean enabled;

  EvictionCount(LongSupplier engine) {
    this.engine = engine;
  }

  /** Begins or ends counting; what was counted stays. */
  synchronized void enable(boolean wanted) {
    follow();
    enabled = wanted;
  }

  synchronized long count() {
    follow();
    return counted;
  }

  synchronized void reset() {
    follow();
    counted = 0;
  }

  private void follow() {
    long now = engine.getAsLong();
    if (enabled) {
      counted += now < seen ? now : now - seen;
    }
    seen = now;
  }
}
