package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.node.statistics.CacheFigures;
import io.henge.replication.node.statistics.CallStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What counts the calls of this node's caches, in all its lives. Thread-safe. */
final class CallCounters {

  private final ConcurrentHashMap<String, Supplier<CallStatistics>> byName =
      new ConcurrentHashMap<>();

  void put(String cacheName, Supplier<CallStatistics> calls) {
    byName.put(cacheName, calls);
  }

  void remove(String cacheName) {
    byName.remove(cacheName);
  }

  /** This node's figures of all caches of the cluster; none if it is in no cluster. */
  List<CacheFigures> figures(DataPlane data) {
    ClusterState state = data.state();
    List<CacheFigures> figures = new ArrayList<>();
    if (state != null) {
      for (CacheDefinition cache : state.caches().values()) {
        figures.add(
            new CacheFigures(cache.name(), data.memory(cache.id()).evicted(), of(cache.name())));
      }
    }
    return figures;
  }

  private CallStatistics of(String cacheName) {
    Supplier<CallStatistics> calls = byName.get(cacheName);
    return calls == null ? CallStatistics.NONE : calls.get();
  }
}
