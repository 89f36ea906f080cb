package io.henge.replication.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Uneven zones and weights: the bounds, that plans keep them, and how cheaply. */
class PlacementBoundsTest {

  @Test
  void everyChangeKeepsTheBoundsAndCopiesHardlyMoreThanTheCheapestPlan() {
    int copied = 0;
    int cheapest = 0;
    for (int seed = 1; seed <= 250; seed++) {
      PlacementCase before = smallCase(seed);
      List<List<MemberId>> plan = before.planFresh();
      assertWithinBounds(before, plan);
      List<PlacementCase> changes = new ArrayList<>();
      changes.add(before.withJoining(1));
      changes.add(before.withJoining(3));
      if (before.members().size() > 1) {
        int leaving = new Random(seed).nextInt(before.members().size());
        changes.add(before.without(leaving));
        changes.add(before.withJoining(1).without(leaving));
      }
      changes.add(before.withCopies(before.copies() + 1));
      changes.add(before.withCopies(Math.max(1, before.copies() - 1)));
      for (PlacementCase after : changes) {
        copied += assertCheap(after, plan);
        cheapest += (int) CheapestPlacement.copies(after, plan);
      }
      List<List<MemberId>> arbitrary = before.arbitraryPlacement();
      copied += assertCheap(before, arbitrary);
      cheapest += (int) CheapestPlacement.copies(before, arbitrary);
    }
    assertThat(copied).isLessThanOrEqualTo((int) (1.002 * cheapest));
  }

  @Test
  void aZoneThatLostMembersKeepsItsCopiesUntilItsMembersHoldTwiceTheirShare() {
    PlacementCase three = PlacementCase.zoned(3, 3, 1024, 3);
    List<List<MemberId>> plan = three.planFresh();
    PlacementCase two = three.without(0);
    plan = two.plan(plan);
    assertThat(two.figures(plan).zoneCollisions()).isZero();
    PlacementCase one = two.without(2);
    assertThat(one.members()).filteredOn(member -> member.zone().equals("zone-0")).hasSize(1);
    plan = one.plan(plan);
    MemberId last = one.members().get(4).id();
    assertThat(one.members().get(4).zone()).isEqualTo("zone-0");
    int held = one.figures(plan).replicas().get(last);
    assertThat(held).isLessThanOrEqualTo((int) Math.ceil(2 * one.meanLoad()));
    // Every partition that is not there has its replicas in the two other zones.
    assertThat(one.figures(plan).zoneCollisions()).isEqualTo(1024 - held);
  }

  @Test
  void withFewerZonesThanCopiesEachZoneHasACopy() {
    PlacementCase sample = PlacementCase.zoned(2, 5, 256, 3);
    Map<MemberId, String> zones =
        sample.members().stream().collect(Collectors.toMap(RingMember::id, RingMember::zone));
    for (List<MemberId> replicas : sample.planFresh()) {
      assertThat(replicas.stream().map(zones::get).distinct()).hasSize(2);
    }
  }

  @Test
  void aJoiningMemberOfAZoneTakesOverFromItsZoneAlone() {
    PlacementCase before = PlacementCase.zoned(3, 3, 1024, 3);
    List<List<MemberId>> plan = before.planFresh();
    List<RingMember> more = new ArrayList<>(before.members());
    more.add(new RingMember(PlacementCase.id(77), "zone-1", 1));
    PlacementCase after = before.withMembers(more);
    List<List<MemberId>> next = after.plan(plan);
    assertThat(after.figures(next).zoneCollisions()).isZero();
    assertThat(PlacementFigures.moved(plan, next)).isLessThanOrEqualTo(1.0 / 12 + 0.001);
  }

  @Test
  void aMemberThatIsWorthAllOthersHoldsEveryPartitionOnceAndNoMore() {
    List<RingMember> members = new ArrayList<>(PlacementCase.equalMembers(9));
    members.add(new RingMember(PlacementCase.id(9), "", 1e9));
    PlacementCase sample = new PlacementCase(1, 0, 90, 2, members);
    Map<MemberId, Integer> replicas = sample.figures(sample.planFresh()).replicas();
    assertThat(replicas.get(PlacementCase.id(9))).isEqualTo(90);
    assertThat(replicas.get(PlacementCase.id(3))).isEqualTo(10);
  }

  private static int assertCheap(PlacementCase sample, List<List<MemberId>> current) {
    List<List<MemberId>> plan = sample.plan(current);
    assertWithinBounds(sample, plan);
    int copied = (int) Math.round(PlacementFigures.moved(current, plan) * sample.replicas());
    int cheapest = (int) CheapestPlacement.copies(sample, current);
    assertThat(copied).as(sample.toString()).isBetween(cheapest, cheapest + 3);
    return copied;
  }

  private static void assertWithinBounds(PlacementCase sample, List<List<MemberId>> plan) {
    List<RingMember> members =
        sample.members().stream().sorted(Comparator.comparing(RingMember::id)).toList();
    int copies = Math.min(sample.copies(), members.size());
    LoadBounds bounds = LoadBounds.of(sample.partitions(), copies, members);
    PlacementFigures figures = sample.figures(plan);
    for (int i = 0; i < members.size(); i++) {
      int load = figures.replicas().get(members.get(i).id());
      assertThat(load).as(sample.toString()).isBetween(bounds.low()[i], bounds.high()[i]);
      assertThat(figures.primaries().get(members.get(i).id()))
          .as(sample.toString())
          .isBetween(load / copies, (load + copies - 1) / copies);
    }
    for (List<MemberId> replicas : plan) {
      int[] inZone = new int[bounds.zoneLow().length];
      for (int i = 0; i < members.size(); i++) {
        inZone[bounds.zoneOf()[i]] += replicas.contains(members.get(i).id()) ? 1 : 0;
      }
      for (int zone = 0; zone < inZone.length; zone++) {
        assertThat(inZone[zone])
            .as(sample.toString())
            .isBetween(bounds.zoneLow()[zone], bounds.zoneHigh()[zone]);
      }
    }
  }

  private static PlacementCase smallCase(int seed) {
    Random random = new Random(seed);
    int zones = 1 + random.nextInt(4);
    boolean weighted = random.nextBoolean();
    List<RingMember> members = new ArrayList<>();
    for (int i = 1 + random.nextInt(9); i > 0; i--) {
      double weight = weighted ? 0.5 + random.nextInt(6) : 1;
      members.add(
          new RingMember(
              PlacementCase.id(100 * seed + i), "zone-" + random.nextInt(zones), weight));
    }
    int partitions = 4 + random.nextInt(20);
    return new PlacementCase(seed, 0, partitions, 1 + random.nextInt(4), members);
  }
}
