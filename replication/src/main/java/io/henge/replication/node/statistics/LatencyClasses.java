package io.henge.replication.node.statistics;

/**
 * Classes of durations: the first eight are 32 ns wide each, then every power of two is cut into
 * eight, so that a class is at most 12.5 % wide; the last one has all from two minutes on.
 */
final class LatencyClasses {

  private static final int UNIT_BITS = 5;
  private static final int SUB_BITS = 3;
  private static final int SUB = 1 << SUB_BITS;
  private static final int MAGNITUDES = 33;

  /** How many there are. */
  static final int COUNT = (MAGNITUDES - SUB_BITS) * SUB + SUB;

  private LatencyClasses() {}

  /** The class of a duration in nanoseconds; below 0 counts as 0. */
  static int of(long nanos) {
    long value = Math.max(0, nanos) >>> UNIT_BITS;
    int magnitude = 63 - Long.numberOfLeadingZeros(value | 1);
    if (magnitude < SUB_BITS) {
      return (int) value;
    }
    int shift = magnitude - SUB_BITS;
    return (int) Math.min(COUNT - 1L, shift * (long) SUB + (value >>> shift));
  }

  /** The longest duration of a class, in nanoseconds; of the last one its shortest. */
  static long most(int index) {
    return index == COUNT - 1 ? least(index) : least(index + 1) - 1;
  }

  private static long least(int index) {
    if (index < SUB) {
      return (long) index << UNIT_BITS;
    }
    int shift = index / SUB - 1;
    return (long) (index % SUB + SUB) << (shift + UNIT_BITS);
  }
}
