package io.henge.replication.topology;

/**
 * How long an entry lives after an operation, from the moment its primary evaluates it. Each value
 * is in nanoseconds, 0 for "expires at once", or {@link #ETERNAL} or {@link #UNCHANGED}.
 *
 * @param creation after the operation made the entry; not {@link #UNCHANGED}
 * @param update after it changed the entry
 * @param access after it read the entry, or compared it and found it different
 */
public record Lifetimes(long creation, long update, long access) {

  /** Lives until it is removed. */
  public static final long ETERNAL = Long.MAX_VALUE;

  /** The deadline stays as it is. */
  public static final long UNCHANGED = -1;

  /** Entries live until they are removed. */
  public static final Lifetimes NONE = new Lifetimes(ETERNAL, UNCHANGED, UNCHANGED);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Lifetimes {
    if (creation < 0 || update < UNCHANGED || access < UNCHANGED) {
      throw new IllegalArgumentException(
          "lifetimes of "
              + creation
              + " ns after creation, "
              + update
              + " ns after an update and "
              + access
              + " ns after an access: none may be negative, but for "
              + UNCHANGED
              + " (leave the deadline as it is) after an update or an access");
    }
  }

  /** Tells whether reading changes a deadline, so that a read has to go to the primary. */
  public boolean accessCounts() {
    return access != UNCHANGED;
  }
}
