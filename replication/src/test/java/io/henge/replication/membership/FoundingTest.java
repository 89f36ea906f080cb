package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.VOTERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** I20: a list of hosts never gives two clusters that live. */
class FoundingTest {

  @Test
  void aRestartedVoterAndAMinorityDoNotFoundAnotherCluster() {
    ControlNetwork network = new ControlNetwork(3);
    List<ControlNode> nodes = start(network, 5);
    assertThat(
            network.runUntil(
                () -> ControlPlaneTest.isWhole(nodes) && ControlPlaneTest.votersOf(nodes) == 5,
                5_000))
        .isTrue();
    // {c, d, e} are cut off from {a, b}, and c restarts without memory.
    ControlNode c = nodes.get(2);
    network.crash(c);
    ControlNode again = network.start("c", 7802, VOTERS, hosts(5));
    for (ControlNode cutOff : List.of(again, nodes.get(3), nodes.get(4))) {
      network.cut(cutOff, nodes.get(0));
      network.cut(cutOff, nodes.get(1));
    }
    network.run(4_000);

    assertThat(again.state()).isNull();
    assertThat(nodes.stream().filter(n -> n.alive)).noneMatch(ControlNode::holdsLease);

    network.heal();
    List<ControlNode> rest = network.alive();
    assertThat(network.runUntil(() -> ControlPlaneTest.isWhole(rest), 10_000)).isTrue();
  }

  @Test
  void twoOfThreeThatSleepAndWakeLoseNothing() {
    ControlNetwork network = new ControlNetwork(4);
    List<ControlNode> nodes = start(network, 3);
    assertThat(network.runUntil(() -> ControlPlaneTest.isWhole(nodes), 5_000)).isTrue();
    nodes.get(1).pause();
    nodes.get(2).pause();
    network.run(400);
    assertThat(nodes.get(0).holdsLease()).isFalse();
    network.run(10_000);
    assertThat(nodes.get(0).holdsLease()).isFalse();

    nodes.get(1).resume();
    nodes.get(2).resume();

    assertThat(network.runUntil(() -> ControlPlaneTest.isWhole(nodes), 3_000)).isTrue();
    assertThat(nodes).allMatch(node -> node.expelled == null);
  }

  @Test
  void restartsAndCutsDuringTheFoundingGiveOneLivingClusterAtMost() {
    for (long seed = 0; seed < 150; seed++) {
      ControlNetwork network = new ControlNetwork(seed);
      Random random = network.random;
      network.loss = random.nextDouble() * 0.3;
      network.mostDelayMillis = 1 + random.nextInt(200);
      List<ControlNode> nodes = new ArrayList<>();
      String[] hosts = hosts(3);
      for (int i = 0; i < 3; i++) {
        nodes.add(network.start("n" + i, 7800 + i, VOTERS, hosts));
        run(network, random.nextInt(300), seed);
      }
      boolean founded = false;
      for (int fault = random.nextInt(5); fault > 0; fault--) {
        founded |= nodes.stream().anyMatch(node -> node.state() != null);
        int at = random.nextInt(3);
        if (random.nextInt(3) == 0) {
          network.cut(nodes.get(at), nodes.get((at + 1) % 3));
        } else {
          network.crash(nodes.get(at));
          nodes.set(at, network.start("n" + at, 7800 + at, VOTERS, hosts));
        }
        run(network, random.nextInt(600), seed);
      }
      network.heal();
      network.loss = 0;
      network.mostDelayMillis = 2;
      run(network, 3_000, seed);
      if (!founded) {
        assertThat(ControlPlaneTest.isWhole(nodes)).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void hostsListedByNameFoundOnceAllNamesAreResolvedAndNotBefore() {
    ControlNetwork network = new ControlNetwork(5);
    List<String> names = List.of("one[7800]", "two[7801]", "three[7802]");
    List<ControlNode> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(network.start("n" + i, 7800 + i, VOTERS, names.toArray(String[]::new)));
    }
    for (ControlNode node : nodes) {
      node.hint(new Hint.HostResolved("one[7800]", Set.of("10.0.0.1[7800]", "fe80:0:0[7800]")));
      node.hint(new Hint.HostResolved("two[7801]", Set.of("10.0.0.9[7801]")));
      node.hint(new Hint.HostResolved("three[7802]", Set.of("10.0.0.1[7802]")));
    }
    network.run(6_000);
    assertThat(nodes).allMatch(node -> node.state() == null);
    assertThat(nodes.get(0).events)
        .last()
        .extracting(ControlEvent::text)
        .asString()
        .endsWith("missing: [two[7801]]");
    assertThat(nodes.get(1).events)
        .last()
        .extracting(ControlEvent::text)
        .asString()
        .contains("10.0.0.1[7801] is not a founding host");

    for (ControlNode node : nodes) {
      node.hint(new Hint.HostResolved("two[7801]", Set.of("10.0.0.1[7801]")));
    }
    assertThat(network.runUntil(() -> ControlPlaneTest.isWhole(nodes), 3_000)).isTrue();
    Set<MemberId> clusters = new TreeSet<>();
    nodes.forEach(node -> clusters.add(node.state().clusterId()));
    assertThat(clusters).hasSize(1);

    // A name that is looked up later concerns nobody who is in a cluster.
    assertThat(network.runUntil(() -> nodes.get(0).holdsLease(), 1_000)).isTrue();
    nodes.get(0).hint(new Hint.HostResolved("two[7801]", Set.of("10.0.0.9[7801]")));
    assertThat(nodes.get(0).holdsLease()).isTrue();
  }

  /**
   * A founder dies at any moment of the founding, also between accepting slot 0 and its start: the
   * others found with it or wait for it, and its next process makes them whole.
   */
  @Test
  void aFounderThatDiesWhileItFoundsIsReplacedByItsNextProcess() {
    int without = 0;
    int with = 0;
    for (int moment = 0; moment < 120; moment++) {
      ControlNetwork network = new ControlNetwork(moment);
      String[] hosts = {"10.0.0.1[7800]", "10.0.0.1[7801]", "10.0.0.1[7802]"};
      ControlNode a = network.start("a", VOTERS, hosts);
      ControlNode b = network.start("b", VOTERS, hosts);
      network.run(1_000);
      ControlNode c = network.start("c", VOTERS, hosts);
      network.run(moment * 2L);
      network.crash(c);
      network.run(1_500);
      boolean founded = a.state() != null && b.state() != null;
      assertThat(founded).isEqualTo(a.state() != null || b.state() != null);
      with += founded ? 1 : 0;
      without += founded ? 0 : 1;
      ControlNode again = network.start("c", 7802, VOTERS, hosts);
      assertThat(network.runUntil(() -> ControlPlaneTest.isWhole(List.of(a, b, again)), 20_000))
          .as("one cluster of three after a death at moment " + moment)
          .isTrue();
    }
    assertThat(with).isPositive();
    assertThat(without).isPositive();
  }

  private static void run(ControlNetwork network, int millis, long seed) {
    for (int i = 0; i < millis; i += 5) {
      network.run(5);
      Set<MemberId> living = new TreeSet<>();
      for (ControlNode node : network.alive()) {
        if (node.holdsLease()) {
          living.add(node.state().clusterId());
        }
      }
      assertThat(living).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
    }
  }

  private static List<ControlNode> start(ControlNetwork network, int size) {
    List<ControlNode> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      nodes.add(network.start("n" + i, VOTERS, hosts(size)));
    }
    return nodes;
  }

  private static String[] hosts(int size) {
    String[] hosts = new String[size];
    for (int i = 0; i < size; i++) {
      hosts[i] = "10.0.0.1[" + (7800 + i) + "]";
    }
    return hosts;
  }
}
