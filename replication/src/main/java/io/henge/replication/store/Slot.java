package io.henge.replication.store;

/**
 * The place of one key in a partition: its committed state and its marks. The volatile fields are
 * read by any thread; all others belong to the one writer.
 */
final class Slot {

  final EntryKey key;
  volatile int pending;
  volatile StoredValue stored = StoredValue.ABSENT;

  /** Place in the {@link ExpiryIndex}, -1 if it is not in there. */
  int heapIndex = -1;

  /** The queue of the {@link EvictionPolicy} that it is in, and its neighbours there. */
  SlotQueue queue;

  Slot newer;
  Slot older;

  /** Hits that were not counted yet; racy on purpose, and once it is full no longer written. */
  private byte hits;

  private static final byte MOST_HITS = 3;

  /** Notes a hit; any thread. */
  void hit() {
    byte before = hits;
    if (before < MOST_HITS) {
      hits = (byte) (before + 1);
    }
  }

  /** Takes the hits that were noted. */
  int takeHits() {
    byte noted = hits;
    if (noted != 0) {
      hits = 0;
    }
    return noted;
  }

  Slot(EntryKey key) {
    this.key = key;
  }
}
