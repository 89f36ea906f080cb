package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.ControlSettings;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MoveLimits;
import io.henge.replication.membership.NodeBootstrap;
import java.util.ArrayList;
import java.util.List;

/** What a plan means for the settings of a member. */
final class SimulatedSettings {

  /** The name of every simulated cluster. */
  static final String CLUSTER = "simulated";

  private SimulatedSettings() {}

  /** The settings of a member that starts at this wall clock. */
  static ControlSettings of(FaultPlan plan, Member self, int port, long wallMillis) {
    List<String> seeds = new ArrayList<>();
    for (int i = 0; i < plan.founders(); i++) {
      seeds.add("m" + i + "[" + port + "]");
    }
    if (plan.founders() == 1) {
      seeds.add("nowhere[" + port + "]"); // so that m0 does not found again when it starts again
    }
    // With a disk it remembers whether it founded.
    String name = plan.has(Fault.DISKS) ? self.host() : self.name();
    boolean alone = plan.founders() == 1 && name.equals("m0");
    return new ControlSettings(
        CLUSTER,
        alone ? NodeBootstrap.SINGLE : NodeBootstrap.VOTERS,
        seeds,
        0,
        2 * plan.lease(),
        new ClusterTimings(plan.lease(), plan.suspendAfter(), plan.removeAfter()),
        plan.partitionsPerGroup(),
        wallMillis,
        new MoveLimits(
            MoveLimits.standard().transfers(),
            PlannedChangeJudge.RECEIVED_AT_A_TIME,
            plan.suspendAfter() * (plan.keys() % 3)));
  }
}
