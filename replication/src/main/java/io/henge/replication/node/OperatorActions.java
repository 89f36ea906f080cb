package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.ControlPlane;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.node.drill.DrillGuard;
import io.henge.replication.node.drill.DrillKind;
import io.henge.replication.node.drill.DrillMessage;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Set;

/**
 * What an operator may decide about the cluster. Each action returns when it is decided, which is
 * before it is done. Thread-safe.
 */
final class OperatorActions {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ClusterRequests requests;
  private final FoundingAgain foundingAgain;

  OperatorActions(ClusterRequests requests, FoundingAgain foundingAgain) {
    this.requests = requests;
    this.foundingAgain = foundingAgain;
  }

  /** See {@link Engine#foundAgain}. */
  String foundAgain(String clusterName, Set<MemberId> survivors) {
    return foundingAgain.run(clusterName, survivors);
  }

  /** Does nothing unless the member is active. */
  void drain(MemberId member) {
    requests.propose(
        "draining member " + member.abbreviated(),
        new Command.Drain(member),
        state -> stateOf(state, member) != MemberState.ACTIVE);
  }

  /** Does nothing unless the member drains. */
  void undrain(MemberId member) {
    requests.propose(
        "ending the drain of member " + member.abbreviated(),
        new Command.Undrain(member),
        state -> stateOf(state, member) != MemberState.DRAINING);
  }

  /** Does nothing if there is no such member. */
  void setWeight(MemberId member, double weight) {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of a member is " + weight + ", must be a positive finite number");
    }
    requests.propose(
        "setting the weight of member " + member.abbreviated(),
        new Command.SetWeight(member, weight),
        state -> {
          Member known = state.members().get(member);
          return known == null || known.weight() == weight;
        });
  }

  void pauseRebalancing(boolean paused) {
    requests.propose(
        (paused ? "pausing" : "resuming") + " the rebalancing",
        new Command.PauseRebalancing(paused),
        state -> state.rebalancingPaused() == paused);
  }

  /**
   * Makes another in-sync replica of a partition its primary.
   *
   * @param epoch the partition's epoch as the operator saw it
   * @throws OperationRefusedException if the partition is of another epoch, or the member cannot
   *     lead it
   */
  void movePrimary(int partition, long epoch, MemberId to) {
    String what = "moving the primary of partition " + partition + " to " + to.abbreviated();
    ClusterState before = requests.state(what);
    if (partition < 0 || partition >= before.partitionCount()) {
      throw new IllegalArgumentException(
          "there is no partition " + partition + " but 0 to " + (before.partitionCount() - 1));
    }
    String reason = whyNot(before, before.partition(partition), epoch, to);
    if (reason != null) {
      throw new OperationRefusedException(what + ": " + reason);
    }
    PartitionAssignment after =
        requests
            .propose(
                what,
                new Command.TransferPrimary(partition, epoch, to),
                state -> state.partition(partition).epoch() != epoch)
            .partition(partition);
    if (!to.equals(after.primary())) {
      throw new OperationRefusedException(what + ": " + movedOn(after));
    }
  }

  private static String whyNot(
      ClusterState state, PartitionAssignment partition, long epoch, MemberId to) {
    if (partition.epoch() != epoch) {
      return movedOn(partition);
    } else if (to.equals(partition.primary())) {
      return "it is the primary already";
    } else if (!partition.inSync().contains(to)) {
      return "it holds no copy in sync; only "
          + partition.inSync().stream().map(MemberId::abbreviated).toList()
          + " do";
    }
    MemberState target = stateOf(state, to);
    return target == MemberState.ACTIVE ? null : "it is " + target + ", must be ACTIVE";
  }

  private static String movedOn(PartitionAssignment partition) {
    return "the partition has changed at slot " + partition.epoch() + ": look at it again";
  }

  /**
   * Lets the leader hand over to another voter. Returns when another one leads.
   *
   * @param leader who is to lead no longer
   * @throws OperationRefusedException if it does not lead, or if no other voter could
   */
  void stepDown(MemberId leader) {
    String what = "letting member " + leader.abbreviated() + " hand over the lead";
    if (requests.state(what).successorsOf(leader).isEmpty()) {
      throw new OperationRefusedException(what + ": no other active member votes");
    }
    MemberId known = requests.repeat(what, node -> {}, Incarnation::leader);
    if (!known.equals(leader)) {
      throw new OperationRefusedException(
          what + ": it does not lead, but " + known.abbreviated() + " does");
    }
    requests.repeat(
        what,
        node -> node.onControl((plane, now) -> plane.stepDown(leader, now)),
        node -> leader.equals(node.leader()) ? null : node.leader());
  }

  /**
   * A drill: a member renews its lease no more for a while, as if it were paused. Returns when it
   * was asked to; it ends that by itself.
   *
   * @param millis at least 1, at most 60 s, and at most half of what a suspended member is kept for
   */
  void holdRenewals(MemberId member, long millis) {
    String what = "holding the renewals of member " + member.abbreviated();
    ClusterState state = requests.state(what);
    long most =
        Math.min(
            ControlPlane.MOST_HELD_NANOS / NANOS_PER_MILLI,
            state.timings().removeAfter() / NANOS_PER_MILLI / 2);
    if (millis < 1 || millis > most) {
      throw new IllegalArgumentException(
          what + " for " + millis + " ms; must be from 1 to " + most);
    }
    if (stateOf(state, member) != MemberState.ACTIVE) {
      throw new OperationRefusedException(what + ": it is " + stateOf(state, member));
    }
    requests
        .repeat(what, node -> {}, node -> node.state() == null ? null : node)
        .onControl((plane, now) -> plane.holdRenewals(member, millis * NANOS_PER_MILLI, now));
  }

  /**
   * A drill: another member ends as if its process had been killed, and begins again. Returns when
   * that member has agreed.
   *
   * @throws OperationRefusedException if it does not; the message says why
   */
  void crashDrill(MemberId member) {
    drill(member, DrillKind.CRASH, 0);
  }

  /**
   * A drill: another member is cut off from all others for a while, and ends that by itself.
   * Returns when that member has agreed.
   *
   * @param millis at least 1, at most 60 s, and at most half of what a suspended member is kept for
   * @throws OperationRefusedException if it does not; the message says why
   */
  void cutDrill(MemberId member, long millis) {
    drill(member, DrillKind.CUT, millis);
  }

  private void drill(MemberId member, DrillKind kind, long millis) {
    String what = kind.text() + " of member " + member.abbreviated();
    ClusterState state = requests.state(what);
    if (stateOf(state, member) != MemberState.ACTIVE) {
      throw new OperationRefusedException(what + ": it is " + stateOf(state, member));
    }
    long most = DrillGuard.mostCutMillis(state);
    if (kind == DrillKind.CUT && (millis < 1 || millis > most)) {
      throw new IllegalArgumentException(
          what + " for " + millis + " ms; must be from 1 to " + most);
    }
    DrillMessage.Order order =
        new DrillMessage.Order(System.nanoTime(), kind, millis * NANOS_PER_MILLI);
    String refusal =
        requests.repeat(
            what,
            node -> ask(what, node, member, order),
            node -> {
              String answer = node.drills().answer(order.number());
              // The answer of a member that agreed may have been lost with it.
              return answer == null && node.state() != null && isGone(node.state(), member)
                  ? ""
                  : answer;
            });
    if (!refusal.isEmpty()) {
      throw new OperationRefusedException(what + ": " + refusal);
    }
  }

  private static void ask(
      String what, Incarnation node, MemberId member, DrillMessage.Order order) {
    if (member.equals(node.self())) {
      throw new OperationRefusedException(
          what + ": a member could not tell of its own; ask another one");
    }
    node.drills().ask(member, order);
  }

  private static boolean isGone(ClusterState state, MemberId member) {
    MemberState now = stateOf(state, member);
    return now == null || now == MemberState.SUSPENDED;
  }

  private static MemberState stateOf(ClusterState state, MemberId id) {
    Member member = state.members().get(id);
    return member == null ? null : member.state();
  }
}
