package io.henge.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.cluster.Parts;
import io.henge.replication.simulation.cluster.RefoundedCluster;
import org.junit.jupiter.api.Test;

/** Whole clusters that lose their majority for good and are founded again; see {@link Seeds}. */
class RefoundingSimulationIT {

  private static final int SEEDS = 500;

  @Test
  void noSeedBreaksARule() {
    long begin = System.nanoTime();
    Statistics statistics =
        new Seeds((seed, trace) -> RefoundedCluster.run(seed, new Parts(), trace), getClass())
            .runAll(SEEDS);
    System.out.printf(
        "founded again under %,d seeds in %,d s%n%s",
        statistics.of("seeds"), (System.nanoTime() - begin) / 1_000_000_000, statistics);
    if (statistics.of("seeds") >= SEEDS / 2) {
      assertTroubleWasReal(statistics);
    }
  }

  /** A clean run proves nothing if nothing was lost, and nobody asked. */
  private static void assertTroubleWasReal(Statistics statistics) {
    assertThat(statistics.of("clusters founded again"))
        .as("clusters founded again")
        .isGreaterThan(statistics.of("seeds") / 2);
    for (String what :
        new String[] {
          "committed effects kept",
          "members of a former cluster started again",
          "partitions kept",
          "partitions without a survivor",
          "slots that were only accepted",
          "survivors that followed",
          "wishes of two founders",
          "wishes refused: has a lease",
          "wishes refused: others answer than were named",
          "wishes refused: voters live"
        }) {
      assertThat(statistics.of(what)).as(what).isGreaterThan(statistics.of("seeds") / 50);
    }
    assertThat(statistics.of("founders behind a survivor"))
        .as("founders behind a survivor")
        .isPositive();
    assertThat(statistics.of("histories left undecided"))
        .as("histories left undecided")
        .isLessThan(statistics.of("seeds") / 50);
  }
}
