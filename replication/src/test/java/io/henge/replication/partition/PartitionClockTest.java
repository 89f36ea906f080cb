package io.henge.replication.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionClockTest {

  private final PartitionClock clock = new PartitionClock();

  @Test
  void beginsWithItsFirstPrimary() {
    assertThat(clock.time(77)).isZero();
    clock.lead(1_000);
    assertThat(clock.time(1_000)).isZero();
    assertThat(clock.time(1_250)).isEqualTo(250);
  }

  @Test
  void goesOnWhereTheFormerPrimaryWasHeard() {
    clock.follow();
    clock.heard(500, 9_000);
    clock.lead(9_100);
    assertThat(clock.time(9_100)).isEqualTo(600);
  }

  @Test
  void takesTheFastestFrameAndForgetsThoseThatDawdled() {
    clock.follow();
    clock.heard(500, 9_000);
    clock.heard(600, 9_050); // came 50 faster
    assertThat(clock.time(9_050)).isEqualTo(600);
    clock.heard(601, 9_151); // came slower
    assertThat(clock.time(9_151)).isBetween(690L, 701L);
  }

  @Test
  void takesTheFirstWordOfANewPrimaryAsItIs() {
    clock.follow();
    clock.heard(5_000, 100);
    clock.follow();
    clock.heard(4_000, 110);
    assertThat(clock.time(110)).isEqualTo(4_000);
  }

  @Test
  void isNeverAheadOfAPrimaryWhoseClockErrsByFivePercent() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double primaryRate = 0.95 + 0.1 * random.nextDouble();
      double ownRate = 0.95 + 0.1 * random.nextDouble();
      PartitionClock follower = new PartitionClock();
      follower.follow();
      double now = 0;
      double arrived = 0;
      for (int frame = 0; frame < 300; frame++) {
        now += random.nextInt(10_000);
        double sent = Math.max(arrived, now);
        arrived = sent + 10 + random.nextInt(random.nextBoolean() ? 50 : 5_000);
        follower.heard((long) (sent * primaryRate), (long) (arrived * ownRate));
        assertThat(follower.time((long) (arrived * ownRate)))
            .as("seed %d frame %d", seed, frame)
            .isLessThanOrEqualTo((long) (arrived * primaryRate) + 2)
            .isGreaterThanOrEqualTo((long) (sent * primaryRate));
      }
    }
  }
}
