package io.henge.replication.routing;

import io.henge.replication.ring.PlacementPlanner;
import io.henge.replication.ring.RingMember;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.world.EventQueue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Twenty members of unequal speed that read from each other: each is a queue that serves one remote
 * read after the other, reads come at random times from all members alike, and some partitions are
 * asked for far more often than others. What the members do is modelled; whom they ask is decided
 * by the real router on a real placement.
 */
final class ReadLoadModel {

  private static final int MEMBERS = 20;
  private static final int PARTITIONS = 256;
  private static final int COPIES = 3;
  private static final int READS = 60_000;
  private static final int WARM_UP = 10_000;

  /** Share of all members' capacity that the reads would take if none were local. */
  private static final double LOAD = 0.5;

  private static final long LOCAL_NANOS = 1_000;
  private static final double SERVICE_NANOS = 100_000;
  private static final double NETWORK_NANOS = 20_000;

  /** A read on its way. */
  private record Read(int caller, int target, long begun) {}

  private final SeededRandom random;
  private final EventQueue events = new EventQueue();
  private final List<MemberId> ids = new ArrayList<>();
  private final double[] speed = new double[MEMBERS];
  private final List<ReadRouter> routers = new ArrayList<>();
  private final List<List<MemberId>> placement;
  private final double[] popularity = new double[PARTITIONS];
  private final long[] freeAt = new long[MEMBERS];
  private final double[] busy = new double[MEMBERS];
  private final int[] served = new int[MEMBERS];
  private final long[] latencies = new long[READS];
  private int begun;
  private int ended;
  private int local;
  private long measuredFrom;

  /**
   * Creates a model.
   *
   * @param placedByWeight whether fast members hold more copies, as they do when their weight is
   *     set, or all the same number, as they do when nobody has told
   */
  ReadLoadModel(long seed, ReadPolicy policy, boolean placedByWeight) {
    random = new SeededRandom(seed);
    List<RingMember> ring = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      speed[i] = i < 4 ? 2 : i < 16 ? 1 : 0.75;
      ids.add(new MemberId(0, i + 1));
      ring.add(new RingMember(ids.get(i), "", placedByWeight ? speed[i] : 1));
    }
    placement = PlacementPlanner.plan(0, PARTITIONS, COPIES, ring, List.of());
    double total = 0;
    for (int i = 0; i < PARTITIONS; i++) {
      total += 1.0 / (20 + i);
      popularity[i] = total;
    }
    List<PartitionAssignment> assignments =
        placement.stream()
            .map(copies -> new PartitionAssignment(1, 1, copies, List.of(), new TreeMap<>()))
            .toList();
    SeededRandom chance = random.split("choices");
    for (MemberId member : ids) {
      ReadRouter router =
          new ReadRouter(member, policy, PARTITIONS, new MemberLoads(), chance::nextDouble);
      router.weigh(assignments, each -> speed[indexOf(each)]);
      routers.add(router);
    }
  }

  private int indexOf(MemberId member) {
    return (int) member.low() - 1;
  }

  /** What came out. */
  record Figures(
      double localShare, double meanLoad, double highestLoad, long p50, long p99, long[] byWeight) {

    @Override
    public String toString() {
      return String.format(
          "%9.0f%% %10.2f %10.2f %9d %9d", 100 * localShare, meanLoad, highestLoad, p50, p99);
    }

    /** Greatest reads per unit of weight relative to the least. */
    double unevenness() {
      return (double) Arrays.stream(byWeight).max().orElseThrow()
          / Arrays.stream(byWeight).min().orElseThrow();
    }
  }

  Figures run() {
    double capacity = Arrays.stream(speed).sum() / SERVICE_NANOS;
    double between = 1 / (LOAD * capacity);
    arrive(between);
    while (ended < READS + WARM_UP) {
      events.runUntil(events.now() + 100_000_000L);
    }
    double time = events.now() - measuredFrom;
    double[] load = new double[MEMBERS];
    long[] byWeight = new long[MEMBERS];
    for (int i = 0; i < MEMBERS; i++) {
      load[i] = busy[i] / time;
      byWeight[i] = Math.round(served[i] / speed[i]);
    }
    Arrays.sort(latencies);
    return new Figures(
        (double) local / READS,
        Arrays.stream(load).average().orElseThrow(),
        Arrays.stream(load).max().orElseThrow(),
        latencies[READS / 2] / 1000,
        latencies[READS * 99 / 100] / 1000,
        byWeight);
  }

  private void arrive(double between) {
    if (begun == READS + WARM_UP) {
      return;
    }
    begun++;
    if (begun == WARM_UP) {
      measuredFrom = events.now();
    }
    read(random.below(MEMBERS), partition());
    events.after(random.exponential(between), () -> arrive(between));
  }

  private int partition() {
    double point = random.nextDouble() * popularity[PARTITIONS - 1];
    int found = Arrays.binarySearch(popularity, point);
    // Popular partitions lie all over the ring.
    return (found < 0 ? -found - 1 : found) * 89 % PARTITIONS;
  }

  private void read(int caller, int partition) {
    long now = events.now();
    ReadRouter router = routers.get(caller);
    MemberId chosen = router.choose(partition, placement.get(partition), List.of(), now);
    int target = indexOf(chosen);
    Read read = new Read(caller, target, now);
    if (target == caller) {
      router.loads().measured(chosen, LOCAL_NANOS, now);
      local += begun > WARM_UP ? 1 : 0;
      end(LOCAL_NANOS);
      return;
    }
    router.loads().asked(chosen);
    events.after(way(), () -> serve(read));
  }

  private long way() {
    return (long) NETWORK_NANOS / 2 + random.exponential(NETWORK_NANOS / 2);
  }

  private void serve(Read read) {
    long service = random.exponential(SERVICE_NANOS / speed[read.target()]);
    long start = Math.max(events.now(), freeAt[read.target()]);
    freeAt[read.target()] = start + service;
    if (begun >= WARM_UP) {
      busy[read.target()] += service;
      served[read.target()]++;
    }
    events.at(start + service + way(), () -> answered(read));
  }

  private void answered(Read read) {
    long took = events.now() - read.begun();
    routers.get(read.caller()).loads().answered(ids.get(read.target()), took, events.now());
    end(took);
  }

  private void end(long took) {
    ended++;
    int place = ended - WARM_UP - 1;
    if (place >= 0 && place < READS) {
      latencies[place] = took;
    }
  }

  /** Runs every policy on the same arrivals. */
  static Map<ReadPolicy, Figures> compare(long seed, boolean placedByWeight) {
    Map<ReadPolicy, Figures> figures = new TreeMap<>();
    for (ReadPolicy policy : ReadPolicy.values()) {
      figures.put(policy, new ReadLoadModel(seed, policy, placedByWeight).run());
    }
    return figures;
  }
}
