package io.henge.replication.membership;

import io.henge.replication.consensus.AcceptObserver;
import io.henge.replication.consensus.AcceptorState;
import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.Configuration;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.consensus.ConsensusOutput;
import io.henge.replication.consensus.ConsensusSettings;
import io.henge.replication.consensus.PaxosReplica;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.consensus.ReplicatedStateMachine;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * This member's replica of the log and the state that it made: joins consensus, the state machine
 * and the lease rules that have to see each slot.
 */
final class ClusterLog implements ReplicatedStateMachine, AcceptObserver, ConsensusOutput {

  /** Told of each slot after all rules and the output have seen it. */
  interface Listener {
    void applied(ClusterState before, ClusterState after, List<Command> decided, long now);
  }

  final LeaseGrantor grantor;
  final RevocationClock revocations;

  private final MemberId self;
  private final MemberId voter;
  private final MemoryKeeper keeper;
  private final Outbox outbox;
  private final ControlOutput output;
  private final ClusterStateMachine machine;
  private final LeaseCredit credit;
  private final LogHistory history = new LogHistory();
  private final Listener listener;
  private final ConsensusSettings consensus;
  private final PaxosReplica replica;
  private ClusterState state;
  private boolean leadershipChanged;

  /** Whether the output has seen a state: not before this member is one of the cluster's. */
  private boolean entered;

  /** Starts from {@code state}, which the output has not seen yet. */
  ClusterLog(
      Member self,
      ClusterState state,
      MemoryKeeper keeper,
      ControlParts parts,
      Outbox outbox,
      ControlOutput output,
      Listener listener,
      LongSupplier entropy,
      long now) {
    this.self = self.id();
    this.voter = self.voter().id();
    this.keeper = keeper;
    this.state = state;
    this.outbox = outbox;
    this.output = output;
    this.listener = listener;
    machine = parts.stateMachine();
    grantor = parts.leaseGrantor(now);
    credit = parts.leaseCredit(now);
    revocations = parts.revocationClock(state.timings().barrier());
    grantor.applied(state, true);
    AcceptorState before = keeper.acceptor();
    if (before.accepted() != null) {
      // What was accepted before the restart still forbids to renew anybody from before it (I12).
      grantor.accepted(before.accepted().slot(), before.accepted().batch(), now);
    }
    revocations.installed(state, now);
    history.put(state.slot(), state.chain());
    learnSeats();
    consensus = ConsensusSettings.forLease(state.timings().lease());
    replica =
        new PaxosReplica(
            voter,
            consensus,
            this,
            this,
            this,
            parts.patience(consensus, now),
            entropy,
            state.slot(),
            state.configuration(),
            before,
            now);
  }

  /**
   * Shows the output the first state if this member is in it.
   *
   * @param former the last state of the cluster of which this one was founded again, or null
   */
  void begin(ClusterState former, long now) {
    if (former == null) {
      show(null, state, List.of(), 0, now);
    } else {
      entered = true;
      output.foundedAgain(former, state, now);
    }
  }

  /** What this voter accepted for the slot after the log; null if nothing. */
  Proposal accepted() {
    return replica.accepted();
  }

  MemberId self() {
    return self;
  }

  /** The id under which this member votes. */
  MemberId voter() {
    return voter;
  }

  /** Whether this member is one of the cluster's, as far as it knows. */
  boolean isMember() {
    return state.members().containsKey(self);
  }

  ClusterState state() {
    return state;
  }

  LogHistory history() {
    return history;
  }

  boolean leading() {
    return replica.leading();
  }

  /** The member that leads as far as known, or null. */
  MemberId leader() {
    MemberId leader = replica.leader();
    if (leader == null) {
      return null;
    }
    return leader.equals(voter) ? self : outbox.seats().memberOf(leader);
  }

  /** The highest ballot under which a leader was heard. */
  Ballot leaderBallot() {
    return replica.leaderBallot();
  }

  /** Hands the leadership over to one of these voters; see {@link PaxosReplica#handOver}. */
  void handOver(Set<MemberId> candidates, long now) {
    replica.handOver(candidates, now);
  }

  Ballot ballot() {
    return replica.ballot();
  }

  /** Tells once whether leadership was won or lost since the last call. */
  boolean takeLeadershipChange() {
    boolean changed = leadershipChanged;
    leadershipChanged = false;
    return changed;
  }

  boolean fits(Command command) {
    return machine.fits(state, command);
  }

  void propose(Command command, long now) {
    propose(List.of(command), now);
  }

  /**
   * Hands commands to consensus at once; one that is too long for a slot is refused, and said so.
   */
  void propose(List<Command> commands, long now) {
    List<byte[]> encoded = new ArrayList<>(commands.size());
    for (Command command : commands) {
      byte[] bytes = CommandCodec.encode(command);
      if (bytes.length <= consensus.maxBatchBytes()) {
        encoded.add(bytes);
      } else {
        refuse(command, bytes.length);
      }
    }
    replica.propose(encoded, now);
  }

  private void refuse(Command command, int bytes) {
    outbox.event(
        ControlEvent.Kind.REFUSED,
        null,
        "a "
            + command.getClass().getSimpleName()
            + " of "
            + bytes
            + " bytes does not fit a slot of "
            + consensus.maxBatchBytes()
            + " bytes");
  }

  void onMessage(ControlMessage.Consensus message, long now) {
    replica.onMessage(message.voter(), message.message(), now);
  }

  /** Takes the state that a member welcomed this one with, if it is news. */
  void welcomed(ClusterState later, long now) {
    if (later.slot() > state.slot()) {
      replica.onMessage(
          voter,
          new ConsensusMessage.InstallSnapshot(later.slot(), ClusterStateCodec.encode(later)),
          now);
    }
  }

  void onStored(long number, long now) {
    replica.onStored(number, now);
  }

  void onTick(long now) {
    replica.onTick(now);
  }

  void onConnectionLost(MemberId peer, long now) {
    replica.onConnectionLost(outbox.seats().voterOf(peer), now);
  }

  @Override
  public Configuration apply(long slot, List<byte[]> batch, byte[] note, long now) {
    ClusterState before = state;
    ClusterStateMachine.Applied applied = machine.apply(before, slot, batch);
    long creditNanos = LeaseCredit.read(note);
    grantor.applied(applied.state(), !batch.isEmpty());
    if (!Revocations.of(applied.effective()).isEmpty()) {
      revocations.applied(slot, creditNanos, now);
    }
    keeper.applied(slot, batch, applied.state());
    advance(before, applied.state(), applied.effective(), creditNanos, now);
    if (entered) {
      output.entryApplied(applied.entry());
    }
    listener.applied(before, state, applied.decided(), now);
    return state.configuration();
  }

  @Override
  public byte[] snapshot() {
    return ClusterStateCodec.encode(state);
  }

  @Override
  public Configuration install(long slot, byte[] snapshot, long now) {
    ClusterState before = state;
    ClusterState installed = ClusterStateCodec.decode(snapshot);
    if (installed.slot() != slot || !installed.clusterId().equals(before.clusterId())) {
      throw new IllegalStateException(
          "a snapshot of slot "
              + installed.slot()
              + " of cluster "
              + installed.clusterId()
              + " came as slot "
              + slot
              + " of cluster "
              + before.clusterId());
    }
    grantor.applied(installed, true);
    revocations.installed(installed, now);
    keeper.entered(installed);
    advance(before, installed, List.of(), 0, now);
    listener.applied(before, state, List.of(), now);
    return state.configuration();
  }

  private void advance(
      ClusterState before, ClusterState after, List<Command> effective, long credit, long now) {
    state = after;
    history.put(after.slot(), after.chain());
    if (!before.voters().equals(after.voters())) {
      this.credit.votersChanged(now);
    }
    revocations.retain(after);
    learnSeats();
    show(before, after, effective, credit, now);
  }

  private void learnSeats() {
    for (Member member : state.members().values()) {
      outbox.seats().learn(member);
    }
  }

  private void show(
      ClusterState before, ClusterState after, List<Command> effective, long credit, long now) {
    if (entered) {
      output.stateApplied(before, after, effective, credit, now);
    } else if (after.members().containsKey(self)) {
      entered = true;
      output.stateApplied(null, after, List.of(), 0, now);
    }
  }

  @Override
  public byte[] accepted(long slot, List<byte[]> batch, long now) {
    return grantor.accepted(slot, batch, now);
  }

  @Override
  public byte[] chosen(long slot, List<byte[]> batch, List<byte[]> attachments, long now) {
    return credit.note(batch, attachments, now);
  }

  @Override
  public void send(MemberId to, ConsensusMessage message) {
    outbox.send(
        outbox.seats().memberOf(to),
        new ControlMessage.Consensus(state.clusterId(), voter, message));
  }

  @Override
  public void keepPromise(Ballot ballot) {
    keeper.promised(ballot);
  }

  @Override
  public void keepAcceptance(Proposal proposal) {
    keeper.accepted(proposal);
  }

  @Override
  public long awaitStored() {
    return keeper.awaitStored();
  }

  @Override
  public void leadership(boolean leading, Ballot ballot) {
    leadershipChanged = true;
  }
}
