package io.henge.replication.simulation.cluster;

import io.henge.replication.simulation.SeededRandom;
import java.util.List;

/**
 * The nemesis of a machine that has too little time for everybody: each member runs for a moment
 * and then stands still for a part of a lease or more, again and again. Times that suit 50 to 500
 * milliseconds with a lease of 300.
 */
final class Starvation {

  private static final double MOST_OF_THE_TIME = 0.8;

  private final SimulatedCluster cluster;
  private final SeededRandom random;
  private final double share;
  private final double longest;

  Starvation(SimulatedCluster cluster, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
    share = random.pick(List.of(0.05, 0.15, MOST_OF_THE_TIME));
    longest = random.pick(List.of(1.7, 4.0));
    if (share == MOST_OF_THE_TIME) {
      cluster.starvationJudge().everybodyStandsStill();
    }
  }

  /** Lets members stand still from now on until {@code end}. */
  void strikeUntil(long end) {
    long lease = cluster.plan().lease();
    if (cluster.events().now() >= end) {
      return;
    }
    for (SimulatedMember member : cluster.living()) {
      if (member.process().running() && random.chance(share)) {
        long length = (long) (lease * (0.17 + longest * random.nextDouble()));
        member.process().pauseUntil(Math.min(end, cluster.events().now() + length));
      }
    }
    cluster.events().after(lease / 10, () -> strikeUntil(end));
  }
}
