package io.henge.replication.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.routing.ReadLoadModel.Figures;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each policy is good for, on twenty members of unequal speed; docs/decisions/0011. */
class ReadPolicyLoadTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoLooksAtResponseTimesAvoidsTheSlow(long seed) {
    Map<ReadPolicy, Figures> figures = ReadLoadModel.compare(seed, false);
    print("seed " + seed + ", copies spread evenly", figures);

    Figures random = figures.get(ReadPolicy.RANDOM);
    Figures fastest = figures.get(ReadPolicy.LEAST_RESPONSE_TIME);
    assertThat(fastest.p99()).isLessThan(random.p99());
    assertThat(fastest.p99()).isLessThan(figures.get(ReadPolicy.ROUND_ROBIN).p99());
    assertThat(fastest.p99()).isLessThan(figures.get(ReadPolicy.PRIMARY).p99());
    assertThat(fastest.highestLoad()).isLessThan(random.highestLoad());
    assertThat(figures.get(ReadPolicy.LOCAL_FIRST).p99()).isLessThan(random.p99());
    assertThat(figures.get(ReadPolicy.LOCAL_FIRST).localShare())
        .isGreaterThan(2 * random.localShare());
    assertThat(figures.get(ReadPolicy.WEIGHTED).p99()).isLessThan(random.p99());
    assertThat(figures.get(ReadPolicy.WEIGHTED).unevenness())
        .isLessThan(0.75 * random.unevenness());
    assertThat(figures.get(ReadPolicy.PRIMARY).highestLoad()).isGreaterThan(random.highestLoad());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aWeightThatAlsoPlacesCopiesCountsOnce(long seed) {
    Map<ReadPolicy, Figures> figures = ReadLoadModel.compare(seed, true);
    print("seed " + seed + ", copies placed by weight", figures);

    // The copies follow the weights already, so that any choice among them does.
    double random = figures.get(ReadPolicy.RANDOM).unevenness();
    assertThat(figures.get(ReadPolicy.WEIGHTED).unevenness()).isBetween(0.8 * random, 1.2 * random);
  }

  private static void print(String what, Map<ReadPolicy, Figures> figures) {
    System.out.printf(
        "%s%n%-20s %10s %10s %10s %9s %9s%n",
        what, "policy", "local", "load, mean", "highest", "p50 µs", "p99 µs");
    figures.forEach((policy, each) -> System.out.printf("%-20s %s%n", policy.settingName(), each));
  }
}
