package io.henge.replication.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartitionStoreTest {

  private static final EntryKey KEY = new EntryKey(1, new byte[] {1});
  private static final EntryKey SAME = new EntryKey(1, new byte[] {1});
  private static final EntryKey OTHER_CACHE = new EntryKey(2, new byte[] {1});
  private static final byte[] VALUE = {42};

  private final PartitionStore store = new PartitionStore();

  private int entries() {
    int count = 0;
    for (var each = store.entries(); each.hasNext(); each.next()) {
      count++;
    }
    return count;
  }

  @Test
  void keysAreEqualByCacheAndContent() {
    assertThat(KEY).isEqualTo(SAME).hasSameHashCodeAs(SAME).isNotEqualTo(OTHER_CACHE);
  }

  @Test
  void holdsWhatWasAppliedLast() {
    store.apply(KEY, VALUE, 1);
    assertThat(store.read(SAME)).isEqualTo(new StoredValue(VALUE, 1));
    assertThat(store.read(OTHER_CACHE)).isEqualTo(StoredValue.ABSENT);
    store.apply(KEY, null, 2);
    assertThat(store.read(KEY).present()).isFalse();
    assertThat(entries()).isZero();
  }

  @Test
  void anOlderVersionChangesNothing() {
    store.apply(KEY, VALUE, 5);
    store.apply(KEY, new byte[] {1}, 4);
    store.apply(KEY, null, 5);
    assertThat(store.committed(KEY)).isEqualTo(new StoredValue(VALUE, 5));
  }

  @Test
  void aMarkedKeyIsNotReadUntilTheLastMarkIsGone() {
    store.mark(KEY);
    store.mark(KEY);
    assertThat(store.read(KEY)).isNull();
    assertThat(store.read(OTHER_CACHE)).isEqualTo(StoredValue.ABSENT);
    assertThat(store.committed(KEY)).isEqualTo(StoredValue.ABSENT);
    store.apply(KEY, VALUE, 1);
    store.unmark(KEY);
    assertThat(store.read(KEY)).isNull();
    store.unmark(KEY);
    assertThat(store.read(KEY).present()).isTrue();
  }

  @Test
  void aMarkOutlivesTheRemovalOfItsKey() {
    store.apply(KEY, VALUE, 1);
    store.mark(KEY);
    store.mark(KEY);
    store.apply(KEY, null, 2);
    store.unmark(KEY);
    assertThat(store.read(KEY)).isNull();
    store.unmark(KEY);
    assertThat(store.read(KEY)).isEqualTo(StoredValue.ABSENT);
  }

  @Test
  void aPendingClearMarksEveryKey() {
    store.markAll();
    assertThat(store.read(KEY)).isNull();
    store.unmarkAll();
    assertThat(store.read(KEY)).isEqualTo(StoredValue.ABSENT);
  }

  @Test
  void aMarkTooFewIsABug() {
    assertThatThrownBy(() -> store.unmark(KEY)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::unmarkAll).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClearRemovesOneCacheOnly() {
    store.apply(KEY, VALUE, 1);
    store.apply(OTHER_CACHE, VALUE, 2);
    store.clearCache(1, 3);
    assertThat(store.read(KEY).present()).isFalse();
    assertThat(store.read(OTHER_CACHE).present()).isTrue();
    assertThat(store.size(1)).isZero();
    assertThat(store.size(2)).isEqualTo(1);
  }

  @Test
  void aClearKeepsTheMarksOfLaterEffects() {
    store.apply(KEY, VALUE, 1);
    store.mark(KEY);
    store.clearCache(1, 2);
    assertThat(store.read(KEY)).isNull();
    store.apply(KEY, VALUE, 3);
    store.unmark(KEY);
    assertThat(store.read(KEY).version()).isEqualTo(3);
  }

  @Test
  void sizesFollowEntriesNotWrites() {
    store.apply(KEY, VALUE, 1);
    store.apply(KEY, VALUE, 2);
    assertThat(store.size(1)).isEqualTo(1);
    store.apply(KEY, null, 3);
    store.apply(KEY, null, 4);
    assertThat(store.size(1)).isZero();
  }

  @Test
  void aTombstoneKeepsOlderCopiesAway() {
    store.keepTombstones(true);
    store.apply(KEY, null, 5);
    store.apply(KEY, VALUE, 4);
    assertThat(store.committed(KEY).present()).isFalse();
    store.apply(KEY, VALUE, 6);
    assertThat(store.committed(KEY).present()).isTrue();
  }

  @Test
  void aClearIsATombstoneForKeysThatWereNotHere() {
    store.keepTombstones(true);
    store.clearCache(1, 5);
    store.apply(KEY, VALUE, 4);
    store.apply(OTHER_CACHE, VALUE, 4);
    assertThat(store.committed(KEY).present()).isFalse();
    assertThat(store.committed(OTHER_CACHE).present()).isTrue();
    store.apply(KEY, VALUE, 6);
    assertThat(store.committed(KEY).version()).isEqualTo(6);
  }

  @Test
  void tombstonesGoWhenTheyAreNoLongerNeeded() {
    store.keepTombstones(true);
    store.apply(KEY, null, 5);
    store.clearCache(1, 7);
    store.keepTombstones(false);
    assertThat(store.committed(KEY)).isEqualTo(StoredValue.ABSENT);
    store.apply(KEY, VALUE, 6); // of another origin, say
    assertThat(store.committed(KEY).present()).isTrue();
  }

  @Test
  void aDestroyedCacheLosesItsValuesButNotItsMarks() {
    store.apply(KEY, VALUE, 1);
    store.mark(KEY);
    store.dropCache(1);
    assertThat(store.committed(KEY).present()).isFalse();
    assertThat(store.size(1)).isZero();
    store.unmark(KEY);
    assertThat(store.read(KEY)).isEqualTo(StoredValue.ABSENT);
  }

  @Test
  void aResetForgetsEverything() {
    store.apply(KEY, VALUE, 1);
    store.mark(KEY);
    store.markAll();
    store.reset();
    assertThat(store.read(KEY)).isEqualTo(StoredValue.ABSENT);
    assertThat(store.size(1)).isZero();
  }

  @Test
  void entriesMayBeReadWhileTheyChange() {
    for (int i = 0; i < 100; i++) {
      store.apply(new EntryKey(1, new byte[] {(byte) i}), VALUE, i + 1);
    }
    var entries = store.entries();
    int seen = 0;
    while (entries.hasNext()) {
      EntryKey key = entries.next().getKey();
      store.apply(key, null, 1000);
      seen++;
    }
    assertThat(seen).isEqualTo(100);
    assertThat(entries()).isZero();
  }
}
