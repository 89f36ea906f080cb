package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.Effect;
import io.henge.replication.partition.MemoryBound;
import io.henge.replication.partition.MemoryShare;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches the bounds of caches. A primary that appends what adds to a full cache first evicts what
 * it can; a cache is within its bound when all is quiet. Copies hold what the primary's log says,
 * as {@link ReplicaJudge} sees to, so they are within the bound as well.
 */
final class BoundJudge {

  private static final int SLACK = 64;

  private record Place(MemberId member, int partition) {}

  /** Where a primary's log stood after its last step. */
  private record Stand(long last, long commit) {}

  private final SimulatedCluster cluster;
  private final Statistics statistics;
  private final Map<Place, Stand> stands = new HashMap<>();

  BoundJudge(SimulatedCluster cluster, Statistics statistics) {
    this.cluster = cluster;
    this.statistics = statistics;
  }

  /** A replica has made a step. */
  void inspect(SimulatedMember member, int number, PartitionReplica replica) {
    if (!cluster.plan().memory().bounded() || member.state() == null) {
      return;
    }
    if (replica.answeredIndex() < 0) { // no primary, or one that still gathers what others wrote
      stands.remove(new Place(member.id(), number));
      return;
    }
    Stand before =
        stands.put(
            new Place(member.id(), number), new Stand(replica.lastIndex(), replica.commitIndex()));
    for (CacheDefinition cache : member.state().caches().values()) {
      compareCounts(member, number, replica, cache.id());
      // What was there when it took over was written under the bounds of others.
      if (before != null && before.last() < replica.lastIndex()) {
        judgeWrites(member, number, replica, cache.id(), before);
      }
    }
  }

  /** What it counts ahead of the commits is what there is once all is committed. */
  private void compareCounts(
      SimulatedMember member, int number, PartitionReplica replica, int cache) {
    CacheUsage counted = replica.primaryUsage(cache);
    CacheUsage committed = replica.store().usage(cache);
    if (replica.lastIndex() == replica.commitIndex() && !counted.equals(committed)) {
      throw new RuleBroken(
          "bound",
          member + " counts " + counted + " in partition " + number + ", there is " + committed);
    }
  }

  private void judgeWrites(
      SimulatedMember member, int number, PartitionReplica replica, int cache, Stand before) {
    Map<EntryKey, Effect> heads = new HashMap<>();
    // What was uncommitted when the step began could not be evicted, though it may be committed
    // now.
    for (long index = before.commit() + 1; index <= replica.lastIndex(); index++) {
      Effect effect = replica.effect(index);
      if (effect == null || effect.kind() == Effect.Kind.CLEAR) {
        return; // not retained; or all of it was to go anyway
      }
      if (effect.key().cache() == cache && effect.kind() != Effect.Kind.NONE) {
        heads.put(effect.key(), effect);
      }
    }
    boolean stays =
        heads.values().stream()
            .anyMatch(head -> head.index() > before.last() && head.kind() == Effect.Kind.PUT);
    MemoryShare share = member.dataPlane().memory(cache);
    if (!stays || !exceedsMoreThanSlack(share)) {
      return;
    }
    statistics.count("writes that exceed a bound");
    boolean full =
        replica.lastIndex() - before.commit() >= cluster.plan().partition().maxUncommitted()
            || replica.assignment().replicas().stream()
                .anyMatch(member.dataPlane().backlogs()::full);
    Iterator<Map.Entry<EntryKey, StoredValue>> entries = replica.store().entries();
    while (entries.hasNext() && !full && !replica.waitsForCode()) {
      EntryKey key = entries.next().getKey();
      if (key.cache() == cache && !heads.containsKey(key)) {
        throw new RuleBroken(
            "bound",
            member
                + " exceeds its share in partition "
                + number
                + " by a write to "
                + share.bytes()
                + " of "
                + share.limit()
                + ", though it could have evicted "
                + Processors.text(key.bytes()));
      }
    }
  }

  /** A write in a partition that is poor may exceed a share by a 64th, until the next tick. */
  private static boolean exceedsMoreThanSlack(MemoryShare share) {
    MemoryBound most = share.limit();
    return share.entries() - most.entries() > most.entries() / SLACK
        || share.bytes() - most.bytes() > most.bytes() / SLACK;
  }

  /** All is quiet: every cache is within its bound, and every member within its budget. */
  void judgeAtTheEnd(ClusterState state) {
    String excess = excess(state);
    if (excess != null) {
      throw new RuleBroken("bound", excess);
    }
  }

  /**
   * What is beyond a bound, null if nothing. The budget is divided at each tick, so who has just
   * become primary may be beyond it until the next one and what that evicts.
   */
  String excess(ClusterState state) {
    MemoryBound bound = cluster.plan().memory().bound();
    SortedMap<MemberId, Long> held = new TreeMap<>();
    for (CacheDefinition cache : state.caches().values()) {
      Set<MemberId> primaries = new HashSet<>();
      long entries = 0;
      long bytes = 0;
      int wanted = state.groups().get(cache.group()).copies();
      long copies = Math.min(wanted, state.members().size());
      for (int i = 0; i < state.partitionsPerGroup(); i++) {
        int number = cache.group() * state.partitionsPerGroup() + i;
        MemberId primary = state.partition(number).primary();
        PartitionReplica replica = cluster.member(primary).dataPlane().replica(number);
        CacheUsage usage = replica.store().usage(cache.id());
        primaries.add(primary);
        entries += usage.entries();
        bytes += usage.bytes();
        held.merge(primary, usage.bytes() * copies, Long::sum);
      }
      // A member may always hold one entry.
      if (entries > Math.max(bound.entries(), primaries.size()) || bytes > bound.bytes()) {
        return "cache " + cache.name() + " has " + entries + " entries and " + bytes + " bytes";
      }
    }
    long budget = cluster.plan().memory().budget();
    return held.entrySet().stream()
        .filter(each -> each.getValue() > budget)
        .findFirst()
        .map(each -> cluster.name(each.getKey()) + " holds " + each.getValue() + " bytes")
        .orElse(null);
  }
}
