package io.henge.replication.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {

  private final EventQueue events = new EventQueue();
  private final SeededRandom random = new SeededRandom(1);
  private final List<String> seen = new ArrayList<>();

  @Test
  void eventsRunInOrderOfTimeAndThenOfScheduling() {
    events.at(5, () -> seen.add("late"));
    events.at(1, () -> seen.add("first"));
    events.at(1, () -> seen.add("second"));
    events.runUntil(4);
    assertThat(seen).containsExactly("first", "second");
    assertThat(events.now()).isEqualTo(4);
    events.runUntil(5);
    assertThat(seen).endsWith("late");
  }

  @Test
  void aPausedProcessGetsItsInputLateAndItsTimerOnce() {
    SimulatedProcess process = new SimulatedProcess(events, random, 0, 1);
    process.every(10, () -> seen.add("tick"));
    events.at(1, () -> process.pauseUntil(95));
    events.at(2, () -> process.step(() -> seen.add("a")));
    events.at(3, () -> process.step(() -> seen.add("b")));
    events.runUntil(94);
    assertThat(seen).isEmpty();
    events.runUntil(95);
    assertThat(seen).containsOnlyOnce("tick").containsSubsequence("a", "b");
  }

  @Test
  void aDeadProcessDoesNothingMore() {
    SimulatedProcess process = new SimulatedProcess(events, random, 0, 1);
    process.every(10, () -> seen.add("tick"));
    process.pauseUntil(5);
    process.step(() -> seen.add("late"));
    process.kill();
    process.step(() -> seen.add("dead"));
    events.runUntil(100);
    assertThat(seen).isEmpty();
    assertThat(process.alive()).isFalse();
  }

  @Test
  void clocksRunAtTheirOwnRateFromTheirOwnOrigin() {
    SimulatedProcess fast = new SimulatedProcess(events, random, -50, 1.05);
    events.runUntil(1000);
    assertThat(fast.clock()).isEqualTo(1000);
    assertThat(fast.trueTime(1000)).isEqualTo(1000);
  }

  @Test
  void aOneWayCutStopsOneDirectionOnly() {
    SimulatedNetwork<String, String> network = network(NetworkFaults.none(1, 0));
    network.cut("x", "y");
    network.send("x", "y", "lost");
    network.send("y", "x", "kept");
    events.runUntil(10);
    assertThat(seen).containsExactly("x<y kept");
  }

  @Test
  void aCloggedLinkDeliversWhenItIsFree() {
    SimulatedNetwork<String, String> network = network(NetworkFaults.none(1, 0));
    network.clog("x", "y", 50);
    network.send("x", "y", "late");
    events.runUntil(50);
    assertThat(seen).isEmpty();
    events.runUntil(51);
    assertThat(seen).containsExactly("y<x late");
  }

  @Test
  void faultsHappenAtTheirRates() {
    SimulatedNetwork<String, String> network =
        network(new NetworkFaults(0.1, 0.2, 1, 10, 0, 0, false));
    for (int i = 0; i < 10_000; i++) {
      network.send("x", "y", "m" + i);
    }
    events.runUntil(1_000);
    assertThat(network.lost()).isBetween(900L, 1_100L);
    assertThat(seen.size()).isBetween(10_500, 11_100);
    assertThat(seen.indexOf("y<x m1")).isNotEqualTo(1);
  }

  @Test
  void anOrderedLinkKeepsTheOrder() {
    SimulatedNetwork<String, String> network =
        network(new NetworkFaults(0, 0, 1, 50, 0.1, 500, true));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      network.send("x", "y", "m" + i);
      expected.add("y<x m" + i);
    }
    events.runUntil(100_000);
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void theSameSeedGivesTheSameChancesAndPurposesDoNotDisturbEachOther() {
    SeededRandom one = new SeededRandom(42);
    SeededRandom two = new SeededRandom(42);
    one.split("network").nextLong();
    assertThat(one.nextLong()).isEqualTo(two.nextLong());
    assertThat(one.split("a").nextLong()).isNotEqualTo(one.split("b").nextLong());
  }

  private SimulatedNetwork<String, String> network(NetworkFaults faults) {
    SimulatedNetwork<String, String> network = new SimulatedNetwork<>(events, random, faults);
    for (String address : List.of("x", "y")) {
      network.attach(address, (from, message) -> seen.add(address + "<" + from + " " + message));
    }
    return network;
  }
}
