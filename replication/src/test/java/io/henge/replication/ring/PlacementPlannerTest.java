package io.henge.replication.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The promises of the planner (PROTOCOL 4.10, invariant I26), mostly as properties. */
class PlacementPlannerTest {

  @Test
  void replicasAreDistinctMembersAndAsManyAsAskedFor() {
    for (PlacementCase sample : PlacementCase.samples(300)) {
      List<List<MemberId>> plan = sample.planFresh();
      assertThat(plan).hasSize(sample.partitions());
      for (List<MemberId> replicas : plan) {
        assertThat(replicas)
            .as(sample.toString())
            .hasSize(Math.min(sample.copies(), sample.members().size()))
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void loadsOfEqualMembersDifferByAtMostOneReplica() {
    for (PlacementCase sample : PlacementCase.samples(300)) {
      PlacementCase equal = sample.withoutZonesAndWeights();
      PlacementFigures figures = equal.figures(equal.planFresh());
      assertThat(figures.mostReplicas() - figures.leastReplicas())
          .as(equal.toString())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theHeaviestLoadIsWithinATenthOfTheMeanWhenMembersHoldTwentyReplicasOrMore() {
    int checked = 0;
    for (PlacementCase sample : PlacementCase.samples(300)) {
      PlacementCase equal = sample.withoutZonesAndWeights();
      if (equal.meanLoad() >= 20) {
        PlacementFigures figures = equal.figures(equal.planFresh());
        assertThat(figures.mostReplicas()).isLessThanOrEqualTo((int) (1.1 * equal.meanLoad()));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  @Test
  void primariesOfEqualMembersDifferByAtMostOne() {
    for (PlacementCase sample : PlacementCase.samples(300)) {
      PlacementCase equal = sample.withoutZonesAndWeights();
      PlacementFigures figures = equal.figures(equal.planFresh());
      assertThat(figures.mostPrimaries() - figures.leastPrimaries())
          .as(equal.toString())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theOrderOfMembersDoesNotMatter() {
    for (PlacementCase sample : PlacementCase.samples(60)) {
      List<RingMember> shuffled = new ArrayList<>(sample.members());
      Collections.shuffle(shuffled, new Random(sample.seed()));
      assertThat(sample.withMembers(shuffled).planFresh()).isEqualTo(sample.planFresh());
    }
  }

  @Test
  void planningAgainChangesNothing() {
    for (PlacementCase sample : PlacementCase.samples(200)) {
      List<List<MemberId>> plan = sample.planFresh();
      assertThat(sample.plan(plan)).as(sample.toString()).isEqualTo(plan);
    }
  }

  @Test
  void anyCurrentPlacementIsBroughtWithinTheBounds() {
    for (PlacementCase sample : PlacementCase.samples(300)) {
      PlacementCase equal = sample.withoutZonesAndWeights();
      PlacementFigures figures = equal.figures(equal.plan(equal.arbitraryPlacement()));
      assertThat(figures.mostReplicas() - figures.leastReplicas()).isLessThanOrEqualTo(1);
      assertThat(figures.mostPrimaries() - figures.leastPrimaries()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aJoiningMemberMovesNoMoreThanItsShare() {
    for (PlacementCase sample : PlacementCase.samples(300)) {
      PlacementCase before = sample.withoutZonesAndWeights();
      List<List<MemberId>> plan = before.planFresh();
      PlacementCase after = before.withJoining(1);
      double moved = PlacementFigures.moved(plan, after.plan(plan));
      assertThat(moved)
          .as(before.toString())
          .isLessThanOrEqualTo(1.0 / after.members().size() + 0.02);
    }
  }

  @Test
  void aLeavingMemberMovesNoMoreThanItHeld() {
    for (PlacementCase sample : PlacementCase.samples(300)) {
      PlacementCase before = sample.withoutZonesAndWeights();
      if (before.members().size() > before.copies()) {
        List<List<MemberId>> plan = before.planFresh();
        int leaving = new Random(sample.seed()).nextInt(before.members().size());
        PlacementCase after = before.without(leaving);
        MemberId left = before.members().get(leaving).id();
        double held = (double) before.figures(plan).replicas().get(left) / before.replicas();
        assertThat(PlacementFigures.moved(plan, after.plan(plan)))
            .as(before.toString())
            .isLessThanOrEqualTo(held + 0.02);
      }
    }
  }

  @Test
  void manyJoinsMoveNoMoreThanTheirShares() {
    for (PlacementCase sample : PlacementCase.samples(200)) {
      PlacementCase before = sample.withoutZonesAndWeights();
      List<List<MemberId>> plan = before.planFresh();
      int joining = 1 + new Random(sample.seed()).nextInt(before.members().size());
      PlacementCase after = before.withJoining(joining);
      double moved = PlacementFigures.moved(plan, after.plan(plan));
      assertThat(moved)
          .as(before + " + " + joining)
          .isLessThanOrEqualTo((double) joining / after.members().size() + 0.02);
    }
  }

  @Test
  void equalZonesNeverShareAPartitionWhenThereAreEnoughOfThem() {
    for (int zones = 2; zones <= 5; zones++) {
      for (int perZone = 1; perZone <= 4; perZone++) {
        for (int copies = 1; copies <= zones; copies++) {
          PlacementCase sample = PlacementCase.zoned(zones, perZone, 256, copies);
          List<List<MemberId>> plan = sample.planFresh();
          assertThat(sample.figures(plan).zoneCollisions()).as(sample.toString()).isZero();
          PlacementFigures figures = sample.figures(plan);
          assertThat(figures.mostReplicas() - figures.leastReplicas()).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @Test
  void weightsAreRespected() {
    List<RingMember> members = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      members.add(new RingMember(PlacementCase.id(i), "", i < 5 ? 4 : 1));
    }
    PlacementCase sample = new PlacementCase(1, 0, 1024, 3, members);
    Map<MemberId, Integer> loads = sample.figures(sample.planFresh()).replicas();
    double unit = 1024 * 3 / 35.0;
    for (RingMember member : members) {
      assertThat(loads.get(member.id()) / member.weight()).isBetween(unit - 1, unit + 1);
    }
  }

  @Test
  void asManyCopiesAsMembersOrMoreGiveEachMemberEverything() {
    for (int members = 1; members <= 7; members++) {
      for (int copies : new int[] {members, members + 1, Integer.MAX_VALUE}) {
        PlacementCase sample =
            new PlacementCase(1, 0, 64, copies, PlacementCase.equalMembers(members));
        for (List<MemberId> replicas : sample.planFresh()) {
          assertThat(replicas)
              .containsExactlyInAnyOrderElementsOf(
                  sample.members().stream().map(RingMember::id).toList());
        }
      }
    }
  }

  @Test
  void withoutMembersNobodyHoldsAnything() {
    assertThat(PlacementPlanner.plan(0, 3, 2, List.of(), List.of()))
        .isEqualTo(List.of(List.of(), List.of(), List.of()));
  }

  @Test
  void groupsPutTheirSpareReplicasOnDifferentMembers() {
    List<RingMember> members = PlacementCase.equalMembers(100);
    HashSet<List<MemberId>> first = new HashSet<>();
    for (int group = 0; group < 10; group++) {
      first.add(PlacementPlanner.plan(group, 4, 2, members, List.of()).get(0));
    }
    assertThat(first).hasSizeGreaterThan(7);
  }

  @Test
  void aThousandMembersAreBalanced() {
    PlacementCase sample = new PlacementCase(1, 0, 8192, 3, PlacementCase.equalMembers(1000));
    List<List<MemberId>> plan = sample.planFresh();
    PlacementFigures figures = sample.figures(plan);
    assertThat(figures.mostReplicas()).isEqualTo(25);
    assertThat(figures.leastReplicas()).isEqualTo(24);
    assertThat(figures.mostPrimaries()).isEqualTo(9);
    PlacementCase after = sample.without(500);
    assertThat(PlacementFigures.moved(plan, after.plan(plan))).isLessThan(0.001 + 0.0002);
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    List<RingMember> members = PlacementCase.equalMembers(2);
    assertThatThrownBy(() -> PlacementPlanner.plan(0, 0, 1, members, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlacementPlanner.plan(0, 1, 0, members, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlacementPlanner.plan(0, 1, 1, members, List.of(List.of(), List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                PlacementPlanner.plan(0, 1, 1, List.of(members.get(0), members.get(0)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> new RingMember(PlacementCase.id(1), "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RingMember(PlacementCase.id(1), "", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMemberAboutToTakeOverAPartitionKeepsItWhileTheMoveIsUnderWay() {
    List<RingMember> members = PlacementCase.equalMembers(6);
    PlacementCase before = new PlacementCase(1, 0, 256, 2, members.subList(0, 5));
    PlacementCase after = before.withMembers(members);
    List<List<MemberId>> plan = before.planFresh();
    List<List<MemberId>> wanted = after.plan(plan);
    // Learners were added behind the replicas in place; nobody has been dropped yet.
    List<List<MemberId>> underWay =
        IntStream.range(0, 256)
            .mapToObj(
                partition -> {
                  List<MemberId> all = new ArrayList<>(plan.get(partition));
                  for (MemberId replica : wanted.get(partition)) {
                    if (!all.contains(replica)) {
                      all.add(replica);
                    }
                  }
                  return List.copyOf(all);
                })
            .toList();
    assertThat(PlacementFigures.moved(underWay, after.plan(underWay))).isZero();
  }
}
