package io.henge.replication.node.statistics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts durations without allocation, and without threads getting into each other's way: each adds
 * to one of several stripes, made when it is first used. Thread-safe; exact once the recording
 * calls have returned.
 */
public final class LatencyRecorder {

  private static final int NANOS = 0;
  private static final int OTHERS = 1;
  private static final int FIRST_CLASS = 2;
  private static final int MOST_STRIPES = 16;

  /** Spreads consecutive ids of threads (the golden ratio, as in Fibonacci hashing). */
  private static final int SPREAD = 0x9E3779B9;

  private final AtomicReferenceArray<AtomicLongArray> stripes;
  private final int shift;

  /** Creates one that has counted nothing, with as many stripes as there are processors. */
  public LatencyRecorder() {
    int processors = Math.min(MOST_STRIPES, Runtime.getRuntime().availableProcessors());
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(processors - 1));
    this.stripes = new AtomicReferenceArray<>(1 << bits);
    this.shift = 32 - bits;
  }

  /** Counts a call, in nanoseconds. */
  public void record(long nanos) {
    AtomicLongArray stripe = stripe();
    stripe.getAndAdd(NANOS, nanos);
    stripe.getAndIncrement(FIRST_CLASS + LatencyClasses.of(nanos));
  }

  /**
   * Adds the time of a call for many entries: it counts for the mean only.
   *
   * @param nanos of the whole call
   */
  public void recordMany(long entries, long nanos) {
    AtomicLongArray stripe = stripe();
    stripe.getAndAdd(NANOS, nanos);
    stripe.getAndAdd(OTHERS, entries);
  }

  /** Forgets all. What is recorded meanwhile may be forgotten in part. */
  public void reset() {
    for (int i = 0; i < stripes.length(); i++) {
      AtomicLongArray stripe = stripes.get(i);
      if (stripe != null) {
        for (int j = 0; j < stripe.length(); j++) {
          stripe.set(j, 0);
        }
      }
    }
  }

  /** What was recorded so far. */
  public Latencies latencies() {
    long nanos = 0;
    long others = 0;
    long[] counts = new long[LatencyClasses.COUNT];
    for (int i = 0; i < stripes.length(); i++) {
      AtomicLongArray stripe = stripes.get(i);
      if (stripe != null) {
        nanos += stripe.get(NANOS);
        others += stripe.get(OTHERS);
        for (int j = 0; j < counts.length; j++) {
          counts[j] += stripe.get(FIRST_CLASS + j);
        }
      }
    }
    return new Latencies(nanos, others, counts);
  }

  private AtomicLongArray stripe() {
    int index = ((int) Thread.currentThread().getId() * SPREAD) >>> shift;
    AtomicLongArray stripe = stripes.get(index);
    if (stripe == null) {
      AtomicLongArray made = new AtomicLongArray(FIRST_CLASS + LatencyClasses.COUNT);
      stripe = stripes.compareAndSet(index, null, made) ? made : stripes.get(index);
    }
    return stripe;
  }
}
