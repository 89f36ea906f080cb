package io.henge.replication.partition;

import io.henge.replication.store.CacheUsage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Distributes what has to go over the partitions that a member leads: the fullest give first, down
 * to one level, so that all are as full as each other (docs/decisions/0013).
 */
public final class EvictionPlanner {

  private EvictionPlanner() {}

  /** What one partition has to evict; one of the two is 0. */
  public record Order(int partition, long entries, long bytes) {}

  private record Holding(int partition, long amount) {}

  /**
   * Brings what a cache takes down to a bound.
   *
   * @param usages what the cache takes in each of its partitions; null where another member leads
   * @param first number of the first partition
   * @return empty if the bound is kept
   */
  public static List<Order> plan(List<CacheUsage> usages, int first, MemoryBound bound) {
    List<Order> orders = new ArrayList<>();
    for (Holding gives : plan(holdings(usages, first, CacheUsage::entries), bound.entries())) {
      orders.add(new Order(gives.partition(), gives.amount(), 0));
    }
    for (Holding gives : plan(holdings(usages, first, CacheUsage::bytes), bound.bytes())) {
      orders.add(new Order(gives.partition(), 0, gives.amount()));
    }
    return orders;
  }

  private static List<Holding> holdings(
      List<CacheUsage> usages, int first, ToLongFunction<CacheUsage> amount) {
    List<Holding> holdings = new ArrayList<>();
    for (int i = 0; i < usages.size(); i++) {
      CacheUsage usage = usages.get(i);
      if (usage != null && usage.entries() > 0) {
        holdings.add(new Holding(first + i, amount.applyAsLong(usage)));
      }
    }
    return holdings;
  }

  /** How much each has to give. */
  private static List<Holding> plan(List<Holding> holdings, long bound) {
    long excess = holdings.stream().mapToLong(Holding::amount).sum() - bound;
    if (excess <= 0) {
      return List.of();
    }
    List<Holding> fullest = new ArrayList<>(holdings);
    fullest.sort(
        Comparator.comparingLong(Holding::amount).reversed().thenComparing(Holding::partition));
    // The first so many come down to what remains for them, the rest of the division one each.
    long remains = -excess;
    int count = 0;
    long next;
    do {
      remains += fullest.get(count++).amount();
      next = count < fullest.size() ? fullest.get(count).amount() : 0;
    } while (remains < next * count);
    List<Holding> gives = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long keeps = remains / count + (i < remains % count ? 1 : 0);
      if (fullest.get(i).amount() > keeps) {
        gives.add(new Holding(fullest.get(i).partition(), fullest.get(i).amount() - keeps));
      }
    }
    return gives;
  }
}
