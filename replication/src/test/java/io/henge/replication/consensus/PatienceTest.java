package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final long TIMEOUT = 300;
  private static final long HEARTBEAT = 50;

  private final Patience patience =
      new Patience(new ConsensusSettings(TIMEOUT, HEARTBEAT, 50, 1, 1, 1, 1), 0);

  @Test
  void oneBallotChangesNothing() {
    patience.higherRound(1100);
    assertThat(patience.timeout(1200)).isEqualTo(TIMEOUT);
  }

  @Test
  void eachBallotThatFollowsSoonDoublesTheTimeoutUpToEightTimes() {
    patience.higherRound(1000);
    for (long expected : new long[] {2 * TIMEOUT, 4 * TIMEOUT, 8 * TIMEOUT, 8 * TIMEOUT}) {
      patience.higherRound(1200);
      assertThat(patience.timeout(1300)).isEqualTo(expected);
    }
  }

  @Test
  void aLeaderThatLastedEightTimeoutsIsReplacedAsQuicklyAsTheFirst() {
    patience.higherRound(1000);
    patience.higherRound(1000 + 8 * TIMEOUT);
    assertThat(patience.timeout(1001 + 8 * TIMEOUT)).isEqualTo(TIMEOUT);
    patience.higherRound(1000 + 16 * TIMEOUT - 1);
    assertThat(patience.timeout(1000 + 16 * TIMEOUT)).isEqualTo(2 * TIMEOUT);
  }

  @Test
  void whileALeaderLastsTheTimeoutIsHalvedStepByStep() {
    for (int i = 0; i < 10; i++) {
      patience.higherRound(1000);
    }
    long lasts = 1000;
    for (long doubled : new long[] {8 * TIMEOUT, 4 * TIMEOUT, 2 * TIMEOUT}) {
      lasts += 8 * doubled;
      assertThat(patience.timeout(lasts - 1)).isEqualTo(doubled);
      assertThat(patience.timeout(lasts)).isEqualTo(doubled / 2);
    }
  }

  @Test
  void aHalvedTimeoutIsDoubledAgainOnlyByBallotsThatFollowSoonByItself() {
    for (int i = 0; i < 10; i++) {
      patience.higherRound(1000);
    }
    long halved = 1000 + 64 * TIMEOUT;
    patience.higherRound(halved);
    assertThat(patience.timeout(halved)).isEqualTo(4 * TIMEOUT);
    patience.higherRound(halved + 8 * 4 * TIMEOUT - 1);
    assertThat(patience.timeout(halved + 8 * 4 * TIMEOUT)).isEqualTo(8 * TIMEOUT);
  }

  @Test
  void aClockBelowZeroIsNoReasonForPatience() {
    assertThat(patience.timeout(Long.MIN_VALUE / 2)).isEqualTo(TIMEOUT);
    patience.higherRound(-5);
    assertThat(patience.timeout(-1)).isEqualTo(TIMEOUT);
  }

  @Test
  void aTimerThatFiresWithinAHeartbeatIsNotLate() {
    patience.ticked(1000);
    assertThat(patience.ownPause(1000 + HEARTBEAT)).isZero();
  }

  @Test
  void whatATimerIsLateBeyondAHeartbeatIsAPauseOfTheReplicaItself() {
    patience.ticked(1000);
    assertThat(patience.ownPause(1000 + HEARTBEAT + 700)).isEqualTo(700);
  }

  @Test
  void aPauseIsToldOnceHoweverManyMessagesComeBeforeTheTimer() {
    patience.ticked(1000);
    assertThat(patience.ownPause(1000 + HEARTBEAT + 700)).isEqualTo(700);
    assertThat(patience.ownPause(1000 + HEARTBEAT + 700)).isZero();
    assertThat(patience.ownPause(1000 + HEARTBEAT + 705)).isEqualTo(5);
    patience.ticked(2000);
    assertThat(patience.ownPause(2000 + HEARTBEAT + 1)).isEqualTo(1);
  }
}
