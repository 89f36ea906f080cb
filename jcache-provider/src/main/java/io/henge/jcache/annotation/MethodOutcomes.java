package io.henge.jcache.annotation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came of the calls of one annotated method on this server. Thread-safe. */
final class MethodOutcomes {

  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);
  private volatile String lastFailure = "";

  MethodOutcomes() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void count(Outcome outcome) {
    counts.get(outcome).increment();
  }

  /** Counts a call whose value the cache did not take. */
  void cacheFailed(RuntimeException why) {
    count(Outcome.CACHE_FAILED);
    lastFailure = why.toString();
  }

  long of(Outcome outcome) {
    return counts.get(outcome).sum();
  }

  /** Why the cache last refused; empty if it never did. */
  String lastFailure() {
    return lastFailure;
  }
}
