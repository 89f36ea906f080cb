package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule of founding again is held by a scenario: without it, that one fails. */
class RefoundingMutantsTest {

  @SuppressWarnings("ImmutableEnumChecker") // stateless
  enum Mutant {
    SAME_ID(
        new RefoundingRules() {
          @Override
          protected MemberId clusterId(ClusterState former, LongSupplier entropy) {
            return former.clusterId();
          }
        },
        RefoundingTest::theLastOfThreeGoesOnInAnotherCluster),
    PROMISE_DOES_NOT_BIND(
        new RefoundingRules() {
          @Override
          protected boolean promiseBinds() {
            return false;
          }
        },
        RefoundingTest::whoStandsStillTakesNoPartInTheFormerCluster),
    PROMISES_FOR_EVER(
        new RefoundingRules() {
          @Override
          protected long bindsFor(ClusterTimings timings) {
            return Long.MAX_VALUE / 4;
          }
        },
        RefoundingTest::aPromiseEnds),
    FOUNDER_KNOWS_BEST(
        new RefoundingRules() {
          @Override
          protected boolean newestCounts() {
            return false;
          }
        },
        RefoundingTest::theNewestStateThatAnySurvivorKnowsCounts),
    FORGETS_WHAT_WAS_ACCEPTED(
        new RefoundingRules() {
          @Override
          protected boolean acceptedCounts() {
            return false;
          }
        },
        RefoundingTest::whatWasAcceptedForTheNextSlotCounts),
    EPOCHS_GO_ON(
        new RefoundingRules() {
          @Override
          protected long epoch(PartitionAssignment partition, long slot) {
            return partition.epoch();
          }
        },
        RefoundingTest::theLastOfThreeGoesOnInAnotherCluster),
    KEEPS_OLD_COPIES(
        new RefoundingRules() {
          @Override
          protected List<MemberId> kept(PartitionAssignment partition, Set<MemberId> survivors) {
            return partition.replicas().stream().filter(survivors::contains).toList();
          }
        },
        RefoundingTest::aCopyThatIsNotInSyncIsNotKept);

    private final RefoundingRules rules;
    private final Consumer<RefoundingTest> scenario;

    Mutant(RefoundingRules rules, Consumer<RefoundingTest> scenario) {
      this.rules = rules;
      this.scenario = scenario;
    }
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void isNoticed(Mutant mutant) {
    RefoundingTest scenario = RefoundingTest.with(mutant.rules);
    assertThatThrownBy(() -> mutant.scenario.accept(scenario)).isInstanceOf(AssertionError.class);
  }
}
