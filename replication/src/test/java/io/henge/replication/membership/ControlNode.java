package io.henge.replication.membership;

import io.henge.replication.simulation.world.SimulatedDisk;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One simulated process: a control plane, and a data plane that promotes every learner. */
final class ControlNode implements ControlOutput {

  private static final long TICK_MILLIS = 10;

  final ControlNetwork network;
  final Member member;
  final ControlPlane plane;
  final List<ControlEvent> events = new ArrayList<>();
  final SortedMap<Long, Long> chains = new TreeMap<>();
  final List<Command> decided = new ArrayList<>();
  boolean alive = true;
  boolean paused;
  String expelled;
  long leaseEnd = LeaseHolder.NONE;
  boolean witness;
  private final SimulatedDisk disk;
  private final double rate;
  private final long offset;
  private final List<Runnable> missed = new ArrayList<>();

  ControlNode(
      ControlNetwork network,
      String name,
      int port,
      MemberRole role,
      NodeBootstrap bootstrap,
      List<String> seeds,
      SimulatedDisk disk) {
    this.network = network;
    this.disk = disk;
    rate = 1 + (network.random.nextDouble() * 2 - 1) * network.clockRateError;
    offset = network.random.nextLong() >> 8;
    Member forgetful =
        new Member(
            new MemberId(network.random.nextLong(), network.random.nextLong()),
            name,
            "10.0.0.1",
            port,
            network.zones.apply(name),
            name,
            role,
            1,
            MemberState.JOINING,
            0);
    Memory memory = disk == null ? null : openDisk(forgetful.id());
    member = memory == null ? forgetful : forgetful.votingAs(memory.identity());
    ControlSettings settings =
        new ControlSettings(
            "test",
            bootstrap,
            seeds,
            0,
            500 * ControlNetwork.MILLISECOND,
            ControlNetwork.TIMINGS,
            ControlNetwork.PARTITIONS,
            network.now / ControlNetwork.MILLISECOND,
            network.limits);
    plane =
        new ControlPlane(
            settings,
            member,
            this,
            () -> network.random.nextLong() & Long.MAX_VALUE,
            network.parts,
            memory);
  }

  private Memory openDisk(MemberId newVoter) {
    Memory found = Memory.of(disk.read(), new ClusterStateMachine());
    Memory memory = (found == null ? Memory.empty(newVoter) : found).started();
    disk.write(MemoryCodec.encode(new MemoryRecord.Whole(memory)), true);
    disk.synced(disk.position());
    return memory;
  }

  @Override
  public void store(byte[] record, boolean replaces) {
    if (alive) {
      disk.write(record, replaces);
    }
  }

  @Override
  public void awaitStored(long number) {
    int position = disk.position();
    network.schedule(
        network.random.nextInt(20),
        () -> {
          if (alive) {
            disk.synced(position);
            later(() -> plane.onStored(number, clock()));
          }
        });
  }

  MemberId id() {
    return member.id();
  }

  ClusterState state() {
    return plane.state();
  }

  MemberState stateOf(ControlNode other) {
    Member known = state() == null ? null : state().members().get(other.id());
    return known == null ? null : known.state();
  }

  /** This process's own monotonic clock. */
  long clock() {
    return offset + (long) (network.now * rate);
  }

  boolean holdsLease() {
    return leaseEnd != LeaseHolder.NONE && leaseEnd - clock() > 0;
  }

  boolean saw(ControlEvent.Kind kind) {
    return events.stream().anyMatch(event -> event.kind() == kind);
  }

  void propose(Command command) {
    plane.propose(command, clock());
  }

  void start() {
    plane.start(clock());
    network.schedule(network.random.nextInt(10), this::tick);
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    List<Runnable> inbox = List.copyOf(missed);
    missed.clear();
    inbox.forEach(Runnable::run);
  }

  void hint(Hint hint) {
    if (alive) {
      later(() -> plane.onHint(hint, clock()));
    }
  }

  void receive(MemberId from, ControlMessage message) {
    if (alive && expelled == null) {
      later(() -> plane.onMessage(from, message, clock()));
    }
  }

  private void later(Runnable action) {
    if (paused) {
      missed.add(action);
    } else {
      action.run();
    }
  }

  private void tick() {
    if (!alive) {
      return;
    }
    if (!paused) {
      plane.onTick(clock());
      promoteLearners();
    }
    network.schedule(TICK_MILLIS, this::tick);
  }

  /** What a primary does when a learner has caught up, here at once. */
  private void promoteLearners() {
    ClusterState state = state();
    if (state == null || expelled != null) {
      return;
    }
    for (int number = 0; number < state.partitionCount(); number++) {
      PartitionAssignment partition = state.partition(number);
      if (!id().equals(partition.primary())) {
        continue;
      }
      for (MemberId learner : partition.learners()) {
        Member known = state.members().get(learner);
        if (known != null && known.state() != MemberState.SUSPENDED) {
          plane.propose(new Command.PromoteLearner(number, partition.epoch(), learner), clock());
        }
      }
    }
  }

  @Override
  public void send(MemberId to, ControlMessage message) {
    network.send(id(), to, message);
  }

  @Override
  public void stateApplied(
      ClusterState before, ClusterState after, List<Command> commands, long creditNanos, long now) {
    chains.put(after.slot(), after.chain());
    decided.addAll(commands);
  }

  @Override
  public void leaseExtended(long end) {
    leaseEnd = end;
  }

  @Override
  public void seekDeathProof(Member suspect) {
    if (witness && !network.node(suspect.id()).alive) {
      network.schedule(1, () -> hint(new Hint.ProvenDead(suspect.id(), "file lock")));
    }
  }

  @Override
  public void learnAddress(MemberId id, String host, int port) {}

  @Override
  public void release(int partition, long epoch, MemberId replica, long now) {
    Command shrink = new Command.ShrinkInSync(partition, epoch, replica, false);
    network.schedule(0, () -> later(() -> plane.propose(shrink, clock())));
  }

  @Override
  public void event(ControlEvent event) {
    events.add(event);
  }

  @Override
  public void expelled(String why) {
    expelled = why;
  }
}
