package io.henge.replication.consensus;

import static io.henge.replication.consensus.SimulatedCluster.MILLISECOND;

import io.henge.replication.consensus.TestCommand.Kind;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Steps that the scenario tests share. */
final class Scenario {

  private Scenario() {}

  static SimulatedCluster elected(long seed, int size) {
    return elected(new SimulatedCluster(seed, size, Variant.PRODUCTION));
  }

  static SimulatedCluster elected(SimulatedCluster cluster) {
    await(cluster, 2_000, () -> leader(cluster) != null);
    cluster.run(200 * MILLISECOND);
    return cluster;
  }

  static SimulatedMember joinAsLearner(SimulatedCluster cluster) {
    SimulatedMember leader = leader(cluster);
    SimulatedMember joined = cluster.join(leader);
    leader.propose(TestCommand.change(Kind.ADD_LEARNER, joined.id()));
    await(cluster, 500, () -> joined.replica().configuration().learners().contains(joined.id()));
    return joined;
  }

  static void changeUntilApplied(SimulatedCluster cluster, Kind kind, MemberId member, int voters) {
    leader(cluster).propose(TestCommand.change(kind, member));
    await(cluster, 1_000, () -> cluster.checker().latest().voters().size() == voters);
  }

  static SimulatedMember leader(SimulatedCluster cluster) {
    for (SimulatedMember member : cluster.members()) {
      if (member.isRunning() && member.replica().leading()) {
        return member;
      }
    }
    return null;
  }

  static List<SimulatedMember> others(SimulatedCluster cluster, SimulatedMember one) {
    return cluster.members().stream().filter(m -> m != one && !m.isDead()).toList();
  }

  static void cut(SimulatedCluster cluster, SimulatedMember from, SimulatedMember to) {
    cluster.cut(from.index(), to.index(), true);
  }

  static void await(SimulatedCluster cluster, long millis, BooleanSupplier condition) {
    long end = cluster.now() + millis * MILLISECOND;
    while (!condition.getAsBoolean()) {
      if (cluster.now() - end >= 0) {
        throw new AssertionError("not within " + millis + " virtual milliseconds");
      }
      cluster.runTick();
    }
  }
}
