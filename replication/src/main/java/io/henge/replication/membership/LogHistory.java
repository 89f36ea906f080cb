package io.henge.replication.membership;

/** The chain hashes of the last slots, to compare with members that are a little behind. */
final class LogHistory {

  private static final int KEPT = 256;

  private final long[] slots = new long[KEPT];
  private final long[] chains = new long[KEPT];

  LogHistory() {
    java.util.Arrays.fill(slots, -1);
  }

  void put(long slot, long chain) {
    int at = (int) (slot % KEPT);
    slots[at] = slot;
    chains[at] = chain;
  }

  /** Tells whether this member knows another hash at {@code slot}; false if it knows none. */
  boolean contradicts(long slot, long chain) {
    int at = (int) Long.remainderUnsigned(slot, KEPT);
    return slots[at] == slot && chains[at] != chain;
  }

  /** The hash at {@code slot}, which must be known. */
  long at(long slot) {
    return chains[(int) (slot % KEPT)];
  }
}
