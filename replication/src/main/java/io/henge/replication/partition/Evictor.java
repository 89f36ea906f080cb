package io.henge.replication.partition;

import io.henge.replication.partition.Effect.Kind;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The primary's evictions: an entry that has to make room leaves by an effect, on all copies alike
 * (docs/decisions/0007).
 */
final class Evictor {

  /** Entries evicted in one step. */
  private static final int STEP = 128;

  private final ReplicaState state;
  private final PrimaryRole primary;

  /** Bytes of each eviction that is appended and not committed, by its effect's index. */
  private final Map<Long, Long> sizes = new HashMap<>();

  /** What these take by cache: they must not be asked for twice. */
  private final Map<Integer, Pending> pending = new HashMap<>();

  private static final class Pending {
    private long entries;
    private long bytes;
  }

  Evictor(ReplicaState state, PrimaryRole primary) {
    this.state = state;
    this.primary = primary;
  }

  /** What a cache's entries take when the evictions under way are done. */
  CacheUsage usage(int cache) {
    CacheUsage usage = state.store.usage(cache);
    Pending leaving = pending.get(cache);
    return leaving == null
        ? usage
        : new CacheUsage(
            usage.entries() - leaving.entries,
            usage.bytes() - leaving.bytes,
            usage.evicted(),
            usage.expired());
  }

  /**
   * Evicts until a number of entries and a number of bytes have gone, but only some in one step.
   *
   * @param reserved tells the keys on which code runs: these stay
   */
  void evict(int cache, long entries, long bytes, Predicate<EntryKey> reserved) {
    long entriesLeft = entries;
    long bytesLeft = bytes;
    for (int i = 0; i < STEP && (entriesLeft > 0 || bytesLeft > 0); i++) {
      EntryKey victim = primary.full() ? null : state.store.victim(cache, reserved);
      if (victim == null) {
        return;
      }
      long size = size(victim);
      Pending leaving = pending.computeIfAbsent(cache, id -> new Pending());
      leaving.entries++;
      leaving.bytes += size;
      entriesLeft--;
      bytesLeft -= size;
      primary.appendOwn(Kind.EVICT, victim, StoredValue.NEVER);
      sizes.put(state.log.last(), size);
    }
  }

  /** An effect was committed and applied. */
  void committed(Effect effect) {
    Long size = sizes.remove(effect.index());
    if (size != null) {
      Pending leaving = pending.get(effect.key().cache());
      leaving.entries--;
      leaving.bytes -= size;
    }
  }

  private long size(EntryKey key) {
    StoredValue value = state.store.committed(key);
    return value.present() ? CacheUsage.bytes(key, value.value()) : 0;
  }
}
