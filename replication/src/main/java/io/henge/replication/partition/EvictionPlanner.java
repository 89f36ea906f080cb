package io.henge.replication.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Distributes what has to go over the partitions of which a member is primary: the fullest give
 * first, down to one level, so that all are as full as each other (docs/decisions/0007).
 */
public final class EvictionPlanner {

  private EvictionPlanner() {}

  /** What a partition holds, in entries or in bytes. */
  public record Holding(int partition, long amount) {}

  /** How much of it has to go. */
  public record Order(int partition, long amount) {}

  /**
   * The share of a cache's bound that falls to a member.
   *
   * @param bound of the whole cluster's entries, copies not counted
   * @param primaries partitions of which the member is primary
   * @param partitions all partitions of the cache
   */
  public static long share(long bound, int primaries, int partitions) {
    long whole = bound / partitions * primaries;
    return whole + (bound % partitions * primaries + partitions - 1) / partitions;
  }

  /** Brings the sum of the holdings down to the share; empty if it is not above it. */
  public static List<Order> plan(List<Holding> holdings, long share) {
    long excess = -share;
    for (Holding each : holdings) {
      excess += each.amount();
    }
    List<Order> orders = new ArrayList<>();
    if (excess <= 0) {
      return orders;
    }
    List<Holding> fullest = new ArrayList<>(holdings);
    fullest.sort(
        Comparator.comparingLong(Holding::amount).reversed().thenComparing(Holding::partition));
    long sum = 0;
    int count = 0;
    long level = 0;
    while (count < fullest.size()) {
      sum += fullest.get(count++).amount();
      long next = count < fullest.size() ? fullest.get(count).amount() : 0;
      if (sum - excess >= next * count) {
        level = (sum - excess) / count;
        break;
      }
    }
    long left = excess;
    for (int i = 0; i < count && left > 0; i++) {
      long gives = Math.min(left, fullest.get(i).amount() - level);
      if (gives > 0) {
        orders.add(new Order(fullest.get(i).partition(), gives));
        left -= gives;
      }
    }
    return orders;
  }
}
