package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.world.SimulatedDisk;
import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Several control planes in one thread under one seed: simulated time, delays, loss and cuts. */
final class ControlNetwork {

  static final long MILLISECOND = 1_000_000L;
  static final ClusterTimings TIMINGS =
      new ClusterTimings(300 * MILLISECOND, 1000 * MILLISECOND, 5000 * MILLISECOND);
  static final int PARTITIONS = 8;

  private record Event(long at, long order, Runnable action) {}

  private record Link(MemberId from, MemberId to) {}

  final Random random;
  final List<ControlNode> nodes = new ArrayList<>();
  long now = 1_000 * MILLISECOND;
  double loss;
  double duplication;
  int mostDelayMillis = 2;
  double clockRateError;
  MoveLimits limits = new MoveLimits(4, 2, 0);
  ControlParts parts = ControlParts.standard();

  /** The failure domain of a member by its name. */
  UnaryOperator<String> zones = name -> "";

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Set<Link> cuts = new HashSet<>();
  private long order;

  ControlNetwork(long seed) {
    random = new Random(seed);
  }

  /** Starts a, b and c, and runs until all of them vote and their cluster has been calm for 1 s. */
  List<ControlNode> startThreeVoters() {
    List<ControlNode> three =
        Stream.of("a", "b", "c").map(name -> start(name, NodeBootstrap.AUTO)).toList();
    assertThat(runUntil(() -> ControlPlaneTest.isWhole(three), 15_000)).isTrue();
    assertThat(runUntil(() -> three.get(0).state().voters().size() == 3, 15_000)).isTrue();
    run(1_000);
    return three;
  }

  ControlNode start(String name, NodeBootstrap bootstrap, String... seeds) {
    return start(name, 7800 + nodes.size(), bootstrap, seeds);
  }

  ControlNode start(String name, int port, NodeBootstrap bootstrap, String... seeds) {
    return start(name, port, MemberRole.DATA, bootstrap, null, seeds);
  }

  /** Starts a process; with a disk it remembers what the last one with that disk knew. */
  ControlNode start(
      String name,
      int port,
      MemberRole role,
      NodeBootstrap bootstrap,
      SimulatedDisk disk,
      String... seeds) {
    ControlNode node = new ControlNode(this, name, port, role, bootstrap, List.of(seeds), disk);
    nodes.add(node);
    node.start();
    for (ControlNode other : nodes) {
      if (other != node && other.alive) {
        schedule(5, () -> node.hint(new Hint.PeerAppeared(other.id())));
        schedule(5, () -> other.hint(new Hint.PeerAppeared(node.id())));
      }
    }
    return node;
  }

  ControlNode node(MemberId id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  List<ControlNode> alive() {
    return nodes.stream().filter(node -> node.alive).toList();
  }

  void schedule(long millis, Runnable action) {
    events.add(new Event(now + millis * MILLISECOND, order++, action));
  }

  void send(MemberId from, MemberId to, ControlMessage message) {
    byte[] frame = encode(message);
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < duplication ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      if (!cuts.contains(new Link(from, to))) {
        long delay =
            MILLISECOND / 10 + (long) (random.nextDouble() * mostDelayMillis * MILLISECOND);
        events.add(new Event(now + delay, order++, () -> deliver(from, to, frame)));
      }
    }
  }

  void cut(ControlNode a, ControlNode b) {
    cuts.add(new Link(a.id(), b.id()));
    cuts.add(new Link(b.id(), a.id()));
  }

  void cutOneWay(ControlNode from, ControlNode to) {
    cuts.add(new Link(from.id(), to.id()));
  }

  void heal() {
    cuts.clear();
  }

  /** Kills a process; the others see the connection break. */
  void crash(ControlNode node) {
    node.alive = false;
    for (ControlNode other : alive()) {
      schedule(
          1 + random.nextInt(5), () -> other.hint(new Hint.ConnectionLost(node.id(), "reset")));
    }
  }

  void run(long millis) {
    runUntil(() -> false, millis);
  }

  /** Runs until the condition holds; false if it does not within the time. */
  boolean runUntil(BooleanSupplier condition, long millis) {
    long end = now + millis * MILLISECOND;
    while (!condition.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.at() > end) {
        now = end;
        return condition.getAsBoolean();
      }
      events.poll();
      now = next.at();
      next.action().run();
    }
    return true;
  }

  private void deliver(MemberId from, MemberId to, byte[] frame) {
    WireReader reader = new WireReader(frame);
    ControlMessage message = ControlCodec.read(reader);
    reader.expectEnd();
    for (ControlNode node : nodes) {
      if (node.id().equals(to)) {
        node.receive(from, message);
      }
    }
  }

  private static byte[] encode(ControlMessage message) {
    WireWriter writer = new WireWriter(64);
    ControlCodec.write(writer, message);
    return writer.toByteArray();
  }
}
