package io.henge.replication.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One cache's entries in one partition: how much they are, and who would have to go first. */
final class CacheContents {

  private static final int VISITED_PER_EVICTION = 16;
  private static final int MOST_VISITED = 256;

  final EvictionPolicy policy = new EvictionPolicy();
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();
  private long evictedWhenVisited;

  CacheUsage usage() {
    return new CacheUsage(entries.get(), bytes.get(), evicted.get(), expired.get());
  }

  long entries() {
    return entries.get();
  }

  /** A slot's state was changed. */
  void changed(Slot slot, StoredValue before, StoredValue after) {
    if (before.present()) {
      entries.decrementAndGet();
      bytes.addAndGet(-CacheUsage.bytes(slot.key, before.value()));
    }
    if (after.present()) {
      entries.incrementAndGet();
      bytes.addAndGet(CacheUsage.bytes(slot.key, after.value()));
    }
    if (after.present() && !before.present()) {
      policy.added(slot);
    } else if (after.present()) {
      slot.hit();
    } else if (before.present()) {
      policy.removed(slot);
    }
  }

  /**
   * Looks at some of the oldest entries for each that was evicted since this was last called.
   *
   * @param used gets those that were used
   */
  void visitUsed(Consumer<Slot> used) {
    long now = evicted.get();
    long more = now - evictedWhenVisited;
    evictedWhenVisited = now;
    if (more > 0) {
      policy.visitOldest((int) Math.min(MOST_VISITED, more * VISITED_PER_EVICTION), used);
    }
  }

  /** An entry was removed because the cache is full. */
  void evicted() {
    evicted.incrementAndGet();
  }

  /** An entry was removed because of its age. */
  void expired() {
    expired.incrementAndGet();
  }
}
