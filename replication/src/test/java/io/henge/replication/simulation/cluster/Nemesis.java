package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Hint;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.simulation.world.SimulatedNetwork;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;

/** Strikes the cluster at random times with the kinds of trouble that the plan has. */
final class Nemesis {

  private final SimulatedCluster cluster;
  private final FaultPlan plan;
  private final SeededRandom random;
  private final Statistics statistics;
  private final Starvation starvation;
  private final List<Runnable> strokes = new ArrayList<>();

  Nemesis(SimulatedCluster cluster, FaultPlan plan, SeededRandom random, Statistics statistics) {
    this.cluster = cluster;
    this.plan = plan;
    this.random = random;
    this.statistics = statistics;
    stroke(Fault.PAUSE, () -> pause((long) (plan.lease() * 2 * random.nextDouble())));
    stroke(
        Fault.LONG_PAUSE,
        () -> pause((long) (plan.suspendAfter() * (1 + 3 * random.nextDouble()))));
    stroke(Fault.ONE_WAY_CUT, () -> cut(false));
    stroke(Fault.CUT, () -> cut(true));
    stroke(Fault.ISOLATION, this::isolate);
    stroke(Fault.SPLIT, this::split);
    stroke(Fault.SLOW_LINK, this::slowLink);
    stroke(Fault.CLOG, this::clog);
    stroke(Fault.CRASH, this::crash);
    stroke(
        Fault.EARLY_CRASH,
        () -> {
          if (!cluster.founded()) {
            crash();
          }
        });
    if (plan.has(Fault.DISKS)) {
      stroke(Fault.MASS_CRASH, this::crashMany);
      DiskFailures disks = cluster.diskFailures();
      stroke(Fault.DISK_FAILURE, () -> disks.strike(victim()));
    }
    stroke(Fault.LEAVE, this::leave);
    stroke(Fault.FALSE_HINT, this::falseHint);
    stroke(Fault.CLOCK_JUMP, this::clockJump);
    stroke(Fault.MOVE, this::move);
    stroke(Fault.DRAIN, this::drain);
    SimulatedOperator operator = new SimulatedOperator(cluster, random.split("operator"));
    stroke(Fault.OPERATOR, () -> operator.strike(victim()));
    stroke(Fault.DRILL, () -> operator.drill(victim(), victim(), someTime()));
    Bridge bridge = new Bridge(cluster, random);
    stroke(Fault.BRIDGE, () -> bridge.strike(this, someTime()));
    stroke(Fault.BRIDGE_ALONE, () -> bridge.strikeAlone(this));
    starvation = plan.has(Fault.STARVED) ? new Starvation(cluster, random) : null;
  }

  private void stroke(Fault fault, Runnable action) {
    if (plan.has(fault)) {
      strokes.add(
          () -> {
            statistics.count("stroke " + fault);
            action.run();
          });
    }
  }

  /** Strikes from now until {@code end}. */
  void strikeUntil(long end) {
    if (starvation != null) {
      starvation.strikeUntil(end);
    }
    if (strokes.isEmpty()) {
      return;
    }
    long next = cluster.events().now() + random.exponential((double) plan.meanDistance());
    if (next < end) {
      cluster
          .events()
          .at(
              next,
              () -> {
                if (!cluster.living().isEmpty()) {
                  random.pick(strokes).run();
                }
                strikeUntil(end);
              });
    }
  }

  private SimulatedMember victim() {
    return random.pick(cluster.living());
  }

  private long someTime() {
    return (long) (plan.lease() * 0.2 + plan.suspendAfter() * 2.5 * square(random.nextDouble()));
  }

  private static double square(double number) {
    return number * number;
  }

  private void pause(long length) {
    SimulatedMember victim = victim();
    cluster.note("!", () -> "pause " + victim + " for " + length / 1_000_000 + " ms");
    victim.process().pauseUntil(cluster.events().now() + length);
  }

  private void cut(boolean bothWays) {
    SimulatedMember one = victim();
    SimulatedMember other = victim();
    cutLink(one.id(), other.id(), someTime());
    if (bothWays) {
      cutLink(other.id(), one.id(), someTime());
    }
  }

  void cutLink(MemberId from, MemberId to, long length) {
    SimulatedNetwork<MemberId, Object> network = cluster.network();
    if (from.equals(to) || network.isCut(from, to)) {
      return;
    }
    cluster.note("!", () -> "cut " + cluster.name(from) + " -> " + cluster.name(to));
    network.cut(from, to);
    cluster
        .events()
        .after(
            length,
            () -> {
              cluster.note("!", () -> "mend " + cluster.name(from) + " -> " + cluster.name(to));
              network.mend(from, to);
            });
  }

  private void isolate() {
    SimulatedMember victim = victim();
    boolean cannotSend = random.chance(0.7);
    boolean cannotReceive = !cannotSend || random.chance(0.6);
    long length = someTime();
    for (SimulatedMember other : cluster.living()) {
      if (cannotSend) {
        cutLink(victim.id(), other.id(), length);
      }
      if (cannotReceive) {
        cutLink(other.id(), victim.id(), length);
      }
    }
  }

  private void split() {
    List<SimulatedMember> left = new ArrayList<>();
    List<SimulatedMember> right = new ArrayList<>();
    for (SimulatedMember member : cluster.living()) {
      (random.chance(0.5) ? left : right).add(member);
    }
    boolean oneWay = random.chance(0.2);
    long length = someTime();
    for (SimulatedMember one : left) {
      for (SimulatedMember other : right) {
        cutLink(one.id(), other.id(), length);
        if (!oneWay) {
          cutLink(other.id(), one.id(), length);
        }
      }
    }
  }

  private void slowLink() {
    MemberId from = victim().id();
    MemberId to = victim().id();
    double factor = 3 + 60 * random.nextDouble();
    cluster.note(
        "!",
        () -> "slow by " + (int) factor + " " + cluster.name(from) + " -> " + cluster.name(to));
    cluster.network().slow(from, to, factor);
    cluster.events().after(someTime(), () -> cluster.network().slow(from, to, 1));
  }

  private void clog() {
    MemberId from = victim().id();
    MemberId to = victim().id();
    cluster.note("!", () -> "clog " + cluster.name(from) + " -> " + cluster.name(to));
    cluster.network().clog(from, to, cluster.events().now() + someTime());
  }

  private void crash() {
    SimulatedMember victim = victim();
    if (!cluster.canDoWithout(victim)) {
      return;
    }
    cluster.crash(victim, !plan.has(Fault.MISSING_HINT) || random.chance(0.3));
    if (plan.has(Fault.RESTART) || !cluster.founded()) {
      cluster.events().after(someTime(), () -> cluster.startAgain(victim));
    }
  }

  /** Whatever dies comes back with its directory, so no majority needs to be left. */
  private void crashMany() {
    double share = random.pick(List.of(0.3, 0.7, 1.0));
    for (SimulatedMember victim : cluster.living()) {
      if (random.chance(share)) {
        cluster.crash(victim, random.chance(0.7));
        cluster.events().after(someTime(), () -> cluster.startAgain(victim));
      }
    }
  }

  private void leave() {
    SimulatedMember victim = victim();
    if (cluster.founded() && cluster.canDoWithout(victim)) {
      cluster.leave(victim);
      if (plan.has(Fault.RESTART)) {
        cluster.events().after(someTime(), () -> cluster.startAgain(victim));
      }
    }
  }

  private void drain() {
    if (random.chance(0.2)) {
      cluster.departures().drainForAWhile(victim(), victim(), someTime());
      return;
    }
    if (random.chance(0.2)) {
      steer(victim());
      return;
    }
    long time = random.chance(0.3) ? random.between(0, plan.lease()) : 10 * plan.suspendAfter();
    boolean returns = plan.has(Fault.RESTART) || random.chance(0.5);
    cluster.departures().drain(victim(), plan.plannedOnly() ? Long.MAX_VALUE : time, returns);
  }

  /** An operator moves replicas, or keeps them from moving. */
  private void steer(SimulatedMember operator) {
    Command command =
        random.chance(0.5)
            ? new Command.PauseRebalancing(random.chance(0.6))
            : new Command.SetWeight(victim().id(), random.pick(List.of(0.5, 1.0, 3.0)));
    cluster.note("!", () -> operator + " asks for " + command);
    operator.soon(() -> operator.propose(command));
  }

  private void falseHint() {
    SimulatedMember about = victim();
    List<SimulatedMember> told = random.chance(0.5) ? cluster.living() : List.of(victim());
    for (SimulatedMember each : told) {
      if (!each.equals(about)) {
        each.hint(new Hint.ConnectionLost(about.id(), "a lie"));
      }
    }
  }

  private void clockJump() {
    victim().hint(new Hint.ClockJumped());
  }

  private void move() {
    if (random.chance(0.5)) {
      victim().proposeSomeMove(random);
    } else {
      revokeTheUnreachable();
    }
  }

  /**
   * Takes a member out of an in-sync set at the moment when it cannot hear of it, and then another
   * one that can: the first still holds its lease, the second confirms at once.
   */
  private void revokeTheUnreachable() {
    SimulatedMember proposer = victim();
    ClusterState state = proposer.state();
    if (state == null || state.partitionCount() == 0) {
      return;
    }
    int number = random.below(state.partitionCount());
    PartitionAssignment partition = state.partition(number);
    if (partition.inSync().isEmpty()) {
      return;
    }
    MemberId first = random.pick(partition.inSync());
    MemberId second = random.pick(partition.inSync());
    for (SimulatedMember other : cluster.living()) {
      cutLink(first, other.id(), plan.lease() * 2);
      cutLink(other.id(), first, plan.lease() * 2);
    }
    proposer.proposeShrink(number, first);
    cluster
        .events()
        .after(random.between(0, plan.lease() / 2), () -> proposer.proposeShrink(number, second));
  }
}
