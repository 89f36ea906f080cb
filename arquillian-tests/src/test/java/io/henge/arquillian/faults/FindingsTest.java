package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final String VIOLATION = "key r-1 is not linearizable";

  private static List<String> broken(
      String mode, int lostPuts, long lost, long repeated, long same, long possiblyLost) {
    return findings(mode, List.of(VIOLATION), lostPuts, lost, repeated, same, possiblyLost, "")
        .broken();
  }

  private static Findings findings(
      String mode,
      List<String> violations,
      int lostPuts,
      long lostIncrements,
      long repeatedIncrements,
      long sameAnswers,
      long possiblyLost,
      String differing) {
    return new Findings(
        "kill",
        3,
        mode,
        7,
        Duration.ZERO,
        1,
        100,
        10,
        violations,
        List.of(),
        20,
        lostPuts,
        30,
        lostIncrements,
        repeatedIncrements,
        sameAnswers,
        possiblyLost,
        differing.isEmpty() ? List.of() : List.of(differing),
        List.of(),
        0,
        0,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        0,
        0,
        List.of());
  }

  @Test
  void aSynchronousCacheLosesNothing() {
    assertThat(broken("sync", 0, 0, 0, 0, 0)).containsExactly(VIOLATION);
    assertThat(broken("sync", 1, 0, 0, 0, 0)).hasSize(2);
    assertThat(broken("sync", 0, 1, 1, 1, 0)).hasSize(4);
  }

  @Test
  void anAsynchronousCacheLosesNoMoreThanItSays() {
    assertThat(broken("async", 2, 3, 0, 5, 5)).isEmpty();
    assertThat(broken("async", 3, 3, 0, 0, 5))
        .containsExactly(
            "1 more acknowledged writes are lost than the 5 that the cluster says may be");
    assertThat(broken("async", 0, 0, 0, 6, 5)).hasSize(1);
    assertThat(broken("async", 0, 0, 1, 0, 5)).as("nothing happens twice").hasSize(1);
  }

  @Test
  void anAsynchronousCacheThatSaysItLostNothingIsJudgedLikeASynchronousOne() {
    assertThat(broken("async", 0, 0, 0, 0, 0)).containsExactly(VIOLATION);
    assertThat(broken("async", 1, 0, 0, 0, 0)).hasSize(2);
  }

  @Test
  void copiesThatDifferAreAlwaysAFault() {
    assertThat(findings("async", List.of(), 0, 0, 0, 0, 9, "r-1: a has x, b has y").broken())
        .containsExactly("copies differ: r-1: a has x, b has y");
  }
}
