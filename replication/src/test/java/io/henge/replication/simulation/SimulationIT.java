package io.henge.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.cluster.Parts;
import io.henge.replication.simulation.cluster.SimulatedCluster;
import org.junit.jupiter.api.Test;

/** Both cores under thousands of seeds; see {@link Seeds} for the system properties. */
class SimulationIT {

  private static final int SEEDS = 20_000;

  @Test
  void noSeedBreaksARule() {
    long begin = System.nanoTime();
    Statistics statistics =
        new Seeds((seed, trace) -> SimulatedCluster.run(seed, new Parts(), trace), getClass())
            .runAll(SEEDS);
    System.out.printf(
        "simulated %,d seeds in %,d s%n%s",
        statistics.of("seeds"), (System.nanoTime() - begin) / 1_000_000_000, statistics);
    if (statistics.of("seeds") >= 1_000) {
      assertTroubleWasReal(statistics);
    }
  }

  /** A clean run proves nothing if nothing went wrong in it. */
  private static void assertTroubleWasReal(Statistics statistics) {
    for (String what :
        new String[] {
          "answers from the table of results",
          "changes judged",
          "changes without room",
          "decided ClearRevoked",
          "decided PromoteLearner",
          "decided RemoveMember",
          "decided Resume",
          "decided ShrinkInSync",
          "decided Suspend",
          "decided TransferPrimary",
          "chunks that waited for bandwidth",
          "deaths proven",
          "drains completed",
          "fragments forgotten",
          "large frames put together",
          "local reads at a backup",
          "members crashed",
          "members expelled",
          "messages sent round a broken link",
          "reads asked again",
          "reads for other members at a backup",
          "reads forwarded to the primary",
          "reservations of several keys",
          "slots with credit",
          "takeovers with inherited effects",
          "waits judged"
        }) {
      assertThat(statistics.of(what)).as(what).isGreaterThan(statistics.of("seeds") / 50);
    }
    assertThat(statistics.of("joins abandoned"))
        .as("joiners that ended before their welcome")
        .isGreaterThan(statistics.of("seeds") / 100);
    assertThat(statistics.of("disks that failed"))
        .as("disks that failed")
        .isGreaterThan(statistics.of("seeds") / 200);
    assertThat(statistics.of("starved seeds"))
        .as("seeds whose members were starved")
        .isGreaterThan(statistics.of("seeds") / 200);
    assertThat(statistics.of("changes missed"))
        .as("ranges of changes told as missed")
        .isBetween(1L, statistics.of("changes judged") / 100);
    assertThat(statistics.of("histories left undecided"))
        .as("histories left undecided")
        .isLessThan(statistics.of("seeds") / 500);
    assertThat(statistics.of("ticks without lease in planned changes"))
        .as("leases that ran out though nothing failed")
        .isLessThan(statistics.of("seeds") / 100);
    assertThat(statistics.of("seeds that lost their majority"))
        .as("seeds that ended early")
        .isLessThan(statistics.of("seeds") / 50);
  }
}
