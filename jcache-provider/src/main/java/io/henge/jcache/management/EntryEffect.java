package io.henge.jcache.management;

/**
 * What a processor found and did, for the statistics.
 *
 * @param wasPresent whether there was an entry before it
 * @param put whether it set a value, which outlived the operation
 * @param removed whether it removed an entry that was there
 */
public record EntryEffect(boolean wasPresent, boolean put, boolean removed) {

  private static final int WAS_PRESENT = 1;
  private static final int PUT = 2;
  private static final int REMOVED = 4;

  /** The effect of code that did nothing. */
  public static EntryEffect none(boolean wasPresent) {
    return new EntryEffect(wasPresent, false, false);
  }

  /** Three bits. */
  public int toBits() {
    return (wasPresent ? WAS_PRESENT : 0) | (put ? PUT : 0) | (removed ? REMOVED : 0);
  }

  /** The effect that {@link #toBits} made bits of. */
  public static EntryEffect ofBits(int bits) {
    return new EntryEffect((bits & WAS_PRESENT) != 0, (bits & PUT) != 0, (bits & REMOVED) != 0);
  }
}
