package io.henge.replication.membership;

import io.henge.replication.consensus.AcceptObserver;
import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.Configuration;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.consensus.ConsensusOutput;
import io.henge.replication.consensus.ConsensusSettings;
import io.henge.replication.consensus.PaxosReplica;
import io.henge.replication.consensus.ReplicatedStateMachine;
import io.henge.replication.topology.MemberId;
import java.util.List;
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

  /** Starts from {@code state}, which the output has not seen yet. */
  ClusterLog(
      MemberId self,
      ClusterState state,
      ControlParts parts,
      Outbox outbox,
      ControlOutput output,
      Listener listener,
      LongSupplier entropy,
      long now) {
    this.self = self;
    this.state = state;
    this.outbox = outbox;
    this.output = output;
    this.listener = listener;
    machine = parts.stateMachine();
    grantor = parts.leaseGrantor(now);
    credit = parts.leaseCredit(now);
    revocations = parts.revocationClock(state.timings().barrier());
    grantor.applied(state, true);
    revocations.installed(state, now);
    history.put(state.slot(), state.chain());
    consensus = ConsensusSettings.forLease(state.timings().lease());
    replica =
        new PaxosReplica(
            self, consensus, this, this, this, entropy, state.slot(), state.configuration(), now);
  }

  MemberId self() {
    return self;
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

  /** The leader as far as known, or null. */
  MemberId leader() {
    return replica.leader();
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

  /** Hands a command to consensus; one that is too long for a slot is refused, and said so. */
  void propose(Command command, long now) {
    byte[] bytes = CommandCodec.encode(command);
    if (bytes.length <= consensus.maxBatchBytes()) {
      replica.propose(bytes, now);
      return;
    }
    outbox.event(
        ControlEvent.Kind.REFUSED,
        null,
        "a "
            + command.getClass().getSimpleName()
            + " of "
            + bytes.length
            + " bytes does not fit a slot of "
            + consensus.maxBatchBytes()
            + " bytes");
  }

  void onMessage(MemberId from, ConsensusMessage message, long now) {
    replica.onMessage(from, message, now);
  }

  void onTick(long now) {
    replica.onTick(now);
  }

  void onConnectionLost(MemberId peer, long now) {
    replica.onConnectionLost(peer, now);
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
    advance(before, applied.state(), applied.effective(), creditNanos, now);
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
    output.stateApplied(before, after, effective, credit, now);
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
    outbox.send(to, new ControlMessage.Consensus(state.clusterId(), message));
  }

  @Override
  public void leadership(boolean leading, Ballot ballot) {
    leadershipChanged = true;
  }
}
