package io.henge.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.cluster.FaultPlan;
import io.henge.replication.simulation.cluster.Mutant;
import io.henge.replication.simulation.cluster.Parts;
import io.henge.replication.simulation.cluster.SimulatedCluster;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every safety rule is needed, and tested: without it, some seed fails. */
class SimulationMutantsIT {

  private static final long BOUND = 20_000;

  @ParameterizedTest
  @EnumSource
  void aMutantIsCaught(Mutant mutant) {
    Parts parts = mutant.parts();
    Scenario scenario =
        (seed, trace) ->
            mutant.concerns(FaultPlan.of(seed))
                ? SimulatedCluster.run(seed, parts, trace)
                : new Statistics();
    Seeds seeds = new Seeds(scenario, getClass());
    OptionalLong caught = seeds.firstFailure(0, BOUND, new Statistics());
    assertThat(caught).as("the seed that catches " + mutant).isPresent();
    System.out.printf("%s: caught by seed %,d%n", mutant, caught.getAsLong());
  }
}
