package io.henge.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.cluster.LargeCluster;
import org.junit.jupiter.api.Test;

/** Size: what grows with the square of the members or of the partitions shows here first. */
class LargeClusterIT {

  private static final long SEED = 1;

  /** Simulated times and counts, the same on every machine. */
  private static void assertAtMost(Statistics statistics, String what, long limit) {
    assertThat(statistics.of(what)).as(what).isBetween(1L, limit);
  }

  @Test
  void aHundredMembersFoundFillLoseAZoneOfTenAtOnceAndHeal() {
    long begin = System.nanoTime();
    Statistics statistics = LargeCluster.run(SEED, 0);
    System.out.printf(
        "%d members, %,d partitions, in %,d s%n%s",
        LargeCluster.MEMBERS,
        LargeCluster.PARTITIONS,
        (System.nanoTime() - begin) / 1_000_000_000,
        statistics);

    assertThat(statistics.of("members lost at once")).isEqualTo(10);
    assertThat(statistics.of("partitions lost")).isZero();
    assertThat(statistics.of("operations NOT_DONE")).isZero();
    assertThat(statistics.of("operations UNKNOWN")).isZero();
    assertAtMost(statistics, "milliseconds to found", 5_000);
    assertAtMost(statistics, "messages to found", 500_000);
    assertAtMost(statistics, "slots to found", 20);
    assertAtMost(statistics, "milliseconds to heal", 10_000);
    assertAtMost(statistics, "slots to heal", 100);
    assertAtMost(statistics, "milliseconds to take back", 10_000);
    assertAtMost(statistics, "slots to take back", 200);
    assertThat(statistics.of("operations judged")).isGreaterThan(20_000);
  }
}
