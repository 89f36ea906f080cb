package io.henge.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.cluster.RefoundedCluster;
import io.henge.replication.simulation.cluster.RefoundingMutant;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule of founding again is needed in whole clusters, too: without it, some seed fails. */
class RefoundingSimulationMutantsIT {

  private static final long BOUND = 2_000;

  @ParameterizedTest
  @EnumSource
  void aMutantIsCaught(RefoundingMutant mutant) {
    Scenario scenario = (seed, trace) -> RefoundedCluster.run(seed, mutant.parts(), trace);
    Seeds seeds = new Seeds(scenario, getClass());
    OptionalLong caught = seeds.firstFailure(0, BOUND, new Statistics());
    assertThat(caught).as("the seed that catches " + mutant).isPresent();
    System.out.printf("%s: caught by seed %,d%n", mutant, caught.getAsLong());
  }
}
