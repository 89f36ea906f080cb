package io.henge.replication.simulation.cluster;

import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.SimulationFailure;
import io.henge.replication.simulation.Statistics;

/**
 * A cluster under one seed that loses the majority of its voters for good and is founded again by
 * an operator (decision 18), under the usual trouble and callers all the while; then peace, in
 * which everything must finish, with everybody who ever came back.
 */
public final class RefoundedCluster {

  private static final long MILLISECOND = 1_000_000;
  private static final int OPERATIONS_OF_A_PHASE = 30;

  private final RefoundingPlan plan;
  private final SimulatedCluster cluster;
  private final SeededRandom random;
  private final Nemesis nemesis;
  private final MajorityLoss loss;
  private final RefoundingOperator operator;
  private int phase;

  private RefoundedCluster(RefoundingPlan plan, SimulatedCluster cluster, SeededRandom random) {
    this.plan = plan;
    this.cluster = cluster;
    this.random = random;
    this.nemesis =
        new Nemesis(cluster, plan.cluster(), random.split("nemesis"), cluster.statistics());
    this.loss = new MajorityLoss(cluster, plan, nemesis, random.split("loss"));
    this.operator = new RefoundingOperator(cluster, loss, random.split("operator"));
  }

  /**
   * Runs a seed.
   *
   * @throws SimulationFailure if a rule was broken
   */
  public static Statistics run(long seed, Parts parts, int traceLimit) {
    SeededRandom random = new SeededRandom(seed).split("refounded");
    RefoundingPlan plan = RefoundingPlan.of(seed);
    SimulatedCluster cluster =
        new SimulatedCluster(plan.cluster(), parts, random.split("cluster"), traceLimit);
    try {
      cluster.note("plan", plan::toString);
      new RefoundedCluster(plan, cluster, random).live();
    } catch (RuntimeException | AssertionError broken) {
      throw new SimulationFailure(broken.toString(), cluster.transcript(), broken);
    }
    return cluster.statistics();
  }

  private void live() {
    for (int i = 0; i < plan.cluster().founders(); i++) {
      cluster.startSoon("m" + i, plan.cluster().startWithin());
    }
    for (int i = 0; i < plan.cluster().joiners(); i++) {
      cluster.startSoon("j" + i, plan.cluster().startWithin());
    }
    cluster.events().after(50 * MILLISECOND, cluster::rumours);
    awaitFounding();
    strikeFor(plan.cluster().troubleLasts());
    operator.begin();
    for (int i = 0; i < plan.losses(); i++) {
      if (!loss.strike()) {
        cluster.statistics().count("losses that left nobody");
      }
      work();
      strikeFor(plan.aftermath());
      awaitMajority();
      if (operator.nobodyLeft()) {
        cluster.statistics().count("seeds of which nobody is left");
        return;
      }
      work();
      strikeFor(plan.aftermath() / 2);
    }
    finish();
  }

  /** So that there is something to lose; what may go wrong before is judged elsewhere. */
  private void awaitFounding() {
    while (!cluster.founded() || cluster.newest().caches().isEmpty()) {
      cluster.events().runUntil(cluster.events().now() + 20 * MILLISECOND);
    }
  }

  private void strikeFor(long time) {
    long end = cluster.events().now() + time;
    nemesis.strikeUntil(end);
    cluster.events().runUntil(end);
  }

  /** Callers of their own for everybody who is there. */
  private void work() {
    phase++;
    cluster.allow(OPERATIONS_OF_A_PHASE);
    for (SimulatedMember member : cluster.living()) {
      for (int i = 0; i < plan.cluster().callersPerMember(); i++) {
        int number = 10 * phase + i;
        Caller caller = new Caller(cluster, member, number, random.split(member + "." + number));
        cluster.callers().add(caller);
        caller.work();
      }
    }
  }

  /** Until a cluster works again, whoever it consists of. */
  private void awaitMajority() {
    long deadline = cluster.events().now() + patience();
    while (!operator.nobodyLeft() && cluster.living().stream().noneMatch(this::works)) {
      if (cluster.events().now() >= deadline) {
        throw new RuleBroken("I25", "nobody works long after the majority was lost");
      }
      cluster.events().runUntil(cluster.events().now() + 20 * MILLISECOND);
    }
  }

  private boolean works(SimulatedMember member) {
    return member.holdsLease() && !cluster.foundings().isElsewhere(member);
  }

  private void finish() {
    cluster.makePeace();
    cluster.living().forEach(loss::cameBack);
    Calm calm = new Calm(cluster);
    long deadline = cluster.events().now() + patience();
    String unrest = calm.unrest();
    while (unrest != null && !operator.nobodyLeft()) {
      if (cluster.events().now() >= deadline) {
        throw new RuleBroken("I25", "no calm after the trouble: " + unrest);
      }
      cluster.events().runUntil(cluster.events().now() + 20 * MILLISECOND);
      unrest = calm.unrest();
    }
    if (operator.nobodyLeft()) {
      cluster.statistics().count("seeds of which nobody is left");
      return;
    }
    cluster.readEverything(deadline);
    cluster.judge();
    cluster.statistics().count("seeds");
    cluster.statistics().add("events", cluster.events().executed());
    cluster.statistics().add("milliseconds", cluster.events().now() / MILLISECOND);
    if (cluster.foundings().count() == 0) {
      cluster.statistics().count("seeds that needed no operator");
    }
  }

  private long patience() {
    FaultPlan usual = plan.cluster();
    long attempt = 2 * usual.suspendAfter() + 30 * usual.lease() + 2_000 * MILLISECOND;
    return cluster.patience() + 6 * attempt;
  }
}
