package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what an operator asked for. A ballot is given up only if a request named it, or by one of
 * two voters. Where nothing but planned changes happens, another leader is there before anybody
 * could have noticed a silence, and a primary that was moved while all was quiet stays where it is
 * until the members change.
 */
final class OperatorJudge {

  private final SimulatedCluster cluster;

  private final Set<Ballot> asked = new HashSet<>();
  private final Set<Ballot> givenUp = new HashSet<>();
  private Ballot newest = Ballot.NONE;

  private final Set<Command> moves = new HashSet<>();
  private final Map<Integer, Command.TransferPrimary> expected = new HashMap<>();
  private long slot = -1;
  private long placedAt;
  private boolean suspended;

  OperatorJudge(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** A member sends a message. */
  void sent(SimulatedMember from, ControlMessage message) {
    if (message instanceof ControlMessage.StepDown request) {
      asked.add(request.ballot());
    } else if (message instanceof ControlMessage.Consensus consensus) {
      if (consensus.message() instanceof ConsensusMessage.Heartbeat heartbeat) {
        leads(heartbeat.ballot());
      } else if (consensus.message() instanceof ConsensusMessage.HandOver handover) {
        handsOver(from, handover.ballot());
      }
    }
  }

  private void leads(Ballot ballot) {
    if (ballot.compareTo(newest) > 0) {
      newest = ballot;
      expected.clear(); // a new leader plans anew
    }
  }

  /**
   * Of two voters the one whose seat goes hands over unasked, perhaps just when a third is added
   * (seed 83035).
   */
  private void handsOver(SimulatedMember from, Ballot ballot) {
    ClusterState state = from.state(); // null if it is not admitted yet and only votes
    boolean ofTwo = state == null || state.voters().size() == 2;
    boolean stays = !ofTwo && isActive(state.members().get(from.id()));
    if (!asked.contains(ballot) && stays) {
      throw new RuleBroken("4.1", "ballot " + ballot + " was given up and nobody asked for it");
    }
    if (givenUp.add(ballot) && cluster.plan().plannedOnly()) {
      cluster.statistics().count("leaders that handed over in planned changes");
      cluster
          .events()
          .after(
              // An election takes some messages, one after the other (seed 215574).
              cluster.plan().lease() * 3 / 4 + 10 * cluster.plan().network().meanDelay(),
              () -> {
                if (newest.compareTo(ballot) <= 0) {
                  throw new RuleBroken("4.1", "nobody leads soon after " + ballot);
                }
              });
    }
  }

  private static boolean isActive(Member member) {
    return member != null && member.state() == MemberState.ACTIVE;
  }

  /** An operator asks for a move. */
  void asked(Command.TransferPrimary move) {
    moves.add(move);
  }

  /** A slot was applied somewhere in a run of planned changes. */
  void applied(ClusterState before, ClusterState after, List<Command> commands) {
    if (after.slot() <= slot) {
      return;
    }
    slot = after.slot();
    long now = cluster.events().now();
    suspended |=
        after.members().values().stream()
            .anyMatch(member -> member.state() == MemberState.SUSPENDED);
    if (before == null || before.slot() + 1 != slot || suspended || !sameMembers(before, after)) {
      expected.clear();
      placedAt = now;
      return;
    }
    for (Command command : commands) {
      if (command instanceof Command.TransferPrimary move) {
        moved(move, now - placedAt > cluster.plan().lease() / 2 && isSettled(before));
      }
    }
    boolean placed =
        commands.stream()
            .anyMatch(
                command -> !(command instanceof Command.ClearRevoked) && !moves.contains(command));
    if (placed) {
      placedAt = now;
    }
  }

  private void moved(Command.TransferPrimary move, boolean quiet) {
    if (moves.contains(move)) {
      if (quiet) {
        cluster.statistics().count("moves that have to last");
        expected.put(move.partition(), move);
      } else {
        expected.remove(move.partition());
      }
    } else if (expected.containsKey(move.partition()) && !isAnothersWish(move)) {
      throw new RuleBroken("4.13", "what an operator moved was moved back by " + move);
    }
  }

  /** Of two operators who asked before either move the last one is obeyed (seed 180327). */
  private boolean isAnothersWish(Command.TransferPrimary move) {
    long askedIn = expected.get(move.partition()).epoch();
    return moves.contains(new Command.TransferPrimary(move.partition(), askedIn, move.to()));
  }

  /** All are active and nobody learns: what still has to move would have been moving. */
  private static boolean isSettled(ClusterState state) {
    return state.members().values().stream()
            .allMatch(member -> member.state() == MemberState.ACTIVE)
        && state.groups().stream()
            .flatMap(group -> group.partitions().stream())
            .allMatch(partition -> partition.learners().isEmpty());
  }

  private static boolean sameMembers(ClusterState before, ClusterState after) {
    return before.rebalancingPaused() == after.rebalancingPaused()
        && before.members().equals(after.members())
        && before.groups().size() == after.groups().size();
  }
}
