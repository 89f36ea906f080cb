package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.ControlEvent;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.membership.ControlOutput;
import io.henge.replication.membership.ControlPlane;
import io.henge.replication.membership.Hint;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.Memory;
import io.henge.replication.membership.VoterIdentity;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.world.SimulatedProcess;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One incarnation: the engine's pure parts wired as the real node wires them. */
final class SimulatedMember implements ControlOutput {

  private static final long TICK = 10_000_000;

  private final SimulatedCluster cluster;
  private final SimulatedProcess process;
  private final Member self;
  private final String label;
  private final ControlPlane plane;
  private final DataPlane dataPlane;
  private final SimulatedRelay relay;

  /** The host's data directory; null if it has none. */
  private final Directory directory;

  /** What the data plane wants proposed: the control plane must not be called back in its step. */
  private final Deque<Command> proposals = new ArrayDeque<>();

  private ClusterState state;
  private long leaseEnd = Long.MIN_VALUE;
  private boolean left;
  private boolean closing;
  private boolean expelled;

  SimulatedMember(
      SimulatedCluster cluster,
      SimulatedProcess process,
      Member member,
      Directory directory,
      SeededRandom random) {
    Memory found = directory == null ? null : directory.open(member.id());
    Memory memory = found == null ? null : cluster.parts().recovered(found);
    Member self = member;
    if (memory != null) {
      cluster.memoryJudge().remembers(memory);
      self = member.votingAs(memory.identity());
    } else if (directory != null) {
      self = member.votingAs(VoterIdentity.unable(member.id()));
    }
    this.cluster = cluster;
    this.process = process;
    this.self = self;
    this.label = self.name();
    this.directory = directory;
    this.plane = cluster.parts().controlPlane(cluster.settings(self), self, this, random, memory);
    this.dataPlane = new DataPlane(cluster, this);
    this.relay = new SimulatedRelay(cluster, this, self.id(), random.split("large frames"));
  }

  void start() {
    soon(() -> plane.start(process.clock()));
    process.every(TICK, () -> complete(this::tick));
  }

  private void tick() {
    relay.tick(process.clock());
    boolean lapsed = state != null && leaseEnd != Long.MIN_VALUE && present() && !holdsLease();
    if (lapsed && cluster.plan().plannedOnly()) {
      cluster.statistics().count("ticks without lease in planned changes");
    }
    plane.onTick(process.clock());
    if (!expelled) {
      dataPlane.tick();
      cluster.wantCaches(this);
    }
  }

  /** A message arrives. */
  void deliver(MemberId from, Object message) {
    soon(
        () -> {
          SimulatedRelay.Arrival arrival = relay.arrived(from, message);
          if (arrival != null) {
            handle(arrival.from(), arrival.message());
          }
        });
  }

  private void handle(MemberId from, Object message) {
    if (message instanceof ControlMessage control) {
      plane.onMessage(from, control, process.clock());
    } else if (!expelled
        && message instanceof OfCluster frame
        && cluster.parts().takesFrame(frame.cluster(), OfCluster.clusterOf(this))) {
      dataPlane.onMessage(from, frame.message());
    }
  }

  /** A rumour arrives. */
  void hint(Hint hint) {
    soon(() -> plane.onHint(hint, process.clock()));
  }

  /** Takes a step now, or after the present one or a pause. */
  void soon(Runnable step) {
    cluster.events().after(0, () -> process.step(() -> complete(step)));
  }

  private void complete(Runnable step) {
    step.run();
    while (!proposals.isEmpty()) {
      plane.propose(proposals.remove(), process.clock());
    }
  }

  /** Proposes a command when the present step is over. */
  void propose(Command command) {
    proposals.add(command);
  }

  /** Takes no new operations: it is about to go. */
  void close() {
    closing = true;
  }

  /** Tells whether its callers may begin operations. */
  boolean serves() {
    return present() && !closing;
  }

  /** Says goodbye and goes. */
  void leave() {
    left = true;
    soon(
        () -> {
          plane.leave(process.clock());
        });
  }

  /** Proposes a move of some partition though nothing is wrong. */
  void proposeSomeMove(SeededRandom random) {
    if (!process.running() || state == null || state.partitionCount() == 0) {
      return;
    }
    int number = random.below(state.partitionCount());
    PartitionAssignment partition = state.partition(number);
    if (partition.inSync().isEmpty()) {
      return;
    }
    MemberId someone = random.pick(List.copyOf(state.members().keySet()));
    MemberId replica = random.pick(partition.inSync());
    Command command =
        switch (random.below(4)) {
          case 0 -> new Command.TransferPrimary(number, partition.epoch(), replica);
          case 1 -> new Command.AddLearner(number, someone);
          case 2 ->
              new Command.ShrinkInSync(number, partition.epoch(), replica, random.chance(0.5));
          default -> new Command.DropLearner(number, someone);
        };
    soon(() -> propose(command));
  }

  /** Proposes to take a member out of an in-sync set, as of what this one knows. */
  void proposeShrink(int number, MemberId member) {
    soon(
        () ->
            propose(
                new Command.ShrinkInSync(number, state.partition(number).epoch(), member, true)));
  }

  @Override
  public void send(MemberId to, ControlMessage message) {
    cluster.send(this, to, message);
  }

  @Override
  public void stateApplied(
      ClusterState before, ClusterState after, List<Command> commands, long creditNanos, long now) {
    state = after;
    relay.applied(after);
    cluster.note(label, () -> "slot " + after.slot() + " " + commands);
    cluster.applied(this, before, after, commands, creditNanos);
    dataPlane.applied(after);
  }

  @Override
  public void foundedAgain(ClusterState before, ClusterState after, long now) {
    cluster.foundings().entered(this, before, after);
    dataPlane.foundedAgain();
    stateApplied(before, after, List.of(), 0, now);
    dataPlane.listenAgain();
  }

  @Override
  public void store(byte[] record, boolean replaces) {
    directory.write(record, replaces);
  }

  @Override
  public void awaitStored(long number) {
    directory.sync(
        this::soon,
        cluster.paxosJudge(),
        self.voter().id(),
        () -> plane.onStored(number, process.clock()),
        () -> cluster.parts().memoryFailed(plane, number, process.clock()));
  }

  /** The host's data directory, or null. */
  Directory directory() {
    return directory;
  }

  /** The process is gone for good, or the incarnation is. */
  void releaseDirectory() {
    if (directory != null) {
      directory.released(cluster.plan().has(Fault.LOST_WRITES));
    }
  }

  @Override
  public void leaseExtended(long end) {
    leaseEnd = end;
    dataPlane.leaseExtended();
  }

  @Override
  public void seekDeathProof(Member suspect) {
    cluster.seekDeathProof(this, suspect.id());
  }

  @Override
  public void learnAddress(MemberId member, String host, int port) {
    // The simulated network reaches everybody by id.
  }

  @Override
  public void release(int partition, long epoch, MemberId replica, long now) {
    if (!expelled) {
      dataPlane.release(partition, epoch, replica);
    }
  }

  @Override
  public void event(ControlEvent event) {
    cluster.note(label, () -> event.kind() + " " + event.text());
    cluster.statistics().count("event " + event.kind());
  }

  @Override
  public void expelled(String why) {
    cluster.note(label, () -> "expelled: " + why);
    expelled = true;
    leaseEnd = Long.MIN_VALUE;
    cluster.expelled(this);
  }

  MemberId id() {
    return self.id();
  }

  Member self() {
    return self;
  }

  SimulatedProcess process() {
    return process;
  }

  ControlPlane plane() {
    return plane;
  }

  SimulatedRelay relay() {
    return relay;
  }

  DataPlane dataPlane() {
    return dataPlane;
  }

  /** The newest state it applied; null before the first. */
  ClusterState state() {
    return state;
  }

  /** Tells whether it takes part: it lives, has not left and was not expelled. */
  boolean present() {
    return process.alive() && !left && !expelled;
  }

  /** Tells whether it heard that it is no member any more. */
  boolean expelled() {
    return expelled;
  }

  /** Tells whether it left on purpose. */
  boolean hasLeft() {
    return left;
  }

  /** Tells whether it has a lease now, by its own clock. */
  boolean holdsLease() {
    return leaseEnd != Long.MIN_VALUE && leaseEnd - process.clock() > 0;
  }

  @Override
  public String toString() {
    return label;
  }
}
