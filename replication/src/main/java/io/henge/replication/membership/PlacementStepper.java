package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Moves replicas towards the goal by explicit small steps (PROTOCOL 4.9, 4.10): learners first,
 * primaries when their successor is in sync, surplus replicas last. Primaries promote learners
 * themselves. At most one proposal per partition is under way, and only so many transfers.
 */
final class PlacementStepper {

  /**
   * Primaries moved and replicas dropped at a time: each takes its partition a round trip, and all
   * at once would make the last of them wait for the first.
   */
  private static final int MOVES_AT_A_TIME = 32;

  private final ClusterLog log;
  private final PlacementGoals goals;
  private final ProposalBook proposals;
  private final MoveLimits limits;
  private final PlannedChangeRules rules;
  private final Outbox outbox;

  PlacementStepper(
      ClusterLog log,
      PlacementGoals goals,
      ProposalBook proposals,
      MoveLimits limits,
      PlannedChangeRules rules,
      Outbox outbox) {
    this.log = log;
    this.goals = goals;
    this.proposals = proposals;
    this.limits = limits;
    this.rules = rules;
    this.outbox = outbox;
  }

  void tick(long now) {
    ClusterState state = log.state();
    List<Command.AddLearner> additions = new ArrayList<>();
    int moves = 0;
    for (int group = 0; group < state.groups().size(); group++) {
      List<List<MemberId>> wanted = goals.of(state, group);
      for (int i = 0; i < state.partitionsPerGroup(); i++) {
        int number = group * state.partitionsPerGroup() + i;
        PartitionAssignment partition = state.partition(number);
        if (partition.inSync().isEmpty() || proposals.isOutstanding(number, now)) {
          continue;
        }
        Command step = step(state, number, partition, wanted.get(i), goals.copies(state, group));
        if (step instanceof Command.AddLearner addition) {
          additions.add(addition);
        } else if (step instanceof Command.ShrinkInSync shrink && isForPrimary(state, group)) {
          if (moves++ < MOVES_AT_A_TIME) {
            release(state, partition.primary(), shrink);
          }
        } else if (step != null && moves < MOVES_AT_A_TIME && proposals.propose(step, now)) {
          moves++;
        }
      }
    }
    addLearners(state, additions, now);
  }

  /** Whether answers may be ahead of the replicas, so that only the primary knows who may go. */
  private boolean isForPrimary(ClusterState state, int group) {
    return rules.primaryReleases()
        && state.groups().get(group).mode() instanceof ReplicationMode.Async;
  }

  private void release(ClusterState state, MemberId primary, Command.ShrinkInSync shrink) {
    outbox.send(
        primary,
        new ControlMessage.Release(
            state.clusterId(), shrink.partition(), shrink.epoch(), shrink.member()));
  }

  /** Partitions with the fewest lasting copies first, as many as the limits allow. */
  private void addLearners(ClusterState state, List<Command.AddLearner> additions, long now) {
    if (additions.isEmpty()) {
      return;
    }
    TransferSlots slots = new TransferSlots(limits, state);
    for (Command.AddLearner proposed : proposals.additions()) {
      MemberId sender = state.partition(proposed.partition()).primary();
      if (sender != null) {
        slots.count(sender, proposed.member());
      }
    }
    additions.sort(
        Comparator.comparingLong(step -> lastingCopies(state, state.partition(step.partition()))));
    for (Command.AddLearner addition : additions) {
      MemberId sender = state.partition(addition.partition()).primary();
      if (slots.free(sender, addition.member()) && proposals.propose(addition, now)) {
        slots.count(sender, addition.member());
      }
    }
  }

  private static long lastingCopies(ClusterState state, PartitionAssignment partition) {
    return partition.inSync().stream().filter(member -> isActive(state, member)).count();
  }

  /** The next step of one partition, or null if it is where it should be. */
  private Command step(
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
    MemberId successor = successor(state, partition, wanted);
    if (successor != null && !successor.equals(partition.primary())) {
      return new Command.TransferPrimary(number, partition.epoch(), successor);
    }
    for (MemberId member : wanted) {
      if (!partition.holds(member) && isActive(state, member)) {
        return new Command.AddLearner(number, member);
      }
    }
    for (MemberId surplus : partition.inSync()) {
      if (isSurplus(partition, surplus, wanted, copies)) {
        return new Command.ShrinkInSync(number, partition.epoch(), surplus, false);
      }
    }
    return null;
  }

  /**
   * Tells whether a replica that a primary lets go is still to spare: members may have come, or the
   * plan have changed, since the primary was asked to.
   */
  boolean isSurplus(Command.ShrinkInSync released) {
    ClusterState state = log.state();
    if (!log.fits(released)) {
      return false;
    }
    int group = released.partition() / state.partitionsPerGroup();
    List<MemberId> wanted =
        goals.of(state, group).get(released.partition() % state.partitionsPerGroup());
    PartitionAssignment partition = state.partition(released.partition());
    return isSurplus(partition, released.member(), wanted, goals.copies(state, group));
  }

  private boolean isSurplus(
      PartitionAssignment partition, MemberId replica, List<MemberId> wanted, int copies) {
    int wantedInSync = (int) partition.inSync().stream().filter(wanted::contains).count();
    return !wanted.isEmpty() && !wanted.contains(replica) && rules.canSpare(wantedInSync, copies);
  }

  /**
   * The wanted primary once it is in sync; until then whoever is, if the present one has to go. A
   * new primary begins a transfer anew, so one that may stay does until none is under way.
   */
  private static MemberId successor(
      ClusterState state, PartitionAssignment partition, List<MemberId> wanted) {
    MemberId first = wanted.get(0);
    boolean mayStay = wanted.contains(partition.primary());
    boolean transferring =
        partition.learners().stream().anyMatch(learner -> isActive(state, learner));
    if (mayStay && transferring) {
      return null;
    }
    if (partition.inSync().contains(first)) {
      return isActive(state, first) ? first : null;
    }
    if (mayStay) {
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
