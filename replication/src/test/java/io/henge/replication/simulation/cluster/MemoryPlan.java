package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.MemoryBound;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.topology.Lifetimes;
import java.util.List;

/**
 * How entries leave by themselves under one seed. Times in nanoseconds.
 *
 * @param lengths lifetimes after a creation or an update, one is picked for each operation; empty
 *     if nothing expires
 * @param accesses what an access does to the deadline, one is picked for each operation
 * @param bound of each cache's entries in the whole cluster
 * @param budget bytes that a member may hold of caches without a bound; {@link Long#MAX_VALUE} for
 *     none
 * @param backlog bytes that a member may owe to another one's primaries
 */
public record MemoryPlan(
    List<Long> lengths, List<Long> accesses, MemoryBound bound, long budget, long backlog) {

  private static final long WIDE_BACKLOG = 1L << 30;

  /** About what an entry takes here. */
  private static final long ENTRY = CacheUsage.OVERHEAD + 20L;

  static MemoryPlan draw(SeededRandom random, long lease) {
    SeededRandom bounds = random.split("bound");
    MemoryBound bound = bound(bounds);
    long budget =
        bound.equals(MemoryBound.NONE) && bounds.chance(0.2)
            ? ENTRY * bounds.pick(List.of(2L, 4L, 8L))
            : Long.MAX_VALUE;
    SeededRandom backlogs = random.split("backlog");
    long backlog = backlogs.chance(0.3) ? backlogs.pick(List.of(150L, 400L, 1_500L)) : WIDE_BACKLOG;
    if (random.chance(0.6)) {
      return new MemoryPlan(List.of(), List.of(), bound, budget, backlog);
    }
    return new MemoryPlan(
        random.pick(
            List.of(
                List.of(lease / 4, lease * 2),
                List.of(lease * 2),
                List.of(lease, lease * 10, Lifetimes.ETERNAL))),
        random.pick(
            List.of(
                List.of(Lifetimes.UNCHANGED),
                List.of(Lifetimes.UNCHANGED),
                List.of(Lifetimes.UNCHANGED, lease, lease * 3),
                List.of(lease * 2),
                List.of(0L, lease * 2))),
        bound,
        budget,
        backlog);
  }

  /** A bound in one seed of three, of so few entries that most writes have to make room. */
  private static MemoryBound bound(SeededRandom random) {
    return switch (random.below(9)) {
      case 0, 1 -> new MemoryBound(random.pick(List.of(1L, 2L, 4L)), Long.MAX_VALUE);
      case 2 -> new MemoryBound(Long.MAX_VALUE, ENTRY * random.pick(List.of(1L, 2L, 4L)));
      default -> MemoryBound.NONE;
    };
  }

  /** Whether entries are evicted. */
  boolean bounded() {
    return !bound.equals(MemoryBound.NONE) || budget != Long.MAX_VALUE;
  }

  /** Whether writes wait for slow members after a few entries. */
  boolean narrowBacklog() {
    return backlog < WIDE_BACKLOG;
  }

  /** Whether entries expire. */
  boolean expiring() {
    return !lengths.isEmpty();
  }

  /** Whether an access may let an entry expire before its deadline. */
  boolean accessEnds() {
    return accesses.contains(0L);
  }

  /** Lifetimes for one operation. */
  Lifetimes lifetimes(SeededRandom random) {
    if (!expiring()) {
      return Lifetimes.NONE;
    }
    long update = random.chance(0.3) ? Lifetimes.UNCHANGED : random.pick(lengths);
    return new Lifetimes(random.pick(lengths), update, random.pick(accesses));
  }
}
