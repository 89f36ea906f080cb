package io.henge.replication.simulation.cluster;

import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.Lifetimes;
import java.util.List;

/**
 * How entries leave by themselves under one seed. Times in nanoseconds.
 *
 * @param lengths lifetimes after a creation or an update, one is picked for each operation; empty
 *     if nothing expires
 * @param accesses what an access does to the deadline, one is picked for each operation
 * @param maxEntries bound of each cache; {@link Long#MAX_VALUE} for none
 */
public record MemoryPlan(List<Long> lengths, List<Long> accesses, long maxEntries) {

  static MemoryPlan draw(SeededRandom random, long lease) {
    long maxEntries = random.chance(0.7) ? Long.MAX_VALUE : random.pick(List.of(1L, 2L, 4L));
    if (random.chance(0.6)) {
      return new MemoryPlan(List.of(), List.of(), maxEntries);
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
        maxEntries);
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
