package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.MemberState;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;

/** An operator who wants another leader now and then, and other primaries. */
final class SimulatedOperator {

  /** A node repeats what it asks for until it is there. */
  private static final int REPEATS = 3;

  private final SimulatedCluster cluster;
  private final SeededRandom random;

  SimulatedOperator(SimulatedCluster cluster, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** Asks for something by way of a member. */
  void strike(SimulatedMember by) {
    if (random.chance(0.5)) {
      askLeaderToGo(by);
    } else {
      movePrimary(by);
    }
  }

  /** Asks a member to renew its lease no more for so long. */
  void drill(SimulatedMember by, SimulatedMember sufferer, long time) {
    cluster.note("!", () -> by + " has " + sufferer + " renew no more for " + time / 1_000_000);
    by.soon(() -> by.plane().holdRenewals(sufferer.id(), time, by.process().clock()));
  }

  private void askLeaderToGo(SimulatedMember by) {
    MemberId leader = by.plane().leader();
    if (!cluster.founded() || leader == null || leader.equals(by.id())) {
      return;
    }
    cluster.note("!", () -> by + " asks " + cluster.name(leader) + " to hand over");
    cluster.statistics().count("leaders asked to hand over");
    for (int i = 0; i < REPEATS; i++) {
      cluster
          .events()
          .after(
              i * cluster.plan().lease() / 2,
              () -> by.soon(() -> by.plane().stepDown(leader, by.process().clock())));
    }
  }

  private void movePrimary(SimulatedMember by) {
    ClusterState state = by.state();
    if (state == null || state.partitionCount() == 0) {
      return;
    }
    int number = random.below(state.partitionCount());
    PartitionAssignment partition = state.partition(number);
    List<MemberId> others =
        partition.inSync().stream()
            .filter(id -> !id.equals(partition.primary()))
            .filter(id -> state.members().get(id).state() == MemberState.ACTIVE)
            .toList();
    if (others.isEmpty()) {
      return;
    }
    Command.TransferPrimary move =
        new Command.TransferPrimary(number, partition.epoch(), random.pick(others));
    cluster.note("!", () -> by + " asks for " + move);
    cluster.statistics().count("primaries moved by an operator");
    cluster.operatorJudge().asked(move);
    by.soon(() -> by.propose(move));
  }
}
