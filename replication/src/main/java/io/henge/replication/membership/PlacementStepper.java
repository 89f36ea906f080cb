package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Moves replicas towards the goal by explicit small steps (PROTOCOL 4.9, 4.10): learners first,
 * primaries when their successor is in sync, surplus replicas last. Primaries promote learners
 * themselves. At most one proposal per partition is under way, and only so many transfers.
 */
final class PlacementStepper {

  private final ClusterLog log;
  private final PlacementGoals goals;
  private final ProposalBook proposals;
  private final int learnersInFlight;

  PlacementStepper(
      ClusterLog log, PlacementGoals goals, ProposalBook proposals, int learnersInFlight) {
    this.log = log;
    this.goals = goals;
    this.proposals = proposals;
    this.learnersInFlight = learnersInFlight;
  }

  void tick(long now) {
    ClusterState state = log.state();
    List<Command> additions = new ArrayList<>();
    for (int group = 0; group < state.groups().size(); group++) {
      List<List<MemberId>> wanted = goals.of(state, group);
      for (int i = 0; i < state.partitionsPerGroup(); i++) {
        int number = group * state.partitionsPerGroup() + i;
        PartitionAssignment partition = state.partition(number);
        if (partition.inSync().isEmpty() || proposals.isOutstanding(number, now)) {
          continue;
        }
        int copies = Math.min(state.groups().get(group).copies(), wanted.get(i).size());
        Command step = step(state, number, partition, wanted.get(i), copies);
        if (step instanceof Command.AddLearner) {
          additions.add(step);
        } else if (step != null) {
          proposals.propose(step, now);
        }
      }
    }
    addLearners(state, additions, now);
  }

  /** Partitions with the fewest copies first, as many as the bound allows. */
  private void addLearners(ClusterState state, List<Command> additions, long now) {
    int free = learnersInFlight - inFlight(state);
    additions.sort(
        Comparator.comparingInt(
            step -> state.partition(((Command.AddLearner) step).partition()).inSync().size()));
    for (Command addition : additions) {
      if (free <= 0) {
        return;
      }
      if (proposals.propose(addition, now)) {
        free--;
      }
    }
  }

  private static int inFlight(ClusterState state) {
    int count = 0;
    for (PartitionGroup group : state.groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        for (MemberId learner : partition.learners()) {
          // A suspended member's replicas wait for it; nothing is sent to them.
          if (isActive(state, learner)) {
            count++;
          }
        }
      }
    }
    return count;
  }

  /** The next step of one partition, or null if it is where it should be. */
  private static Command step(
      ClusterState state,
      int number,
      PartitionAssignment partition,
      List<MemberId> wanted,
      int copies) {
    if (wanted.isEmpty()) {
      return null;
    }
    for (MemberId learner : partition.learners()) {
      if (!wanted.contains(learner)) {
        return new Command.DropLearner(number, learner);
      }
    }
    for (MemberId member : wanted) {
      if (!partition.holds(member) && isActive(state, member)) {
        return new Command.AddLearner(number, member);
      }
    }
    MemberId successor = successor(state, partition, wanted);
    if (successor != null && !successor.equals(partition.primary())) {
      return new Command.TransferPrimary(number, partition.epoch(), successor);
    }
    for (MemberId surplus : partition.inSync()) {
      boolean spared = partition.inSync().stream().filter(wanted::contains).count() >= copies;
      if (!wanted.contains(surplus) && spared) {
        return new Command.ShrinkInSync(number, partition.epoch(), surplus, false);
      }
    }
    return null;
  }

  /** The wanted primary once it is in sync; until then whoever is, if the present one has to go. */
  private static MemberId successor(
      ClusterState state, PartitionAssignment partition, List<MemberId> wanted) {
    MemberId first = wanted.get(0);
    if (partition.inSync().contains(first)) {
      return isActive(state, first) ? first : null;
    }
    if (wanted.contains(partition.primary())) {
      return null;
    }
    return partition.inSync().stream()
        .filter(member -> wanted.contains(member) && isActive(state, member))
        .findFirst()
        .orElse(null);
  }

  private static boolean isActive(ClusterState state, MemberId member) {
    Member known = state.members().get(member);
    return known != null && known.state() == MemberState.ACTIVE;
  }
}
