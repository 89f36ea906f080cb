package io.henge.replication.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Divides what a member may hold among the caches that have no bound of their own: a cache may grow
 * into what is free, and where nothing is, up to what the largest one has, which then gives way. So
 * a new cache gets room from large ones, and a small one is left alone.
 */
public final class MemoryBudget {

  private MemoryBudget() {}

  /**
   * A cache without a bound.
   *
   * @param cache its id
   * @param bytes what it takes in the partitions that this member leads
   * @param copies how many members hold each entry; this member is taken to hold that many times
   *     the bytes, most of them for partitions that others lead
   */
  public record Holding(int cache, long bytes, int copies) {

    private long held() {
      return bytes * copies;
    }
  }

  /** What a cache may take in the partitions that this member leads. */
  public record Part(int cache, long bytes) {}

  /**
   * Divides a budget.
   *
   * @param budget bytes that all copies at this member may take together
   * @return for each holding its part, at least 1 byte
   */
  public static List<Part> divide(List<Holding> holdings, long budget) {
    long free = budget - holdings.stream().mapToLong(Holding::held).sum();
    long level = level(holdings, budget);
    List<Part> parts = new ArrayList<>();
    for (Holding each : holdings) {
      long most = free < 0 ? level : Math.max(level, each.held() + free);
      parts.add(new Part(each.cache(), Math.max(1, most / each.copies())));
    }
    return parts;
  }

  /** What nobody may exceed so that the budget is kept; where it is, what the largest holds. */
  private static long level(List<Holding> holdings, long budget) {
    List<Holding> smallestFirst = new ArrayList<>(holdings);
    smallestFirst.sort(Comparator.comparingLong(Holding::held));
    long left = budget;
    long held = 0;
    for (int i = 0; i < smallestFirst.size(); i++) {
      held = smallestFirst.get(i).held();
      long level = left / (smallestFirst.size() - i);
      if (held > level) {
        return level;
      }
      left -= held;
    }
    return held;
  }
}
