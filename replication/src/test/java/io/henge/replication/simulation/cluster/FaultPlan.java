package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.partition.ClientSettings;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.world.NetworkFaults;
import io.henge.replication.topology.ReplicationMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one seed does to its cluster. Times in nanoseconds.
 *
 * @param founders members that found the cluster together
 * @param startWithin within what time they start
 * @param joiners members that join while it runs
 * @param faults the kinds of trouble that this seed has
 * @param network what goes wrong with messages while there is trouble
 * @param calm the network before and after
 * @param lease length of a lease
 * @param suspendAfter silence until suspension
 * @param removeAfter suspension until removal
 * @param troubleLasts how long the trouble lasts
 * @param meanDistance mean time between two strokes of the nemesis
 * @param callersPerMember callers that work at once at each member
 * @param thinkTime mean pause of a caller between two operations
 * @param operations operations that all callers together may begin
 * @param keys different keys
 * @param readShare share of reads among the operations
 * @param partitionsPerGroup partitions of each group
 * @param encoded whether messages pass through their codecs, as on a real wire
 * @param copies wanted copies of each cache's entries, a cache per item
 * @param userCode mean time that an entry processor takes
 * @param partition bounds and times of the replicas
 * @param client bounds and times of the callers' sessions
 * @param memory how entries leave by themselves
 * @param modes when each cache acknowledges writes
 * @param listening share of the members that listen to changes
 * @param zones number of failure domains, to which hosts belong in turn; 0 for none
 * @param large what is large
 * @param batchShare share of changes in which a caller reserves several keys together
 */
public record FaultPlan(
    int founders,
    long startWithin,
    int joiners,
    Set<Fault> faults,
    NetworkFaults network,
    NetworkFaults calm,
    long lease,
    long suspendAfter,
    long removeAfter,
    long troubleLasts,
    long meanDistance,
    int callersPerMember,
    long thinkTime,
    int operations,
    int keys,
    double readShare,
    int partitionsPerGroup,
    boolean encoded,
    List<Integer> copies,
    long userCode,
    PartitionSettings partition,
    ClientSettings client,
    MemoryPlan memory,
    List<ReplicationMode> modes,
    double listening,
    int zones,
    LargePlan large,
    double batchShare) {

  private static final long MILLISECOND = 1_000_000;

  /** Kinds of trouble that come without others, so that what they may do at most can be judged. */
  private static final Set<Fault> ALONE = Set.of(Fault.BRIDGE_ALONE, Fault.STARVED);

  /** How often a seed has each of those that are drawn apart. */
  private static final double DRAWN_APART = 0.15;

  /** The plan of a seed. */
  public static FaultPlan of(long seed) {
    return draw(new SeededRandom(seed).split("plan"));
  }

  /** Draws a plan: which faults, how hard, how many members, keys and operations. */
  private static FaultPlan draw(SeededRandom random) {
    Set<Fault> faults = drawFaults(random);
    boolean bridged = faults.contains(Fault.BRIDGE_ALONE);
    boolean starved = faults.contains(Fault.STARVED);
    boolean patient = bridged || plannedOnly(faults);
    long lease = random.pick(List.of(60L, 100L, 160L)) * MILLISECOND;
    LargePlan large =
        faults.contains(Fault.LARGE_VALUES)
            ? LargePlan.draw(random.split("large"), lease)
            : LargePlan.NONE;
    long delay = random.pick(List.of(100_000L, 400_000L, 1_500_000L));
    NetworkFaults network =
        new NetworkFaults(
            faults.contains(Fault.DROP) ? random.pick(List.of(0.01, 0.03, 0.08)) : 0,
            faults.contains(Fault.DUPLICATE) ? random.pick(List.of(0.02, 0.1)) : 0,
            delay / 4,
            faults.contains(Fault.REORDER) ? 2 * delay : delay,
            longDelayRate(faults, random),
            (long) (lease * (0.3 + 1.2 * random.nextDouble())),
            !faults.contains(Fault.REORDER) && random.chance(0.5));
    return new FaultPlan(
        random.pick(bridged || starved ? List.of(3, 4, 5) : List.of(1, 3, 3, 3, 3, 4, 5)),
        random.pick(List.of(10L, 200L, 1_000L)) * MILLISECOND,
        bridged || starved ? 0 : random.pick(List.of(0, 0, 1, 1, 2)),
        faults,
        network,
        NetworkFaults.none(delay / 4, delay),
        lease,
        lease * random.pick(List.of(2, 3, 5)),
        lease * random.pick(List.of(8, 15, 30)),
        troubleLasts(faults, lease, random),
        random.between(30, 400) * MILLISECOND,
        random.pick(List.of(1, 2, 2, 3)),
        bridged ? 100 * MILLISECOND : random.pick(List.of(5L, 15L, 60L)) * MILLISECOND,
        bridged ? 400 : random.pick(List.of(60, 120, 250)),
        random.pick(List.of(1, 2, 3, 6)),
        random.pick(List.of(0.2, 0.5, 0.7)),
        random.pick(List.of(1, 2, 3)),
        random.chance(0.25),
        random.pick(
            List.of(
                List.of(2), List.of(2), List.of(3), List.of(2, 3), List.of(PartitionGroup.ALL))),
        // Where nothing may fail, nothing waits for slow user code until its timeout either.
        random.pick(patient ? List.of(1L) : List.of(1L, 10L, 100L)) * MILLISECOND,
        large.adapt(partition(lease, random)),
        new ClientSettings(
            32,
            lease * random.pick(patient ? List.of(20) : List.of(5, 10, 20)),
            lease / 4,
            lease * 2,
            2 * MILLISECOND,
            50 * MILLISECOND,
            large.largeFrameBytes(),
            lease),
        MemoryPlan.draw(random.split("memory"), lease),
        modes(lease, random),
        random.split("listening").chance(0.4) ? 0.6 : 0,
        random.split("zones").pick(List.of(0, 0, 2, 3)),
        large,
        random.split("batches").chance(0.2) ? 0.3 : 0);
  }

  private static double longDelayRate(Set<Fault> faults, SeededRandom random) {
    if (faults.contains(Fault.STARVED)) {
      return random.pick(List.of(0.0, 0.5, 1.0));
    }
    return faults.contains(Fault.LONG_DELAY) ? random.pick(List.of(0.01, 0.06)) : 0;
  }

  private static long troubleLasts(Set<Fault> faults, long lease, SeededRandom random) {
    if (faults.contains(Fault.STARVED)) {
      return 120 * lease;
    }
    return (faults.contains(Fault.BRIDGE_ALONE) ? 3_500 : random.between(800, 2_500)) * MILLISECOND;
  }

  private static Set<Fault> drawFaults(SeededRandom random) {
    if (random.split("starved").chance(0.01)) {
      return EnumSet.of(Fault.STARVED);
    }
    if (random.chance(0.03)) {
      return EnumSet.of(Fault.BRIDGE_ALONE);
    }
    EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
    double share = random.pick(List.of(0.15, 0.35, 0.6));
    for (Fault fault : Fault.values()) {
      boolean together = !ALONE.contains(fault) && !Fault.DRAWN_APART.contains(fault);
      if (together && random.chance(share)) {
        faults.add(fault);
      }
    }
    if (random.chance(0.1)) {
      faults.retainAll(Fault.PLANNED);
      faults.add(Fault.DRAIN);
    }
    for (Fault fault : Fault.DRAWN_APART) {
      boolean possible = fault != Fault.DISK_FAILURE || faults.contains(Fault.DISKS);
      if (possible && random.split(fault.name()).chance(DRAWN_APART)) {
        faults.add(fault);
      }
    }
    return faults;
  }

  /** Half of the seeds are synchronous; the bounds of the others are small now and then. */
  private static List<ReplicationMode> modes(long lease, SeededRandom random) {
    if (random.chance(0.5)) {
      return List.of(ReplicationMode.SYNC, ReplicationMode.SYNC);
    }
    ReplicationMode async =
        new ReplicationMode.Async(
            random.pick(List.of(1, 2, 5, 50, 1000)),
            random.pick(List.of(200L, 1_000L, 1L << 20)),
            random.pick(List.of(lease / 10, lease, lease * 20)));
    return List.of(async, random.chance(0.5) ? async : ReplicationMode.SYNC);
  }

  /** Small bounds now and then, so that the paths behind them are taken. */
  private static PartitionSettings partition(long lease, SeededRandom random) {
    return new PartitionSettings(
        lease / 6,
        lease * 3,
        lease * 4,
        lease * 30,
        random.pick(List.of(4, 4096)),
        random.pick(List.of(2, 512)),
        random.pick(List.of(150, 400, 48 * 1024)),
        LargePlan.NONE.largeFrameBytes(),
        random.pick(List.of(100, 64 * 1024)),
        random.pick(List.of(40, 60, 256)),
        random.pick(List.of(8_000, 128 * 1024)),
        random.pick(List.of(200, 256 * 1024)),
        random.pick(List.of(2, 256)));
  }

  /** The failure domain of a host, whose name is a letter and a number; empty for none. */
  String zoneOf(String host) {
    return zones == 0 ? "" : "zone" + Integer.parseInt(host.substring(1)) % zones;
  }

  /** Tells whether nothing fails in this seed: members only come and go as planned. */
  public boolean plannedOnly() {
    return plannedOnly(faults);
  }

  /**
   * Tells whether every operation has to be done in this seed: nothing fails, and no operation
   * waits for large frames, of which the simulated links take a few a second (seeds 42525 and
   * 60096).
   */
  public boolean nothingMayFail() {
    return plannedOnly() && !large.any();
  }

  private static boolean plannedOnly(Set<Fault> faults) {
    return faults.contains(Fault.DRAIN) && Fault.PLANNED.containsAll(faults);
  }

  /** Tells whether this seed has a kind of trouble. */
  public boolean has(Fault fault) {
    return faults.contains(fault);
  }
}
