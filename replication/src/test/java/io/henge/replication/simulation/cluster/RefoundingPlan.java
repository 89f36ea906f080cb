package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.MemoryBound;
import io.henge.replication.simulation.SeededRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a seed does to a cluster that loses the majority of its voters for good. Times in
 * nanoseconds.
 *
 * @param cluster the usual trouble, in which nothing expires and nothing is evicted
 * @param losses how often what is left then loses its majority
 * @param aftermath how long the usual trouble goes on after a loss
 * @param late share of the lost members that come back before there is peace, with their
 *     directories if they have any
 */
record RefoundingPlan(FaultPlan cluster, int losses, long aftermath, double late) {

  private static final long MILLISECOND = 1_000_000;

  /** Kinds of trouble that judge other things, or bring back by themselves who has to be lost. */
  private static final Set<Fault> WITHOUT =
      EnumSet.of(
          Fault.BRIDGE_ALONE,
          Fault.STARVED,
          Fault.EARLY_CRASH,
          Fault.MASS_CRASH,
          Fault.ABANDONED_JOIN,
          Fault.DRAIN);

  /** The plan of a seed. */
  static RefoundingPlan of(long seed) {
    SeededRandom random = new SeededRandom(seed).split("refounding");
    return new RefoundingPlan(
        cluster(FaultPlan.of(seed), random),
        random.pick(List.of(1, 1, 1, 2)),
        random.between(0, 1_500) * MILLISECOND,
        random.pick(List.of(0.0, 0.3, 1.0)));
  }

  private static FaultPlan cluster(FaultPlan drawn, SeededRandom random) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    drawn.faults().stream().filter(fault -> !WITHOUT.contains(fault)).forEach(faults::add);
    return new FaultPlan(
        random.pick(List.of(3, 3, 4, 5, 5)),
        drawn.startWithin() / 5,
        random.pick(List.of(0, 1, 1, 2)),
        faults,
        drawn.network(),
        drawn.calm(),
        drawn.lease(),
        drawn.suspendAfter(),
        drawn.removeAfter(),
        random.between(100, 700) * MILLISECOND,
        drawn.meanDistance(),
        Math.min(2, drawn.callersPerMember()),
        drawn.thinkTime(),
        40,
        Math.max(2, drawn.keys()),
        drawn.readShare(),
        drawn.partitionsPerGroup(),
        drawn.encoded(),
        drawn.copies(),
        drawn.userCode(),
        drawn.partition(),
        drawn.client(),
        new MemoryPlan(
            List.of(), List.of(), MemoryBound.NONE, Long.MAX_VALUE, drawn.memory().backlog()),
        drawn.modes(),
        drawn.listening(),
        drawn.zones(),
        drawn.large(),
        drawn.batchShare());
  }
}
