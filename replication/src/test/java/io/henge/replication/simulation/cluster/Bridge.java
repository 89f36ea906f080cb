package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;

/** The nemesis of two sides that both see some member and not each other. */
final class Bridge {

  private final SimulatedCluster cluster;
  private final SeededRandom random;
  private long until;

  Bridge(SimulatedCluster cluster, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** Cuts two sides apart at any time, for some time. */
  void strike(Nemesis nemesis, long length) {
    List<SimulatedMember> left = new ArrayList<>();
    List<SimulatedMember> right = new ArrayList<>();
    List<SimulatedMember> all = new ArrayList<>(cluster.living());
    SimulatedMember bridge = random.pick(all);
    all.remove(bridge);
    for (SimulatedMember member : all) {
      boolean toTheLeft =
          right.size() > left.size() || (right.size() == left.size() && random.chance(0.5));
      (toTheLeft ? left : right).add(member);
    }
    cluster.note("!", () -> "bridge " + bridge + " between " + left + " and " + right);
    boolean oneWay = random.chance(0.2);
    for (SimulatedMember one : left) {
      for (SimulatedMember other : right) {
        nemesis.cutLink(one.id(), other.id(), length);
        if (!oneWay) {
          nemesis.cutLink(other.id(), one.id(), length);
        }
      }
    }
  }

  /**
   * Cuts two sides of a whole cluster apart, when the cut before is over, so that whatever callers
   * wait for afterwards is due to this cut.
   */
  void strikeAlone(Nemesis nemesis) {
    long now = cluster.events().now();
    if (now >= until && isWhole()) {
      long suspendAfter = cluster.plan().suspendAfter();
      long length = (long) (suspendAfter * (1 + 4 * random.nextDouble()));
      until = now + length + 2 * suspendAfter;
      cluster.waitJudge().steady();
      strike(nemesis, length);
    }
  }

  private boolean isWhole() {
    List<SimulatedMember> living = cluster.living();
    ClusterState state = living.get(0).state();
    if (state == null
        || state.members().size() < cluster.plan().founders()
        || state.caches().size() < cluster.plan().copies().size()) {
      return false;
    }
    for (int number = 0; number < state.partitionCount(); number++) {
      PartitionAssignment partition = state.partition(number);
      int copies = state.groupOf(number).copies();
      if (partition.inSync().size() < Math.min(copies, state.members().size())) {
        return false;
      }
    }
    return living.stream().allMatch(member -> state.equals(member.state()) && member.holdsLease());
  }
}
