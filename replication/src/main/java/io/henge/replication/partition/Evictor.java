package io.henge.replication.partition;

import io.henge.replication.partition.Effect.Kind;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import java.util.function.Predicate;

/**
 * The primary's evictions: an entry that has to make room leaves by an effect, on all copies alike
 * (docs/decisions/0013). Room is made before what needs it is appended, so that no copy ever holds
 * more than the primary allowed.
 */
final class Evictor {

  /** Entries evicted in one step. */
  private static final int STEP = 128;

  private final ReplicaState state;
  private final PrimaryRole primary;
  private final Predicate<EntryKey> reserved;

  /**
   * Creates it.
   *
   * @param reserved tells the keys on which code runs: these stay
   */
  Evictor(ReplicaState state, PrimaryRole primary, Predicate<EntryKey> reserved) {
    this.state = state;
    this.primary = primary;
    this.reserved = reserved;
  }

  /**
   * Makes room for a value, as far as others of this partition can give it. A value that is more
   * than the member's whole share is left to come and go: {@link #tooLarge}.
   */
  void makeRoom(EntryKey key, byte[] value) {
    int cache = key.cache();
    if (!state.rules.writesMakeRoom() || tooLarge(key, value)) {
      return;
    }
    StoredValue before = primary.tail().head(key);
    long moreEntries = before.present() ? 0 : 1;
    long moreBytes = CacheUsage.bytes(key, value) - HeadUsage.bytes(key, before);
    MemoryShare share = state.authority.memory(cache);
    HeadUsage usage = primary.tail().usage();
    for (int i = 0; i < STEP; i++) {
      boolean enough =
          !share.full(moreEntries, moreBytes, usage.entries(cache), usage.bytes(cache));
      if (enough || !evictOne(cache, key)) {
        return;
      }
    }
  }

  /** Whether a value is more than all entries of its cache may take here. */
  boolean tooLarge(EntryKey key, byte[] value) {
    return CacheUsage.bytes(key, value) > state.authority.memory(key.cache()).largest();
  }

  /** Lets an entry go that was just written and is {@link #tooLarge}. */
  void evictWritten(EntryKey key) {
    append(key);
  }

  private void append(EntryKey victim) {
    primary.appendOwn(Kind.EVICT, victim, StoredValue.NEVER);
    state.authority.memory(victim.cache()).evictedOne();
  }

  /** Evicts until so many entries and so many bytes have gone, but only some in one step. */
  void evict(int cache, long entries, long bytes) {
    HeadUsage usage = primary.tail().usage();
    long entriesThen = usage.entries(cache) - entries;
    long bytesThen = usage.bytes(cache) - bytes;
    for (int i = 0; i < STEP; i++) {
      boolean enough = usage.entries(cache) <= entriesThen && usage.bytes(cache) <= bytesThen;
      if (enough || !evictOne(cache, null)) {
        return;
      }
    }
  }

  private boolean evictOne(int cache, EntryKey written) {
    EntryKey victim = primary.full() ? null : state.store.victim(cache, key -> stays(key, written));
    if (victim == null) {
      return false;
    }
    append(victim);
    return true;
  }

  /** An operation was evaluated on what the entry it writes held, so that must not go before. */
  private boolean stays(EntryKey key, EntryKey written) {
    return (key.equals(written) && state.rules.evictionSparesWhatIsWritten())
        || reserved.test(key)
        || !primary.tail().head(key).present();
  }
}
