package io.henge.replication.store;

import java.util.concurrent.atomic.AtomicLong;

/** One cache's entries in one partition: how much they are, and who would have to go first. */
final class CacheContents {

  final EvictionPolicy policy = new EvictionPolicy();
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();

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

  /** An entry was removed because the cache is full. */
  void evicted() {
    evicted.incrementAndGet();
  }

  /** An entry was removed because of its age. */
  void expired() {
    expired.incrementAndGet();
  }
}
