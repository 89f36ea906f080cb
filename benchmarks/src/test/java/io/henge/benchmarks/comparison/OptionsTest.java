package io.henge.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void oneThreadLoadsOneNodeAndManyLoadAll() {
    Options options = Options.parse(List.of("--modes=sync", "--operations=get", "--threads=8,1"));

    assertThat(options.cases(3))
        .containsExactly(
            new Case(3, Mode.SYNC, Operation.GET, 8, 3),
            new Case(3, Mode.SYNC, Operation.GET, 1, 1));
  }

  @Test
  void aSingleNodeHasOnlyOneWayToReplicate() {
    assertThat(Options.parse(List.of("--operations=put", "--threads=1")).cases(1))
        .containsExactly(new Case(1, Mode.SYNC, Operation.PUT, 1, 1));
  }

  @Test
  void theQuickRunMeasuresTheSameInLessTime() {
    Options quick = Options.parse(List.of("--quick"));
    Options full = Options.parse(List.of());

    assertThat(quick.cases(3)).isEqualTo(full.cases(3));
    assertThat(quick.rounds() * quick.windowMillis())
        .isLessThan(full.rounds() * full.windowMillis());
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThatThrownBy(() -> Options.parse(List.of("--rouns=1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--rouns=1");
  }
}
