package io.henge.benchmarks.comparison;

import java.util.StringJoiner;

/**
 * Counts latencies in classes that are about 1.5 % wide, from 1 ns to over an hour. Not
 * thread-safe: each thread has its own, and they are added up.
 */
final class Latencies {

  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;
  private static final int CLASSES = (42 - SUB_BITS) * SUB + SUB;

  private final long[] counts = new long[CLASSES];

  /** Counts one latency in nanoseconds. */
  void record(long nanos) {
    counts[classOf(nanos)]++;
  }

  /** Adds what another one counted. */
  void add(Latencies other) {
    for (int i = 0; i < CLASSES; i++) {
      counts[i] += other.counts[i];
    }
  }

  long count() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /**
   * The latency that a share of the operations does not exceed, in nanoseconds; 0 if there are
   * none.
   *
   * @param share between 0 and 1
   */
  long quantile(double share) {
    long rank = (long) Math.ceil(share * count());
    long sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      sum += counts[i];
      if (sum >= rank && sum > 0) {
        return middleOf(i);
      }
    }
    return 0;
  }

  /** For another process: class and count of each class that is not empty. */
  String encode() {
    StringJoiner text = new StringJoiner(",");
    text.setEmptyValue("-");
    for (int i = 0; i < CLASSES; i++) {
      if (counts[i] > 0) {
        text.add(i + ":" + counts[i]);
      }
    }
    return text.toString();
  }

  /** What {@link #encode} wrote. */
  static Latencies decode(String text) {
    Latencies latencies = new Latencies();
    if (!text.equals("-")) {
      for (String each : text.split(",", -1)) {
        int colon = each.indexOf(':');
        latencies.counts[Integer.parseInt(each.substring(0, colon))] +=
            Long.parseLong(each.substring(colon + 1));
      }
    }
    return latencies;
  }

  private static int classOf(long nanos) {
    long value = Math.max(1, nanos);
    int magnitude = 63 - Long.numberOfLeadingZeros(value);
    if (magnitude < SUB_BITS) {
      return (int) value;
    }
    int shift = magnitude - SUB_BITS;
    int index = (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    return Math.min(index, CLASSES - 1);
  }

  private static long middleOf(int index) {
    if (index < SUB) {
      return index;
    }
    int shift = index / SUB - 1;
    long low = (long) (index % SUB + SUB) << shift;
    return low + ((1L << shift) >> 1);
  }
}
