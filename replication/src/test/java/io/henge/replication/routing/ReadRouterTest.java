package io.henge.replication.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadRouterTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);
  private static final MemberId ELSEWHERE = new MemberId(0, 9);
  private static final List<MemberId> COPIES = List.of(A, B, C);
  private static final long MILLISECOND = 1_000_000;
  private static final int READS = 6_000;

  private final MemberLoads loads = new MemberLoads();
  private final SeededRandom random = new SeededRandom(7);
  private long now = -500 * MILLISECOND;

  private ReadRouter router(MemberId self, ReadPolicy policy) {
    return new ReadRouter(self, policy, 4, loads, random::nextDouble);
  }

  private Map<MemberId, Integer> count(ReadRouter router) {
    Map<MemberId, Integer> chosen = new TreeMap<>();
    for (int i = 0; i < READS; i++) {
      chosen.merge(router.choose(0, COPIES, List.of(), now), 1, Integer::sum);
    }
    return chosen;
  }

  private void answers(MemberId member, long took) {
    loads.asked(member);
    loads.answered(member, took, now);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyIsAskedTwice(ReadPolicy policy) {
    ReadRouter router = router(A, policy);
    assertThat(router.choose(0, COPIES, COPIES, now)).isNull();
    assertThat(router.choose(0, List.of(), List.of(), now)).isNull();
    for (int i = 0; i < 20; i++) {
      assertThat(router.choose(0, COPIES, List.of(A), now)).isNotEqualTo(A);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNameInSettingsIsThePolicy(ReadPolicy policy) {
    assertThat(ReadPolicy.of(policy.settingName())).contains(policy);
    assertThat(ReadPolicy.of(policy.name())).isEmpty();
  }

  @Test
  void localFirstReadsItsOwnCopyHoweverSlowAndOthersByResponseTime() {
    answers(B, 100 * MILLISECOND);
    assertThat(count(router(B, ReadPolicy.LOCAL_FIRST))).containsOnlyKeys(B);
    assertThat(count(router(ELSEWHERE, ReadPolicy.LOCAL_FIRST))).containsOnlyKeys(A, C);
  }

  @Test
  void primaryIsAlwaysThePrimary() {
    assertThat(count(router(B, ReadPolicy.PRIMARY))).containsOnlyKeys(A);
  }

  @Test
  void roundRobinTakesTurnsInEachPartitionByItself() {
    ReadRouter router = router(ELSEWHERE, ReadPolicy.ROUND_ROBIN);
    for (int round = 0; round < 6; round++) {
      MemberId expected = COPIES.get(round % 3);
      assertThat(router.choose(0, COPIES, List.of(), now)).isEqualTo(expected);
      assertThat(router.choose(1, COPIES, List.of(), now)).isEqualTo(expected);
    }
  }

  @Test
  void randomAsksAllAlike() {
    assertThat(count(router(ELSEWHERE, ReadPolicy.RANDOM)).values())
        .hasSize(3)
        .allSatisfy(chosen -> assertThat(chosen).isBetween(READS / 3 - 150, READS / 3 + 150));
  }

  @Test
  void weightedCountsAWeightOnceThoughItPlacedTheCopiesToo() {
    ReadRouter router = router(ELSEWHERE, ReadPolicy.WEIGHTED);
    router.weigh(List.of(held(A, B, C)), member -> member.equals(A) ? 2 : 1);
    Map<MemberId, Integer> alike = count(router);
    assertThat(alike.get(A)).isBetween(READS / 2 - 150, READS / 2 + 150);

    // A holds twice as many copies as the others, for its weight: here it must not be preferred.
    router.weigh(
        List.of(held(A, B), held(A, C), held(A, B), held(A, C)),
        member -> member.equals(A) ? 2 : 1);
    assertThat(count(router).get(A)).isBetween(READS / 3 - 150, READS / 3 + 150);
  }

  private static PartitionAssignment held(MemberId... members) {
    return new PartitionAssignment(1, 1, List.of(members), List.of(), new TreeMap<>());
  }

  @Test
  void weightedAsksAllAlikeWhileNoWeightIsKnown() {
    assertThat(count(router(ELSEWHERE, ReadPolicy.WEIGHTED))).containsOnlyKeys(A, B, C);
  }

  @Test
  void theSlowerOfTwoIsAvoidedAndTriedAgainWhenItsMeasureHasFaded() {
    answers(A, MILLISECOND);
    answers(B, 50 * MILLISECOND);
    ReadRouter router = router(ELSEWHERE, ReadPolicy.LEAST_RESPONSE_TIME);
    List<MemberId> two = List.of(A, B);
    assertThat(router.choose(0, two, List.of(), now)).isEqualTo(A);
    now += 6_000 * MILLISECOND;
    answers(A, MILLISECOND);
    assertThat(router.choose(0, two, List.of(), now)).isEqualTo(B);
  }

  @Test
  void readsUnderWayCountLikeTimeToWait() {
    answers(A, 2 * MILLISECOND);
    answers(B, 5 * MILLISECOND);
    ReadRouter router = router(ELSEWHERE, ReadPolicy.LEAST_RESPONSE_TIME);
    List<MemberId> two = List.of(A, B);
    loads.asked(A);
    assertThat(router.choose(0, two, List.of(), now)).isEqualTo(A);
    loads.asked(A);
    assertThat(router.choose(0, two, List.of(), now)).isEqualTo(B);
    loads.dropped(A);
    assertThat(router.choose(0, two, List.of(), now)).isEqualTo(A);
  }

  @Test
  void aNewcomerIsNotOverrunBeforeItAnswersForTheFirstTime() {
    answers(A, MILLISECOND / 10);
    ReadRouter router = router(ELSEWHERE, ReadPolicy.LEAST_RESPONSE_TIME);
    int asked = 0;
    while (router.choose(0, List.of(A, B), List.of(), now).equals(B)) {
      loads.asked(B);
      asked++;
      assertThat(asked).isLessThan(200);
    }
    assertThat(asked).isPositive();
  }

  @Test
  void whoHasLeftIsForgotten() {
    answers(A, MILLISECOND);
    answers(B, MILLISECOND);
    loads.retain(Set.of(A));
    assertThat(loads.expected(A, now)).isPositive();
    assertThat(loads.expected(B, now)).isZero();
  }
}
