package io.henge.replication.store;

/**
 * Estimates how often keys were used of late, present or not: a count-min sketch of counters that
 * reach 15, halved after ten uses per entry, so that it forgets (TinyLFU, Einziger, Friedman and
 * Manes 2017). Four to eight bytes per entry; grows with the number of entries. One thread at a
 * time.
 */
final class FrequencySketch {

  private static final int ROWS = 4;
  private static final int SMALLEST = 8;
  private static final int USES_PER_ENTRY = 10;
  private static final long LOW_BITS = 0x7777777777777777L;
  private static final long[] SEEDS = {
    0xc3a5c85c97cb3127L, 0xb492b66fbe98f273L, 0x9ae16a3b2f90404fL, 0xcbf29ce484222325L
  };

  private long[] table = new long[SMALLEST];
  private int entries;
  private int uses;

  /** Makes room for a number of entries; what is known stays. */
  void ensureRoomFor(int wanted) {
    entries = Math.max(entries, wanted);
    while (table.length < wanted && table.length < 1 << 28) {
      long[] larger = new long[table.length * 2];
      // A key's place in the larger table is one of the two that map to its place in this one.
      System.arraycopy(table, 0, larger, 0, table.length);
      System.arraycopy(table, 0, larger, table.length, table.length);
      table = larger;
    }
  }

  /** How often the key was used, as far as is known; at most 15. */
  int frequency(int hash) {
    int least = 15;
    for (int row = 0; row < ROWS; row++) {
      long spread = spread(hash, row);
      least = Math.min(least, (int) (table[place(spread)] >>> shift(spread, row)) & 15);
    }
    return least;
  }

  /** Notes a use. */
  void used(int hash) {
    boolean counted = false;
    for (int row = 0; row < ROWS; row++) {
      long spread = spread(hash, row);
      int place = place(spread);
      int shift = shift(spread, row);
      if (((table[place] >>> shift) & 15) < 15) {
        table[place] += 1L << shift;
        counted = true;
      }
    }
    if (counted && ++uses >= USES_PER_ENTRY * Math.max(entries, SMALLEST)) {
      halve();
    }
  }

  private void halve() {
    for (int i = 0; i < table.length; i++) {
      table[i] = (table[i] >>> 1) & LOW_BITS;
    }
    uses /= 2;
  }

  private int place(long spread) {
    return (int) spread & (table.length - 1);
  }

  /** Each row has its own four of a word's sixteen counters. */
  private static int shift(long spread, int row) {
    return (row * 4 + (int) (spread >>> 62)) * 4;
  }

  private static long spread(int hash, int row) {
    long mixed = (hash + SEEDS[row]) * SEEDS[row];
    return mixed ^ (mixed >>> 32);
  }
}
