package io.henge.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {

  private static Measured measured(long nanos, long errors, String firstError) {
    Latencies latencies = new Latencies();
    latencies.record(1000);
    latencies.record(1000);
    return new Measured(
        nanos, errors, 1, 10 * nanos, new ProcessUse(4_000, 600, 1, 2), latencies, firstError);
  }

  @Test
  void anotherProcessReadsWhatWasWritten() {
    Measured copy = Measured.decode(measured(500, 3, "refused: a, b\nc").encode());

    assertThat(copy.firstError()).isEqualTo("refused: a, b\nc");
    assertThat(copy.errors()).isEqualTo(3);
    assertThat(copy.misses()).isEqualTo(1);
    assertThat(copy.longestGapNanos()).isEqualTo(5_000);
    assertThat(copy.use()).isEqualTo(new ProcessUse(4_000, 600, 1, 2));
    assertThat(copy.operations()).isEqualTo(2);
  }

  @Test
  void nodesTogetherDoTheSumInTheTimeOfTheSlowest() {
    Measured all =
        Measured.together(
            List.of(measured(1_000_000_000, 0, "-"), measured(2_000_000_000, 1, "x")));

    assertThat(all.operations()).isEqualTo(4);
    assertThat(all.operationsPerSecond()).isEqualTo(2);
    assertThat(all.cpuMicrosPerOperation()).isEqualTo(2);
    assertThat(all.allocatedBytesPerOperation()).isEqualTo(300);
    assertThat(all.errors()).isEqualTo(1);
    assertThat(all.firstError()).isEqualTo("x");
  }
}
