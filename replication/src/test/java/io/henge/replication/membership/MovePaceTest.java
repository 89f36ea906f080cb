package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MovePaceTest {

  private static final long LEASE = 800;
  private static final long REST = 100;

  private final MovePace pace = new MovePace(LEASE, 0);

  @Test
  void theFirstMovesNeedNotWait() {
    assertThat(pace.mayMove(0)).isTrue();
  }

  @Test
  void afterEachSlotTheLogRestsForAnEighthOfALease() {
    pace.applied(1_000);
    assertThat(pace.mayMove(1_000 + REST - 1)).isFalse();
    assertThat(pace.mayMove(1_000 + REST)).isTrue();
  }

  @Test
  void nothingIsAddedWhileMovesAreUnderWay() {
    pace.proposed(1_000);
    assertThat(pace.mayMove(1_000 + 2 * REST)).isFalse();
    pace.applied(1_000 + 2 * REST);
    assertThat(pace.mayMove(1_000 + 3 * REST)).isTrue();
  }

  @Test
  void movesThatWereLostAreNotWaitedForLongerThanALease() {
    pace.proposed(1_000);
    assertThat(pace.mayMove(1_000 + LEASE - 1)).isFalse();
    assertThat(pace.mayMove(1_000 + LEASE)).isTrue();
  }
}
