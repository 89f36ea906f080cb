package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.topology.MemberId;
import java.util.function.Predicate;

/**
 * What an operator may decide about the cluster. Each action returns when it is decided, which is
 * before it is done. Thread-safe.
 */
final class OperatorActions {

  /** Brings a command into the log. */
  interface Proposer {

    /**
     * Proposes a command, if there is one, until the state is as wanted.
     *
     * @param what the action, for the message of the exception
     * @throws OperationRefusedException if that takes longer than the operation timeout
     */
    ClusterState propose(String what, Command command, Predicate<ClusterState> done);
  }

  private final Proposer proposer;

  OperatorActions(Proposer proposer) {
    this.proposer = proposer;
  }

  /** Does nothing unless the member is active. */
  void drain(MemberId member) {
    proposer.propose(
        "draining member " + member.abbreviated(),
        new Command.Drain(member),
        state -> stateOf(state, member) != MemberState.ACTIVE);
  }

  /** Does nothing unless the member drains. */
  void undrain(MemberId member) {
    proposer.propose(
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
    proposer.propose(
        "setting the weight of member " + member.abbreviated(),
        new Command.SetWeight(member, weight),
        state -> {
          Member known = state.members().get(member);
          return known == null || known.weight() == weight;
        });
  }

  void pauseRebalancing(boolean paused) {
    proposer.propose(
        (paused ? "pausing" : "resuming") + " the rebalancing",
        new Command.PauseRebalancing(paused),
        state -> state.rebalancingPaused() == paused);
  }

  private static MemberState stateOf(ClusterState state, MemberId id) {
    Member member = state.members().get(id);
    return member == null ? null : member.state();
  }
}
