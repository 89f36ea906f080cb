package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One process of a {@link SimulatedCluster}: runs, is paused with its inbox waiting, or is dead.
 */
final class SimulatedMember implements ConsensusOutput, AcceptObserver {

  private final SimulatedCluster cluster;
  private final int index;
  private final MemberId id;
  private final TestMachine machine;
  private final PaxosReplica replica;
  private final java.util.ArrayDeque<Runnable> waiting = new java.util.ArrayDeque<>();
  private boolean dead;
  private boolean paused;
  private final long clockOffset;
  private final double clockRate;

  SimulatedMember(SimulatedCluster cluster, int index, TestMachine machine) {
    this.cluster = cluster;
    this.index = index;
    this.id = SimulatedCluster.idOf(index);
    this.machine = machine;
    this.clockOffset =
        cluster.random().nextBoolean()
            ? cluster.random().nextLong()
            : Long.MAX_VALUE - cluster.random().nextLong(3_000 * SimulatedCluster.MILLISECOND);
    this.clockRate = 0.95 + cluster.random().nextDouble() * 0.1;
    ChosenLog log =
        cluster.variant().voterChangesPerSlot() == 1
            ? new ChosenLog(machine, cluster.settings(), machine.slot(), machine.configuration())
            : new ChosenLogWithoutVoterRule(
                machine, cluster.settings(), machine.slot(), machine.configuration());
    this.replica =
        new PaxosReplica(
            id,
            cluster.settings(),
            log,
            new RecordingAcceptor(cluster.variant().acceptors().get()),
            cluster.variant().proposers(),
            this,
            this,
            cluster.variant().patience().create(cluster.settings(), clock()),
            () -> cluster.random().nextLong() >>> 1,
            clock());
  }

  /** Its own monotonic clock: starts anywhere, may overflow, and runs up to 5 % wrong. */
  private long clock() {
    return clockOffset + (long) (cluster.now() * clockRate);
  }

  int index() {
    return index;
  }

  MemberId id() {
    return id;
  }

  TestMachine machine() {
    return machine;
  }

  PaxosReplica replica() {
    return replica;
  }

  boolean isDead() {
    return dead;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isRunning() {
    return !dead && !paused;
  }

  void kill() {
    dead = true;
    waiting.clear();
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    // The timers of a process that was stopped usually fire before its sockets are read.
    if (!dead && cluster.random().nextBoolean()) {
      replica.onTick(clock());
    }
    while (!dead && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  void receive(MemberId from, ConsensusMessage message) {
    if (paused && !dead) {
      waiting.add(() -> replica.onMessage(from, message, clock()));
    } else if (!dead) {
      replica.onMessage(from, message, clock());
    }
  }

  void tick() {
    if (isRunning()) {
      replica.onTick(clock());
    }
  }

  void propose(byte[] command) {
    if (isRunning()) {
      replica.propose(command, clock());
    }
  }

  void handOver(Set<MemberId> candidates) {
    if (isRunning()) {
      replica.handOver(candidates, clock());
    }
  }

  void hint(MemberId lost) {
    if (isRunning()) {
      replica.onConnectionLost(lost, clock());
    }
  }

  @Override
  public void send(MemberId to, ConsensusMessage message) {
    cluster.send(index, to, message);
  }

  @Override
  public void leadership(boolean leading, Ballot ballot) {
    if (leading) {
      cluster.checker().led(id, ballot);
    }
  }

  @Override
  public byte[] accepted(long slot, List<byte[]> batch, long now) {
    return new WireWriter(24).writeMember(id).writeLong(slot).toByteArray();
  }

  @Override
  public byte[] chosen(long slot, List<byte[]> batch, List<byte[]> attachments, long now) {
    Set<MemberId> quorum = new TreeSet<>();
    for (byte[] attachment : attachments) {
      WireReader in = new WireReader(attachment);
      quorum.add(in.readMember());
      if (in.readLong() != slot) {
        throw new AssertionError("an attachment of another slot");
      }
    }
    if (quorum.size() != attachments.size()) {
      throw new AssertionError("an attachment counted twice");
    }
    return new byte[] {(byte) quorum.size()};
  }

  /** Reports what the acceptor accepts, whatever rules that one keeps. */
  private final class RecordingAcceptor extends Acceptor {

    private final Acceptor acceptor;

    RecordingAcceptor(Acceptor acceptor) {
      this.acceptor = acceptor;
    }

    @Override
    Ballot promised() {
      return acceptor.promised();
    }

    @Override
    Proposal accepted(long slot) {
      return acceptor.accepted(slot);
    }

    @Override
    boolean promise(Ballot ballot) {
      return acceptor.promise(ballot);
    }

    @Override
    boolean accept(Proposal proposal) {
      boolean accepted = acceptor.accept(proposal);
      if (accepted) {
        cluster.checker().accepted(id, proposal);
      }
      return accepted;
    }
  }

  /** Lets the tests of arbitrary voter changes pass the assertion of invariant I3. */
  private static final class ChosenLogWithoutVoterRule extends ChosenLog {

    ChosenLogWithoutVoterRule(
        ReplicatedStateMachine machine,
        ConsensusSettings settings,
        long applied,
        Configuration configuration) {
      super(machine, settings, applied, configuration);
    }

    @Override
    void requireOneVoterChange(long slot, Configuration before, Configuration after) {}
  }
}
