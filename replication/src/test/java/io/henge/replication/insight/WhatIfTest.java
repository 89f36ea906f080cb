package io.henge.replication.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.insight.Outlook.Kind;
import io.henge.replication.insight.WhatIf.How;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Reason;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatIfTest {

  private static final WhatIf.Sizes SIZES =
      new WhatIf.Sizes() {
        @Override
        public long entries(int partition) {
          return 10;
        }

        @Override
        public long bytes(int partition) {
          return 1000L + partition;
        }
      };

  private static Outlook ask(ClusterState state, How how, Integer... members) {
    Set<MemberId> stopped =
        Arrays.stream(members).map(Clusters::id).collect(Collectors.toCollection(TreeSet::new));
    return WhatIf.of(state, stopped, how, SIZES);
  }

  @Test
  void aCrashOfOneOfThreeLosesNothingAndLeavesSingleCopiesUntilTheyAreMadeAgain() {
    ClusterState state = Clusters.placed(3, 2);
    Outlook outlook = ask(state, How.CRASH, 1);
    assertThat(outlook.lost()).isEmpty();
    assertThat(outlook.refusal()).isNull();
    assertThat(outlook.majorityKept()).isTrue();
    assertThat(outlook.votersUp()).isEqualTo(2);
    List<Integer> held = partitionsOf(state, 1);
    assertThat(outlook.reduced()).isEqualTo(held);
    assertThat(outlook.singleCopy()).isEqualTo(held);
    assertThat(outlook.count(Kind.COPY)).isEqualTo(held.size());
    assertThat(outlook.entriesToCopy()).isEqualTo(10L * held.size());
    assertThat(outlook.bytesToCopy())
        .isEqualTo(held.stream().mapToLong(partition -> 1000 + partition).sum());
    assertThat(outlook.primariesAfter().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(Clusters.PARTITIONS);
    assertThat(outlook.primariesAfter()).doesNotContainKey(Clusters.id(1));
  }

  /** Foretold is what the log's own rules do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whoBecomesPrimaryIsWhoTheLogMakesPrimary(int member) {
    ClusterState state = Clusters.placed(5, 3);
    Outlook outlook = ask(state, How.CRASH, member);
    Reason reason = new Reason(Reason.Cause.CRASH, Clusters.id(9), "test", 0, 0, true);
    ClusterState after =
        Clusters.after(state, new Command.RemoveMember(Clusters.id(member), reason));
    for (int i = 0; i < state.partitionCount(); i++) {
      int number = i;
      MemberId before = state.partition(i).primary();
      MemberId foretold =
          outlook.moves().stream()
              .filter(move -> move.kind() == Kind.PRIMARY && move.partition() == number)
              .map(Outlook.Move::to)
              .findFirst()
              .orElse(before);
      assertThat(foretold).isEqualTo(after.partition(i).primary());
    }
  }

  @Test
  void whoHoldsTheOnlyCopiesTakesThemAlong() {
    ClusterState state = Clusters.placed(5, 2);
    Outlook outlook = ask(state, How.CRASH, 1, 2);
    List<Integer> both =
        partitionsOf(state, 1).stream().filter(partitionsOf(state, 2)::contains).toList();
    assertThat(both).isNotEmpty();
    assertThat(outlook.lost()).isEqualTo(both);
    assertThat(outlook.reduced()).doesNotContainAnyElementsOf(both);
    assertThat(outlook.moves()).noneMatch(move -> both.contains(move.partition()));
    assertThat(outlook.refusal()).contains("lose the last in-sync copy");
    assertThat(outlook.majorityKept()).isTrue();
  }

  @Test
  void withoutAMajorityOfTheVotersEverythingStops() {
    Outlook outlook = ask(Clusters.placed(5, 5), How.CRASH, 1, 2, 3);
    assertThat(outlook.majorityKept()).isFalse();
    assertThat(outlook.votersUp()).isEqualTo(2);
    assertThat(outlook.lost()).isEmpty();
    assertThat(outlook.refusal()).contains("2 of 5 voters");
  }

  @Test
  void aDrainLosesNoCopyAndSaysEveryMove() {
    ClusterState state = Clusters.placed(4, 2);
    Outlook outlook = ask(state, How.DRAIN, 4);
    assertThat(outlook.refusal()).isNull();
    assertThat(outlook.lost()).isEmpty();
    assertThat(outlook.reduced()).isEmpty();
    assertThat(outlook.singleCopy()).isEmpty();
    assertThat(outlook.count(Kind.COPY)).isEqualTo(partitionsOf(state, 4).size());
    long led =
        partitionsOf(state, 4).stream()
            .filter(number -> Clusters.id(4).equals(state.partition(number).primary()))
            .count();
    assertThat(outlook.count(Kind.PRIMARY)).isEqualTo(led);
    assertThat(outlook.moves())
        .noneMatch(move -> move.to().equals(Clusters.id(4)))
        .allMatch(move -> partitionsOf(state, 4).contains(move.partition()));
  }

  @Test
  void aDrainThatLeavesTooFewMembersReducesTheCopies() {
    Outlook outlook = ask(Clusters.placed(2, 2), How.DRAIN, 2);
    assertThat(outlook.reduced()).hasSize(Clusters.PARTITIONS);
    assertThat(outlook.singleCopy()).hasSize(Clusters.PARTITIONS);
    assertThat(outlook.count(Kind.COPY)).isZero();
    assertThat(outlook.refusal()).isNull();
  }

  @Test
  void theLastMemberCannotBeDrained() {
    Outlook outlook = ask(Clusters.placed(2, 2), How.DRAIN, 1, 2);
    assertThat(outlook.refusal()).contains("start another member");
    assertThat(outlook.lost()).hasSize(Clusters.PARTITIONS);
    assertThat(outlook.majorityKept()).isFalse();
  }

  @Test
  void aSuspendedVoterDoesNotCountForTheMajority() {
    Reason reason = new Reason(Reason.Cause.SILENT, Clusters.id(1), "test", 0, 0, false);
    ClusterState state =
        Clusters.after(Clusters.placed(3, 2), new Command.Suspend(Clusters.id(3), reason));
    assertThat(ask(state, How.CRASH, 2).majorityKept()).isFalse();
    assertThat(ask(Clusters.placed(3, 2), How.CRASH, 2).majorityKept()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsNoMemberCannotStop(How how) {
    ClusterState state = Clusters.placed(2, 2);
    assertThatThrownBy(() -> ask(state, how, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no member");
    assertThatThrownBy(() -> ask(state, how)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyIsWhereTheRingSaysAndNowhereInAnUnknownCache() {
    ClusterState state = Clusters.placed(3, 2);
    byte[] key = {1, 2, 3};
    KeyPlace place = KeyPlace.of(state, "things", key);
    assertThat(place.assignment()).isEqualTo(state.partition(place.partition()));
    assertThat(place.key().cache()).isEqualTo(state.cache("things").id());
    assertThat(KeyPlace.of(state, "nothing", key)).isNull();
  }

  private static List<Integer> partitionsOf(ClusterState state, int member) {
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < state.partitionCount(); i++) {
      PartitionAssignment partition = state.partition(i);
      if (partition.holds(Clusters.id(member))) {
        held.add(i);
      }
    }
    return held;
  }
}
