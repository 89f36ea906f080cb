package io.henge.replication.membership;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.topology.MemberId;
import java.util.List;

/**
 * What control planes say to each other. Every message may be lost, late, repeated or reordered.
 * Those that mean something only inside one cluster carry its id, so that two clusters that meet
 * never mix.
 */
public sealed interface ControlMessage {

  /**
   * An incarnation introduces itself.
   *
   * @param clusterName refused if it is not the receiver's
   * @param formatVersion version of frames and log entries that the sender speaks
   * @param self the sender
   * @param bootstrap whether the sender may found
   * @param startedAt orders founders, wall clock milliseconds
   * @param cluster the cluster the sender is in, null if it is in none
   * @param remembered the cluster that the sender was in before it restarted, and wants to go on
   *     with; null if there is none
   * @param answer true if the receiver need not answer
   */
  record Hello(
      String clusterName,
      int formatVersion,
      Member self,
      NodeBootstrap bootstrap,
      long startedAt,
      ClusterIdentity cluster,
      ClusterIdentity remembered,
      boolean answer)
      implements ControlMessage {}

  /**
   * Slot 0 of a cluster that the listed voters found together (PROTOCOL 4.4); its members are the
   * founders.
   */
  record Genesis(Ballot ballot, ClusterState state) implements ControlMessage {}

  /** Asks a founding host with durable memory for its promise; all must list the same hosts. */
  record FoundingPrepare(Ballot ballot, List<String> hosts) implements ControlMessage {
    public FoundingPrepare {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * The answer: a promise if {@code promised} is the ballot asked for, else a refusal.
   *
   * @param acceptedAt the ballot of {@code accepted}
   * @param accepted the slot 0 accepted last, null if none
   */
  record FoundingPromise(Ballot ballot, Ballot promised, Ballot acceptedAt, ClusterState accepted)
      implements ControlMessage {}

  /** Asks a founding host with durable memory to accept a slot 0. */
  record FoundingAccept(Ballot ballot, List<String> hosts, ClusterState slotZero)
      implements ControlMessage {
    public FoundingAccept {
      hosts = List.copyOf(hosts);
    }
  }

  /** The sender accepted, and will remember it. */
  record FoundingAccepted(Ballot ballot) implements ControlMessage {}

  /**
   * The sender will start with the slot 0 of this ballot once every founder accepted it, and
   * accepts none of a lower ballot any more.
   */
  record GenesisAccepted(Ballot ballot) implements ControlMessage {}

  /** The sender, or whom it forwards for, asks to become a member. */
  record JoinRequest(MemberId clusterId, Member joiner) implements ControlMessage {}

  /** The receiver is a member; here is the state to start from. */
  record Welcome(ClusterState state) implements ControlMessage {}

  /** The receiver is no member any more, as of a slot that it has not applied. */
  record NotMember(MemberId clusterId, long slot) implements ControlMessage {}

  /** The sender knows a cluster that the receiver's cluster may have to give way to. */
  record Rival(MemberId clusterId, ClusterIdentity rival) implements ControlMessage {}

  /** A message between the replicas of the log; the sender by the id under which it votes. */
  record Consensus(MemberId clusterId, MemberId voter, ConsensusMessage message)
      implements ControlMessage {}

  /** Asks a voter to renew the sender's lease on what it knows up to {@code slot}. */
  record Renew(MemberId clusterId, long slot, long chain, long nonce) implements ControlMessage {}

  /** The voter renews: it has accepted nothing that the sender has not applied. */
  record RenewGranted(MemberId clusterId, MemberId voter, long nonce) implements ControlMessage {}

  /** The voter does not renew: it accepted something newer. */
  record RenewRefused(MemberId clusterId, long nonce, long revokeIndex) implements ControlMessage {}

  /** The voter has another history at the sender's slot. */
  record RenewDiverged(MemberId clusterId, MemberId voter, long nonce, long slot, long chain)
      implements ControlMessage {}

  /** The sender applied everything up to {@code slot}, so what that revoked of it is over. */
  record Confirm(MemberId clusterId, long slot) implements ControlMessage {}

  /** Asks the leader to propose. */
  record Propose(MemberId clusterId, Command command) implements ControlMessage {}

  /**
   * The leader asks the primary of an asynchronous partition to propose that a replica goes, once
   * it has taken over everything that the replica holds; to be repeated until it is gone.
   */
  record Release(MemberId clusterId, int partition, long epoch, MemberId replica)
      implements ControlMessage {}

  /** The sender's connection to {@code suspect} broke. */
  record Suspected(MemberId clusterId, MemberId suspect, String evidence)
      implements ControlMessage {}

  /** The sender has proof that {@code dead} is gone. */
  record ProvenDead(MemberId clusterId, MemberId dead, String witness) implements ControlMessage {}

  /** Asks the receiver to answer to the sender, which passes it on to {@code origin}. */
  record Probe(long nonce, MemberId origin) implements ControlMessage {}

  /** Asks the receiver to probe {@code target} for the sender. */
  record ProbeThrough(long nonce, MemberId target) implements ControlMessage {}

  /** {@code target} lives. */
  record ProbeAnswer(long nonce, MemberId origin, MemberId target) implements ControlMessage {}

  /** Asks the leader of this ballot to hand over to another voter. */
  record StepDown(MemberId clusterId, Ballot ballot) implements ControlMessage {}

  /**
   * A drill: asks the receiver to renew its lease no more for so many nanoseconds, as if it were
   * paused. It ends that by itself.
   */
  record HoldRenewals(MemberId clusterId, long nanos) implements ControlMessage {}

  /** The sender dropped its lease for good and goes. */
  record Leave(MemberId clusterId) implements ControlMessage {}

  /**
   * The sender wants to found what is left of the cluster again, under the id {@code successor}:
   * asks the receiver to stand still and to say what it knows.
   */
  record FoundAgain(MemberId clusterId, MemberId successor) implements ControlMessage {}

  /**
   * The sender stands still for the attempt {@code successor}.
   *
   * @param state the last state that it applied
   * @param accepted what it accepted last, null if nothing
   */
  record StandsStill(MemberId successor, ClusterState state, Proposal accepted)
      implements ControlMessage {}

  /** The sender does not, or no longer, stand still for the attempt. */
  record DoesNotStandStill(MemberId successor, String why) implements ControlMessage {}

  /** The founder has given the attempt up: whoever stands still goes on. */
  record GoOn(MemberId successor) implements ControlMessage {}

  /** The cluster is founded again, in this state: the receiver is to enter it. */
  record FoundedAgain(ClusterState first) implements ControlMessage {}

  /** The sender has entered the cluster that was founded again. */
  record HasEntered(MemberId successor) implements ControlMessage {}
}
