package io.henge.replication.partition;

import io.henge.replication.store.CacheUsage;
import java.util.ArrayList;
import java.util.List;

/**
 * The bound of one cache, as one member enforces it: of the partitions that it leads, so many
 * entries or bytes as fall to them (docs/decisions/0007). Steps by one thread at a time.
 *
 * @param cache the cache's id
 * @param maxEntries of the whole cluster, copies not counted; {@link Long#MAX_VALUE} if unbounded
 * @param maxBytes of keys, values and {@link CacheUsage#OVERHEAD} for each entry; likewise
 */
public record MemoryBound(int cache, long maxEntries, long maxBytes) {

  /** Somebody who can let a partition evict; called for partitions whose primary is here. */
  @FunctionalInterface
  public interface Evicting {

    /** Asks a partition to evict until so many entries and bytes have gone. */
    void evict(int partition, int cache, long entries, long bytes);
  }

  /** Whether there is a bound at all. */
  public boolean exists() {
    return maxEntries != Long.MAX_VALUE || maxBytes != Long.MAX_VALUE;
  }

  /**
   * Asks the fullest partitions to evict if this member's share is exceeded.
   *
   * @param usages what the cache takes in each of its partitions whose primary is here, null for
   *     the others
   * @param first number of the first partition
   */
  public void enforce(List<CacheUsage> usages, int first, Evicting evicting) {
    List<EvictionPlanner.Holding> entries = new ArrayList<>();
    List<EvictionPlanner.Holding> bytes = new ArrayList<>();
    int primaries = 0;
    for (int i = 0; i < usages.size(); i++) {
      CacheUsage usage = usages.get(i);
      if (usage != null) {
        primaries++;
        if (usage.entries() > 0) {
          entries.add(new EvictionPlanner.Holding(first + i, usage.entries()));
          bytes.add(new EvictionPlanner.Holding(first + i, usage.bytes()));
        }
      }
    }
    if (maxEntries != Long.MAX_VALUE) {
      long share = EvictionPlanner.share(maxEntries, primaries, usages.size());
      for (EvictionPlanner.Order order : EvictionPlanner.plan(entries, share)) {
        evicting.evict(order.partition(), cache, order.amount(), 0);
      }
    }
    if (maxBytes != Long.MAX_VALUE) {
      long share = EvictionPlanner.share(maxBytes, primaries, usages.size());
      for (EvictionPlanner.Order order : EvictionPlanner.plan(bytes, share)) {
        evicting.evict(order.partition(), cache, 0, order.amount());
      }
    }
  }
}
