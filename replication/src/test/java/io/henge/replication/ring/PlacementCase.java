package io.henge.replication.ring;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One case to plan; the random ones follow from their seeds. */
record PlacementCase(long seed, int group, int partitions, int copies, List<RingMember> members) {

  /** Random cases: small clusters mostly, up to 120 members, some with zones and weights. */
  static List<PlacementCase> samples(int count) {
    List<PlacementCase> samples = new ArrayList<>();
    for (int seed = 1; seed <= count; seed++) {
      samples.add(sample(seed));
    }
    return samples;
  }

  static PlacementCase sample(long seed) {
    Random random = new Random(seed);
    int members = 1 + (random.nextInt(3) > 0 ? random.nextInt(12) : random.nextInt(120));
    int zones = 1 + random.nextInt(5);
    boolean weighted = random.nextBoolean();
    List<RingMember> all = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      double weight = weighted ? 0.25 + random.nextInt(16) / 4.0 : 1;
      all.add(new RingMember(randomId(random), "zone-" + random.nextInt(zones), weight));
    }
    int partitions = new int[] {1, 16, 64, 256, 271, 1024}[random.nextInt(6)];
    return new PlacementCase(
        seed, random.nextInt(4), partitions, 1 + random.nextInt(5), List.copyOf(all));
  }

  static PlacementCase zoned(int zones, int perZone, int partitions, int copies) {
    List<RingMember> members = new ArrayList<>();
    for (int i = 0; i < zones * perZone; i++) {
      members.add(new RingMember(id(i), "zone-" + i % zones, 1));
    }
    return new PlacementCase(1, 0, partitions, copies, members);
  }

  static List<RingMember> equalMembers(int count) {
    return IntStream.range(0, count).mapToObj(i -> new RingMember(id(i), "", 1)).toList();
  }

  static MemberId id(int number) {
    return randomId(new Random(number));
  }

  private static MemberId randomId(Random random) {
    return new MemberId(random.nextLong(), random.nextLong());
  }

  PlacementCase withMembers(List<RingMember> others) {
    return new PlacementCase(seed, group, partitions, copies, others);
  }

  PlacementCase withCopies(int other) {
    return new PlacementCase(seed, group, partitions, other, members);
  }

  PlacementCase withoutZonesAndWeights() {
    return withMembers(members.stream().map(member -> new RingMember(member.id(), "", 1)).toList());
  }

  PlacementCase withJoining(int count) {
    List<RingMember> more = new ArrayList<>(members);
    Random random = new Random(~seed);
    for (int i = 0; i < count; i++) {
      more.add(new RingMember(randomId(random), "", 1));
    }
    return withMembers(more);
  }

  PlacementCase without(int index) {
    List<RingMember> fewer = new ArrayList<>(members);
    fewer.remove(index);
    return withMembers(fewer);
  }

  List<List<MemberId>> planFresh() {
    return plan(List.of());
  }

  List<List<MemberId>> plan(List<List<MemberId>> current) {
    return PlacementPlanner.plan(group, partitions, copies, members, current);
  }

  /** Replicas anywhere: too many, too few, on members that are gone, twice on one member. */
  List<List<MemberId>> arbitraryPlacement() {
    Random random = new Random(seed + 1);
    List<List<MemberId>> placement = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<MemberId> replicas = new ArrayList<>();
      for (int i = random.nextInt(copies + 3); i > 0; i--) {
        int range = 1 + random.nextInt(members.size());
        replicas.add(
            random.nextInt(10) == 0 ? randomId(random) : members.get(random.nextInt(range)).id());
      }
      placement.add(replicas);
    }
    return placement;
  }

  int replicas() {
    return partitions * Math.min(copies, members.size());
  }

  double meanLoad() {
    return (double) replicas() / members.size();
  }

  PlacementFigures figures(List<List<MemberId>> plan) {
    return PlacementFigures.of(members, plan);
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + partitions + " x " + copies + " over " + members.size();
  }
}
