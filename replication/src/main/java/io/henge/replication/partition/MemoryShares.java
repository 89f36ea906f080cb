package io.henge.replication.partition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shares of all caches at one member; any thread. */
public final class MemoryShares {

  private final ConcurrentHashMap<Integer, MemoryShare> shares = new ConcurrentHashMap<>();

  /** The share of a cache; unbounded until it is limited. */
  public MemoryShare of(int cache) {
    MemoryShare known = shares.get(cache);
    return known != null ? known : shares.computeIfAbsent(cache, id -> new MemoryShare());
  }

  /** A cache was destroyed. */
  public void forget(int cache) {
    shares.remove(cache);
  }

  /**
   * Divides this member's budget among the caches without a bound; from time to time.
   *
   * @param budget bytes that all copies at this member may take; {@link Long#MAX_VALUE} for no
   *     budget
   */
  public void divide(long budget) {
    if (budget == Long.MAX_VALUE) {
      return;
    }
    List<MemoryBudget.Holding> holdings = new ArrayList<>();
    for (Map.Entry<Integer, MemoryShare> each : shares.entrySet()) {
      MemoryShare share = each.getValue();
      if (share.budgeted() > 0) {
        holdings.add(new MemoryBudget.Holding(each.getKey(), share.bytes(), share.budgeted()));
      }
    }
    for (MemoryBudget.Part part : MemoryBudget.divide(holdings, budget)) {
      MemoryShare share = of(part.cache());
      share.grant(part.bytes(), Math.max(1, budget / Math.max(1, share.budgeted())));
    }
  }

  /** Caches that take more than they may, in the order of their ids. */
  public List<Integer> exceeded() {
    List<Integer> exceeded = new ArrayList<>();
    for (Map.Entry<Integer, MemoryShare> share : shares.entrySet()) {
      if (share.getValue().exceeded()) {
        exceeded.add(share.getKey());
      }
    }
    Collections.sort(exceeded);
    return exceeded;
  }
}
