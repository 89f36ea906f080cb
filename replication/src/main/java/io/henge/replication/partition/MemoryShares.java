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
