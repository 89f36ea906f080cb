package io.henge.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.cluster.Parts;
import io.henge.replication.simulation.cluster.SimulatedCluster;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final int SEEDS = 100;

  @Test
  void aHundredSeedsBreakNoRule() {
    Statistics statistics = new Seeds(SimulationTest::run, SimulationIT.class).runAll(SEEDS);
    assertThat(statistics.of("effects committed")).isPositive();
  }

  @Test
  void aSeedReplaysExactly() {
    for (long seed = 0; seed < 5; seed++) {
      assertThat(run(seed, 1_000).toString()).isEqualTo(run(seed, 0).toString());
    }
  }

  private static Statistics run(long seed, int traceLimit) {
    return SimulatedCluster.run(seed, new Parts(), traceLimit);
  }
}
