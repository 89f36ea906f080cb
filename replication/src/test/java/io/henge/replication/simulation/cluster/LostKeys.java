package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.simulation.Statistics;
import java.util.HashSet;
import java.util.Set;

/** Keys whose partition lost all its copies: what became of them proves nothing. */
final class LostKeys {

  private final SimulatedCluster cluster;
  private final Statistics statistics;
  private final Set<String> keys = new HashSet<>();

  LostKeys(SimulatedCluster cluster, Statistics statistics) {
    this.cluster = cluster;
    this.statistics = statistics;
  }

  /** A slot was applied for the first time. */
  void applied(ClusterState before, ClusterState after) {
    if (before == null) {
      return;
    }
    for (int number = 0; number < before.partitionCount(); number++) {
      if (before.partition(number).inSync().isEmpty() && cluster.foundings().any()) {
        continue; // what was lost when the cluster was founded again is told to the history
      }
      boolean reset = before.partition(number).origin() != after.partition(number).origin();
      if (after.partition(number).inSync().isEmpty() || reset) {
        statistics.count("partitions lost");
        for (CacheDefinition cache : after.caches().values()) {
          for (int key = 0; key < cluster.plan().keys(); key++) {
            // Which keys exactly does not matter: this is rare, and rightly so.
            keys.add(Caller.keyName(cache, key));
          }
        }
      }
    }
  }

  /** Tells whether a key may have been lost. */
  boolean contain(String key) {
    return keys.contains(key);
  }
}
