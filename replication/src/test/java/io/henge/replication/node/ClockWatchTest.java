package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockWatchTest {

  private static final long MILLI = 1_000_000L;

  private final ClockWatch watch = new ClockWatch();

  @Test
  void clocksThatMoveTogetherAreFine() {
    assertThat(watch.jumped(5 * MILLI, 1_000_000)).isFalse();
    assertThat(watch.jumped(15 * MILLI, 1_000_010)).isFalse();
    assertThat(watch.jumped(10_015 * MILLI, 1_010_050)).isFalse();
  }

  @Test
  void aSleepThatOnlyTheWallClockSawIsNoticedOnce() {
    watch.jumped(0, 1_000_000);
    assertThat(watch.jumped(10 * MILLI, 1_060_000)).isTrue();
    assertThat(watch.jumped(20 * MILLI, 1_060_010)).isFalse();
  }

  @Test
  void aWallClockThatIsSetBackIsNoticedToo() {
    watch.jumped(0, 1_000_000);
    assertThat(watch.jumped(10 * MILLI, 990_000)).isTrue();
  }
}
