package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.partition.EvictionPlanner;
import io.henge.replication.partition.MemoryBound;
import io.henge.replication.partition.MemoryShare;
import io.henge.replication.partition.MemoryShares;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.topology.MemberId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** The bounds of this member's caches, as the cluster state and the member's heap have them. */
final class CacheMemory {

  private static final Logger LOG = System.getLogger(CacheMemory.class.getPackageName());

  /** Asks a partition to evict entries or bytes of a cache. */
  interface Evicting {

    void evict(int partition, int cache, long entries, long bytes);
  }

  private final MemberId self;
  private final long budget;
  private final MemoryShares shares = new MemoryShares();

  /** Caches without a bound that were said to be full. */
  private final ConcurrentHashMap<Integer, Boolean> told = new ConcurrentHashMap<>();

  /**
   * Creates it.
   *
   * @param budget bytes for the caches without a bound; {@link Long#MAX_VALUE} for no bound
   */
  CacheMemory(MemberId self, long budget) {
    this.self = self;
    this.budget = budget;
  }

  /** Says what holds for caches that set nothing. */
  static void announce(NodeSettings settings) {
    if (settings.role() != MemberRole.DATA) {
      return;
    }
    if (settings.maxMemory() == Long.MAX_VALUE) {
      LOG.log(
          Level.WARNING,
          "{0}: caches without max-entries or max-bytes are not bounded (henge.max-memory=unbounded)",
          settings.nodeName());
      return;
    }
    LOG.log(
        Level.INFO,
        "{0}: caches without max-entries or max-bytes may together take {1} MB here ({2} % of the"
            + " heap), then the entries used least leave. To change it: henge.max-memory; for one"
            + " cache: henge.cache.<name>.max-entries or .max-bytes",
        settings.nodeName(),
        settings.maxMemory() >> 20,
        settings.maxMemory() * 100 / Runtime.getRuntime().maxMemory());
  }

  MemoryShare of(int cache) {
    return shares.of(cache);
  }

  void forget(int cache) {
    shares.forget(cache);
    told.remove(cache);
  }

  /**
   * The bounds follow the partitions that this member leads.
   *
   * @param coming whether these are still to change: then no bound gets narrower yet
   */
  void follow(ClusterState state, boolean coming) {
    int[] primaries = new int[state.groups().size()];
    for (int number = 0; number < state.partitionCount(); number++) {
      if (self.equals(state.partition(number).primary())) {
        primaries[number / state.partitionsPerGroup()]++;
      }
    }
    int holders = 0;
    for (Member member : state.members().values()) {
      holders += member.role() == MemberRole.DATA ? 1 : 0;
    }
    for (CacheDefinition cache : state.caches().values()) {
      int led = Math.max(1, primaries[cache.group()]);
      MemoryBound bound = CacheSettings.bound(cache.attributes());
      MemoryShare share = shares.of(cache.id());
      if (bound.equals(MemoryBound.NONE)) {
        int copies = Math.min(state.groups().get(cache.group()).copies(), holders);
        share.budget(Math.max(1, copies), led);
      } else {
        MemoryBound part = bound.shareOf(primaries[cache.group()], state.partitionsPerGroup());
        share.limit(coming ? part.orWider(share.limit()) : part, led);
      }
    }
  }

  /**
   * Divides the budget, evens out and enforces the bounds that are exceeded.
   *
   * @param usage tells what a cache takes in a partition, null if another member leads that
   * @return whether there were any
   */
  boolean enforce(ClusterState state, Usage usage, Evicting evicting) {
    shares.divide(budget);
    List<Integer> exceeded = shares.exceeded();
    for (int id : exceeded) {
      CacheDefinition cache = state.caches().get(id);
      if (cache != null) {
        enforce(state, cache, number -> usage.of(number, id), evicting);
      }
    }
    return !exceeded.isEmpty();
  }

  /** Tells what a cache takes in a partition. */
  interface Usage {

    CacheUsage of(int partition, int cache);
  }

  private void enforce(
      ClusterState state, CacheDefinition cache, IntFunction<CacheUsage> usage, Evicting evicting) {
    MemoryShare share = shares.of(cache.id());
    if (CacheSettings.bound(cache.attributes()).equals(MemoryBound.NONE)
        && told.putIfAbsent(cache.id(), true) == null) {
      LOG.log(
          Level.WARNING,
          "cache {0} has no bound of its own and no more room: from now on the entries used least"
              + " leave. All such caches together may take {1} MB of this member''s memory:"
              + " henge.max-memory. To bound this one: henge.cache.{0}.max-entries or .max-bytes",
          cache.name(),
          budget >> 20);
    }
    int first = cache.group() * state.partitionsPerGroup();
    List<CacheUsage> usages = new ArrayList<>();
    for (int i = 0; i < state.partitionsPerGroup(); i++) {
      usages.add(usage.apply(first + i));
    }
    for (EvictionPlanner.Order order : EvictionPlanner.plan(usages, first, share.limit())) {
      if (share.exceeded()) {
        evicting.evict(order.partition(), cache.id(), order.entries(), order.bytes());
      }
    }
  }
}
