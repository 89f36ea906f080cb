package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransferBudgetTest {

  private static final long MILLISECOND = 1_000_000;

  @Test
  void noMoreThanTheBandwidthPassesOverTime() {
    for (long start : new long[] {0, Long.MAX_VALUE - 500 * MILLISECOND, -7}) {
      TransferBudget budget = new TransferBudget(1_000_000, start);
      long taken = 0;
      for (int tick = 0; tick < 1_000; tick++) {
        while (budget.take(1_000, start + tick * MILLISECOND)) {
          taken += 1_000;
        }
      }
      assertThat(taken).isBetween(1_000_000L, 1_030_000L);
    }
  }

  @Test
  void aChunkLargerThanTheBurstPassesAndIsWaitedFor() {
    TransferBudget budget = new TransferBudget(1_000_000, 0);

    assertThat(budget.take(500_000, 0)).isTrue();
    assertThat(budget.take(1, 400 * MILLISECOND)).isFalse();
    assertThat(budget.take(1, 500 * MILLISECOND)).isTrue();
  }

  @Test
  void aBandwidthOfNothingIsRefused() {
    assertThatThrownBy(() -> new TransferBudget(0, 0)).hasMessageContaining("0 bytes/s");
  }
}
