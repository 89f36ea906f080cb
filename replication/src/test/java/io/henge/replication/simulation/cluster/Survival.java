package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Predicate;

/** Tells whether a cluster can live, and without whom: the nemesis does not kill it for good. */
final class Survival {

  private final SimulatedCluster cluster;

  Survival(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Tells whether the cluster lost the majority of its voters, though the nemesis takes care: while
   * it founds, when a voter dies that was just being made one, or when the last one that knew of a
   * slot dies with it and what the others know of names too many dead. With volatile voters that is
   * the end of it, and rightly so (PROTOCOL 4.4).
   */
  boolean headless() {
    ClusterState newest = cluster.newest();
    return newest != null
        && !(isMajority(newest, this::votes) && isMajority(newestKnown(newest), this::votes));
  }

  /** What those who live go by: nobody remembers for them without disks. */
  private ClusterState newestKnown(ClusterState newest) {
    return cluster.plan().has(Fault.DISKS)
        ? newest
        : cluster.living().stream()
            .map(SimulatedMember::state)
            .filter(Objects::nonNull)
            .max(Comparator.comparingLong(ClusterState::slot))
            .orElse(newest);
  }

  /** Tells whether there is a cluster that can live on its own: most of its voters know of it. */
  boolean founded() {
    ClusterState newest = cluster.newest();
    return newest != null
        && isMajority(newest, id -> votes(id) && voterLives(id, member -> member.state() != null));
  }

  /** Tells whether the others still have a majority and a copy of everything. */
  boolean possibleWithout(SimulatedMember victim) {
    ClusterState newest = cluster.newest();
    if (newest == null) {
      return cluster.plan().founders() > 1 && cluster.plan().has(Fault.EARLY_CRASH);
    }
    MemberId seat = victim.self().voter().id();
    if (!founded() || !isMajority(newest, id -> votes(id) && !id.equals(seat))) {
      return false;
    }
    for (int number = 0; number < newest.partitionCount(); number++) {
      PartitionAssignment partition = newest.partition(number);
      if (partition.inSync().stream()
          .noneMatch(id -> cluster.living(id) && !id.equals(victim.id()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMajority(ClusterState state, Predicate<MemberId> which) {
    return state.voters().stream().filter(which).count() > state.voters().size() / 2;
  }

  /** A voter whose disk failed will vote no more, whether it has noticed or not. */
  private boolean votes(MemberId voter) {
    return voterLives(voter, member -> member.directory() == null || !member.directory().broken());
  }

  private boolean voterLives(MemberId voter, Predicate<SimulatedMember> how) {
    return cluster.living().stream()
        .anyMatch(member -> member.self().voter().id().equals(voter) && how.test(member));
  }
}
