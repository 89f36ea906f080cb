package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random clusters under random faults. More seeds: {@code ./mvnw -pl replication test
 * -Dtest=PaxosRandomizedTest -Dconsensus.seeds=N}; one seed: {@code -Dconsensus.seed=S}.
 */
class PaxosRandomizedTest {

  private static final int SEEDS = Integer.getInteger("consensus.seeds", 2_500);

  @Test
  void atMostOneBatchIsChosenPerSlotAndAHealedClusterGoesOn() {
    Long single = Long.getLong("consensus.seed");
    if (single != null) {
      run(single, Variant.PRODUCTION);
      return;
    }
    int lost = 0;
    long slots = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomizedRun run = run(seed, Variant.PRODUCTION);
      slots += run.cluster().checker().lastApplied();
      lost += run.outcome() == RandomizedRun.Outcome.MAJORITY_LOST ? 1 : 0;
    }
    System.out.println(SEEDS + " seeds, " + slots + " slots, majority lost in " + lost);
    assertThat(lost).as("runs that could not be judged for liveness").isLessThan(SEEDS / 20 + 1);
    assertThat(slots).isGreaterThan(SEEDS * 10L);
  }

  @Test
  void agreementDoesNotDependOnHowManyVotersASlotChanges() {
    for (long seed = 0; seed < SEEDS / 5; seed++) {
      run(seed, Variant.PRODUCTION.withVoterChangesPerSlot(7));
    }
  }

  private static RandomizedRun run(long seed, Variant variant) {
    RandomizedRun run = new RandomizedRun(seed, variant);
    try {
      run.run();
    } catch (AssertionError | IllegalStateException failure) {
      throw new AssertionError(
          "Seed " + seed + " fails; replay it with -Dconsensus.seed=" + seed + ".", failure);
    }
    return run;
  }
}
