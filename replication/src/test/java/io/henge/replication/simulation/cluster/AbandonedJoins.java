package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import java.util.List;

/** Closes or kills joiners between their admission and their welcome: nobody is to miss them. */
final class AbandonedJoins {

  private final SimulatedCluster cluster;
  private final SeededRandom random;

  AbandonedJoins(SimulatedCluster cluster, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** A slot was applied for the first time. */
  void applied(List<Command> commands) {
    FaultPlan plan = cluster.plan();
    if (!plan.has(Fault.ABANDONED_JOIN) || cluster.events().now() > plan.troubleLasts()) {
      return;
    }
    for (Command command : commands) {
      if (command instanceof Command.AddMember add && random.chance(0.4)) {
        abandon(cluster.member(add.member().id()));
      }
    }
  }

  private void abandon(SimulatedMember joiner) {
    ClusterState newest = cluster.newest();
    if (joiner == null
        || !joiner.present()
        || joiner.state() != null
        || newest.votes(joiner.id())) {
      return;
    }
    cluster.statistics().count("joins abandoned");
    // Not now: whoever applies a slot is in the middle of a step.
    cluster.events().after(0, () -> end(joiner));
    long time = cluster.plan().suspendAfter() + 4 * cluster.plan().lease();
    if (cluster.plan().plannedOnly()) {
      cluster.events().after(time, () -> isForgotten(joiner.id()));
    }
    if (random.chance(0.5)) {
      cluster.events().after(2 * time, () -> cluster.startAgain(joiner));
    }
  }

  private void end(SimulatedMember joiner) {
    if (random.chance(0.5)) {
      cluster.leave(joiner);
    } else {
      cluster.crash(joiner, random.chance(0.5));
    }
  }

  /** Others drain, and would wait for it. */
  private void isForgotten(MemberId joiner) {
    if (cluster.newest().members().containsKey(joiner)) {
      throw new RuleBroken(
          "4.13", cluster.name(joiner) + " died before its welcome and is still waited for");
    }
  }
}
