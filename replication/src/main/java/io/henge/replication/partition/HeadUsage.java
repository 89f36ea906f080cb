package io.henge.replication.partition;

import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What the caches of one partition take when everything in the primary's log is applied; tells the
 * member's shares of every change, as long as it is primary.
 */
final class HeadUsage {

  private final Map<Integer, Tally> tallies = new HashMap<>();
  private final IntFunction<MemoryShare> shares;
  private final IntFunction<CacheUsage> committed;

  private static final class Tally {
    private final MemoryShare share;
    private long entries;
    private long bytes;

    private Tally(MemoryShare share) {
      this.share = share;
    }

    private void add(long moreEntries, long moreBytes) {
      entries += moreEntries;
      bytes += moreBytes;
      share.changed(moreEntries, moreBytes);
    }
  }

  /**
   * Creates a count that knows of no cache yet.
   *
   * @param shares gives the member's share of each cache
   * @param committed tells what a cache takes by what is committed
   */
  HeadUsage(IntFunction<MemoryShare> shares, IntFunction<CacheUsage> committed) {
    this.shares = shares;
    this.committed = committed;
  }

  /** A cache has entries here: they count from now on. Must come before its first effect. */
  void begin(int cache) {
    tally(cache);
  }

  /** An effect is about to be appended to a log whose head of its key is {@code before}. */
  void added(Effect effect, StoredValue before) {
    EntryKey key = effect.key();
    switch (effect.kind()) {
      case PUT ->
          tally(key.cache())
              .add(
                  before.present() ? 0 : 1,
                  CacheUsage.bytes(key, effect.value()) - bytes(key, before));
      case REMOVE, EXPIRE, EVICT -> {
        if (before.present()) {
          tally(key.cache()).add(-1, -bytes(key, before));
        }
      }
      case CLEAR -> {
        Tally tally = tally(key.cache());
        tally.add(-tally.entries, -tally.bytes);
      }
      case NONE, TOUCH -> {}
    }
  }

  long entries(int cache) {
    Tally tally = tallies.get(cache);
    return tally == null ? 0 : tally.entries;
  }

  long bytes(int cache) {
    Tally tally = tallies.get(cache);
    return tally == null ? 0 : tally.bytes;
  }

  /** Both, with what has gone by itself so far. */
  CacheUsage of(int cache) {
    CacheUsage known = committed.apply(cache);
    return new CacheUsage(entries(cache), bytes(cache), known.evicted(), known.expired());
  }

  /** The cache was destroyed. */
  void forget(int cache) {
    Tally tally = tallies.remove(cache);
    if (tally != null) {
      tally.add(-tally.entries, -tally.bytes);
    }
  }

  /** This member is no longer primary: somebody else counts. */
  void end() {
    for (Tally tally : tallies.values()) {
      tally.add(-tally.entries, -tally.bytes);
    }
    tallies.clear();
  }

  /** What an entry takes; 0 if it is not there. */
  static long bytes(EntryKey key, StoredValue value) {
    return value.present() ? CacheUsage.bytes(key, value.value()) : 0;
  }

  private Tally tally(int cache) {
    Tally known = tallies.get(cache);
    if (known != null) {
      return known;
    }
    Tally tally = new Tally(shares.apply(cache));
    tallies.put(cache, tally);
    CacheUsage usage = committed.apply(cache);
    tally.add(usage.entries(), usage.bytes());
    return tally;
  }
}
