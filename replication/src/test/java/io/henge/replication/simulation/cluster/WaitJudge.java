package io.henge.replication.simulation.cluster;

/**
 * Judges how long callers wait in seeds whose only trouble are links that third members can go
 * round: nobody is cut off there, so everybody has to be served (I25). Bounds are in simulated
 * time.
 */
final class WaitJudge {

  private final SimulatedCluster cluster;
  private long steadySince = Long.MAX_VALUE;

  WaitJudge(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** Everybody is there and caches are open: from now on no caller has to wait long. */
  void steady() {
    steadySince = Math.min(steadySince, cluster.events().now());
  }

  /** An operation ended, whatever way. */
  void ended(SimulatedMember member, String caller, long begun) {
    long waited = cluster.events().now() - begun;
    if (begun >= steadySince && cluster.plan().has(Fault.BRIDGE_ALONE)) {
      cluster.statistics().count("waits judged");
      if (waited > bound()) {
        throw new RuleBroken(
            "I25",
            String.format(
                "caller %s of %s waited %,d ms, longer than %,d ms, though no member is cut off",
                caller, member, waited / 1_000_000, bound() / 1_000_000));
      }
    }
  }

  /**
   * The silence until suspension, and as much again: 2 s with the usual settings. A network that
   * lets frames overtake each other all the time, as no transport does, makes copies ask again for
   * most of them: that much longer. Where backlogs are narrow, writers are put off and ask again,
   * and which of them gets the room is chance: twice as long (seed 83187).
   */
  private long bound() {
    FaultPlan plan = cluster.plan();
    long reordering = plan.network().ordered() ? 0 : plan.suspendAfter();
    long usually = 2 * plan.suspendAfter() + plan.lease() + reordering;
    return plan.memory().narrowBacklog() ? 2 * usually : usually;
  }
}
