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

  Slot(EntryKey key) {
    this.key = key;
  }
}
