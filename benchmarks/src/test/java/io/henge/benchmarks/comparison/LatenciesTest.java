package io.henge.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static final Percentage CLASS_WIDTH = Percentage.withPercentage(1.6);

  @Test
  void quantilesAreRightToTheWidthOfAClass() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 100_000; i++) {
      latencies.record(i * 37L);
    }

    assertThat(latencies.count()).isEqualTo(100_000);
    assertThat(latencies.quantile(0.5)).isCloseTo(50_000 * 37L, CLASS_WIDTH);
    assertThat(latencies.quantile(0.99)).isCloseTo(99_000 * 37L, CLASS_WIDTH);
    assertThat(latencies.quantile(1)).isCloseTo(100_000 * 37L, CLASS_WIDTH);
  }

  @Test
  void shortAndVeryLongLatenciesAreCounted() {
    for (long nanos : new long[] {0, 1, 63, 64, 65, 1_000_000_007L, 3_600_000_000_000L}) {
      Latencies one = new Latencies();
      one.record(nanos);
      assertThat(one.quantile(0.5)).isCloseTo(Math.max(1, nanos), within(nanos / 60 + 1));
    }
    Latencies endless = new Latencies();
    endless.record(Long.MAX_VALUE);
    assertThat(endless.count()).isEqualTo(1);
  }

  @Test
  void anotherProcessReadsWhatWasWritten() {
    Latencies latencies = new Latencies();
    latencies.record(5);
    latencies.record(5_000_000);
    Latencies copy = Latencies.decode(latencies.encode());
    copy.add(latencies);

    assertThat(copy.count()).isEqualTo(4);
    assertThat(copy.quantile(0.5)).isEqualTo(5);
    assertThat(Latencies.decode(new Latencies().encode()).count()).isZero();
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(new Latencies().quantile(0.99)).isZero();
  }
}
