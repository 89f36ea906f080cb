package io.henge.benchmarks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Nothing is measured here: the benchmarks must not rot. */
class BenchmarksRunTest {

  /** With each value of their parameters. */
  private static final int BENCHMARKS = 16;

  @Test
  void everyBenchmarkRunsOnce() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io.henge.benchmarks.local")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results).hasSize(BENCHMARKS);
    assertThat(results)
        .allSatisfy(each -> assertThat(each.getPrimaryResult().getScore()).isPositive());
  }
}
