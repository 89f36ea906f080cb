package io.henge.replication.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A random run of a {@link ControlNetwork}: faults of all kinds, then peace. */
final class ControlChaos {

  private static final int PORT = 7800;

  private final ControlNetwork network;
  private final ControlChecker checker;
  private final Random random;
  private final NodeBootstrap bootstrap;
  private final List<ControlNode> slots = new ArrayList<>();
  private final String[] hosts;

  ControlChaos(long seed, NodeBootstrap bootstrap, ControlParts parts) {
    network = new ControlNetwork(seed);
    network.parts = parts;
    network.clockRateError = 0.05;
    checker = new ControlChecker(network);
    random = network.random;
    this.bootstrap = bootstrap;
    int size = 3 + random.nextInt(4);
    hosts = new String[bootstrap == NodeBootstrap.VOTERS ? 3 : 0];
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = "10.0.0.1[" + (PORT + i) + "]";
    }
    for (int i = 0; i < size; i++) {
      slots.add(network.start("n" + i, PORT + i, bootstrap, hosts));
      step(random.nextInt(200));
    }
  }

  /** Runs; throws {@link AssertionError} when a rule is broken or peace does not heal. */
  void run(int faults) {
    awaitPeace("at the start");
    for (int copies = 1; copies <= 3; copies++) {
      createCache(copies);
    }
    for (int i = 0; i < faults; i++) {
      disturb();
      step(random.nextInt(700));
    }
    network.heal();
    network.loss = 0;
    network.mostDelayMillis = 2;
    for (ControlNode node : slots) {
      if (node.paused) {
        node.resume();
      }
    }
    awaitPeace("after the faults");
  }

  private void disturb() {
    network.loss = random.nextInt(3) == 0 ? random.nextDouble() * 0.15 : 0;
    network.duplication = random.nextInt(3) == 0 ? 0.05 : 0;
    network.mostDelayMillis = random.nextInt(4) == 0 ? 60 : 2;
    ControlNode a = slots.get(random.nextInt(slots.size()));
    ControlNode b = slots.get(random.nextInt(slots.size()));
    switch (random.nextInt(10)) {
      case 0 -> network.cut(a, b);
      case 1 -> network.cutOneWay(a, b);
      case 2 -> network.heal();
      case 3 -> pause(a);
      case 4 -> a.hint(new Hint.ConnectionLost(b.id(), "a lie"));
      case 5 -> a.hint(new Hint.ClockJumped());
      case 6, 7 -> replace(slots.indexOf(a), random.nextBoolean());
      case 8 -> network.nodes.forEach(node -> node.witness = !node.witness);
      default -> isolate(a);
    }
  }

  private void pause(ControlNode node) {
    if (!node.paused) {
      node.pause();
      network.schedule(
          random.nextInt(2_500),
          () -> {
            if (node.paused) {
              node.resume();
            }
          });
    }
  }

  private void isolate(ControlNode node) {
    for (ControlNode other : slots) {
      network.cut(node, other);
    }
  }

  /** Voters are volatile: only a cluster that is whole survives the loss of one for sure. */
  private void replace(int at, boolean politely) {
    network.heal();
    network.loss = 0;
    slots.stream().filter(n -> n.paused).forEach(ControlNode::resume);
    if (!runUntilWhole(10_000)) {
      return;
    }
    ControlNode node = slots.get(at);
    if (politely) {
      node.plane.leave(node.clock());
      step(random.nextInt(1_500));
    }
    network.crash(node);
    step(random.nextInt(1_500));
    slots.set(at, network.start(node.member.name() + "'", PORT + at, bootstrap, hosts));
  }

  private void createCache(int copies) {
    Command.CreateCache create = new Command.CreateCache("c" + copies, copies, new TreeMap<>());
    for (int attempt = 0; attempt < 30; attempt++) {
      slots.get(random.nextInt(slots.size())).propose(create);
      step(100);
      if (slots.stream().allMatch(n -> n.state().cache(create.name()) != null)) {
        return;
      }
    }
    throw new AssertionError("no cache " + create.name());
  }

  private void awaitPeace(String when) {
    if (!runUntilWhole(30_000)) {
      StringBuilder report = new StringBuilder("no peace " + when);
      for (ControlNode node : slots) {
        report.append('\n').append(node.member.name()).append(' ').append(node.expelled);
        report.append(" leader ").append(node.plane.leader()).append(' ').append(node.leaseEnd);
        ClusterState state = node.state();
        if (state != null) {
          report.append(" slot ").append(state.slot()).append(" voters ").append(state.voters());
          state.members().values().forEach(m -> report.append("\n  ").append(m));
          state.groups().forEach(g -> report.append("\n  ").append(g));
        }
      }
      throw new AssertionError(report.toString());
    }
  }

  private boolean runUntilWhole(int millis) {
    for (int waited = 0; waited < millis; waited += 50) {
      step(50);
      replaceExpelled();
      if (ControlPlaneTest.isWhole(slots) && isPlaced()) {
        return true;
      }
    }
    return false;
  }

  /** What the node layer does: an expelled member comes back as a new incarnation. */
  private void replaceExpelled() {
    for (int i = 0; i < slots.size(); i++) {
      ControlNode node = slots.get(i);
      if (node.expelled != null && node.alive) {
        network.crash(node);
        slots.set(i, network.start(node.member.name() + "'", PORT + i, bootstrap, hosts));
      }
    }
  }

  private boolean isPlaced() {
    ClusterState state = slots.get(0).state();
    for (PartitionGroup group : state.groups()) {
      for (var partition : group.partitions()) {
        if (partition.inSync().size() != Math.min(group.copies(), slots.size())
            || !partition.learners().isEmpty()
            || !partition.revoked().isEmpty()) {
          return false;
        }
      }
    }
    return state.members().size() == slots.size();
  }

  private void step(int millis) {
    for (int i = 0; i < millis; i += 2) {
      network.run(2);
      checker.check();
    }
    if (bootstrap == NodeBootstrap.VOTERS) {
      checker.checkOneCluster();
    }
  }
}
