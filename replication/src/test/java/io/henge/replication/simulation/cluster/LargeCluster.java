package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.ClientSettings;
import io.henge.replication.partition.MemoryBound;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.SimulationFailure;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.simulation.world.NetworkFaults;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A hundred members, with the times and limits of real ones: they found together, are filled, lose
 * a whole zone of ten at once under load, heal without it, and take it back. The same judges watch
 * it that watch the small clusters.
 */
public final class LargeCluster {

  /** Members that found the cluster. */
  public static final int MEMBERS = 100;

  /** Failure domains, of ten members each. */
  public static final int ZONES = 10;

  /** Partitions of the only cache. */
  public static final int PARTITIONS = 1_024;

  private static final int COPIES = 3;
  private static final int KEYS = 4_096;
  private static final int READERS_OF_A_KEY = 2;
  private static final int OPERATIONS = 8_000;
  private static final int CALLERS = 50;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long LEASE = 300 * MILLISECOND;

  /** In simulated time; what is not done by then is not on its way. */
  private static final long PATIENCE = 120 * SECOND;

  private final SimulatedCluster cluster;
  private final SeededRandom random;
  private final Calm calm;
  private List<SimulatedMember> lost;

  private LargeCluster(SimulatedCluster cluster, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
    this.calm = new Calm(cluster);
  }

  /**
   * Lives such a life.
   *
   * @return counts, among them the simulated milliseconds, messages and slots of each phase
   * @throws SimulationFailure if a rule was broken, or something took too long
   */
  public static Statistics run(long seed, int traceLimit) {
    SeededRandom random = new SeededRandom(seed);
    SimulatedCluster cluster =
        new SimulatedCluster(plan(), new Parts(), random.split("cluster"), traceLimit);
    try {
      new LargeCluster(cluster, random).live();
    } catch (RuntimeException | AssertionError broken) {
      throw new SimulationFailure(broken.toString(), cluster.transcript(), broken);
    }
    return cluster.statistics();
  }

  private void live() {
    phase("found", this::found);
    phase("fill", this::fill);
    work();
    phase("heal", this::loseAZone);
    phase("take back", this::takeBack);
    phase("finish", () -> until(calm::unrest));
    phase("read", this::readEverything);
    cluster.judge();
  }

  private void found() {
    for (int i = 0; i < MEMBERS; i++) {
      cluster.startSoon("m" + i, SECOND);
    }
    cluster.events().after(50 * MILLISECOND, cluster::rumours);
    until(this::unfounded);
  }

  private String unfounded() {
    ClusterState newest = cluster.newest();
    if (newest == null || newest.members().size() < MEMBERS) {
      return "not everybody is a member";
    }
    return newest.voters().size() == 5
        ? calm.unrestOfMembers()
        : newest.voters().size() + " voters";
  }

  /** Gives every key a value, from all members at once. */
  private void fill() {
    List<SimulatedMember> living = cluster.living();
    CacheDefinition cache = cluster.newest().cache("c0");
    for (int key = 0; key < KEYS; key++) {
      caller(living.get(key % living.size()), key).putOnce(cache, key);
    }
    until(this::unanswered);
  }

  private void work() {
    List<SimulatedMember> living = cluster.living();
    for (int i = 0; i < CALLERS; i++) {
      caller(living.get(i * living.size() / CALLERS), KEYS + i).work();
    }
    cluster.events().runUntil(cluster.events().now() + SECOND);
  }

  /** All members of the leader's zone die in one moment. */
  private void loseAZone() {
    SimulatedMember leader =
        cluster.living().stream()
            .filter(member -> member.plane().leading())
            .findFirst()
            .orElseThrow();
    lost =
        cluster.living().stream()
            .filter(member -> member.self().zone().equals(leader.self().zone()))
            .toList();
    cluster.statistics().add("members lost at once", lost.size());
    lost.forEach(member -> cluster.crash(member, true));
    until(() -> unhealed(MEMBERS - lost.size()));
  }

  private void takeBack() {
    lost.forEach(cluster::startAgain);
    until(this::uneven);
  }

  /** Load goes on, so that no copy is ever quiet: what counts is that it is in sync. */
  private String unhealed(int members) {
    ClusterState newest = cluster.newest();
    if (newest.members().size() != members) {
      return newest.members().size() + " members";
    }
    for (int number = 0; number < PARTITIONS; number++) {
      PartitionAssignment partition = newest.partition(number);
      if (partition.inSync().size() != COPIES || !partition.learners().isEmpty()) {
        return "partition " + number + " is " + partition;
      }
    }
    return null;
  }

  /** Everybody, those who came back too, holds a share of the copies. */
  private String uneven() {
    Map<MemberId, Integer> copies = new TreeMap<>();
    for (int number = 0; number < PARTITIONS; number++) {
      cluster.newest().partition(number).inSync().forEach(id -> copies.merge(id, 1, Integer::sum));
    }
    int share = PARTITIONS * COPIES / MEMBERS;
    boolean all =
        copies.size() == MEMBERS && copies.values().stream().allMatch(count -> count >= share);
    return all ? unhealed(MEMBERS) : "not everybody holds a share";
  }

  private void readEverything() {
    List<SimulatedMember> living = cluster.living();
    CacheDefinition cache = cluster.newest().cache("c0");
    for (int key = 0; key < KEYS; key++) {
      for (int reader = 0; reader < READERS_OF_A_KEY; reader++) {
        SimulatedMember member = living.get((key * 7 + reader * 31) % living.size());
        caller(member, key).readOnce(cache, key);
      }
    }
    until(this::unanswered);
  }

  private Caller caller(SimulatedMember member, int number) {
    Caller caller = new Caller(cluster, member, number, random.split(member + "." + number));
    cluster.callers().add(caller);
    return caller;
  }

  private String unanswered() {
    return cluster.callers().stream().anyMatch(Caller::busy) ? "operations are under way" : null;
  }

  private void until(Supplier<String> unrest) {
    long deadline = cluster.events().now() + PATIENCE;
    for (String what = unrest.get(); what != null; what = unrest.get()) {
      if (cluster.events().now() >= deadline) {
        throw new RuleBroken("I25", "after " + PATIENCE / SECOND + " s: " + what);
      }
      cluster.events().runUntil(cluster.events().now() + 20 * MILLISECOND);
    }
  }

  private void phase(String name, Runnable phase) {
    long begun = cluster.events().now();
    long messages = cluster.network().sent();
    long slot = cluster.newest() == null ? -1 : cluster.newest().slot();
    phase.run();
    Statistics statistics = cluster.statistics();
    statistics.add("milliseconds to " + name, (cluster.events().now() - begun) / MILLISECOND);
    statistics.add("messages to " + name, cluster.network().sent() - messages);
    statistics.add("slots to " + name, cluster.newest().slot() - slot);
  }

  private static FaultPlan plan() {
    return new FaultPlan(
        MEMBERS,
        SECOND,
        0,
        EnumSet.of(Fault.CLOCK_RATE),
        NetworkFaults.none(50_000, 200_000),
        NetworkFaults.none(50_000, 200_000),
        LEASE,
        SECOND,
        3 * SECOND,
        0,
        0,
        0,
        50 * MILLISECOND,
        OPERATIONS,
        KEYS,
        0.5,
        PARTITIONS,
        false,
        List.of(COPIES),
        MILLISECOND,
        PartitionSettings.forLease(LEASE),
        ClientSettings.withTimeout(10 * SECOND),
        new MemoryPlan(List.of(), List.of(), MemoryBound.NONE, Long.MAX_VALUE, 1L << 30),
        List.of(ReplicationMode.SYNC),
        0,
        ZONES,
        LargePlan.NONE,
        0);
  }
}
