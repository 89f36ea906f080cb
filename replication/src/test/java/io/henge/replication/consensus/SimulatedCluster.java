package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Members of one cluster in one thread under virtual time: the network, the clock and the faults of
 * a run are decided by a seed.
 */
final class SimulatedCluster {

  static final long MILLISECOND = 1_000_000;
  static final long TICK = 10 * MILLISECOND;

  /** A rule about single messages, for scenarios. */
  interface Filter {
    boolean drops(MemberId from, MemberId to, ConsensusMessage message);
  }

  private record Delivery(long at, long number, int from, int to, ConsensusMessage message)
      implements Comparable<Delivery> {
    @Override
    public int compareTo(Delivery other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final SplittableRandom random;
  private final Variant variant;
  private final ConsensusSettings settings;
  private final AgreementChecker checker;
  private final List<SimulatedMember> members = new ArrayList<>();
  private final PriorityQueue<Delivery> network = new PriorityQueue<>();
  private final boolean[][] cut = new boolean[64][64];
  private final long[][] lastDelivery = new long[64][64];
  private Faults faults = Faults.none();
  private Filter filter = (from, to, message) -> false;
  private long now;
  private long numbers;

  SimulatedCluster(long seed, int size, Variant variant) {
    this.random = new SplittableRandom(seed);
    this.variant = variant;
    this.settings =
        new ConsensusSettings(
            300 * MILLISECOND,
            50 * MILLISECOND,
            50 * MILLISECOND,
            1 + random.nextInt(4),
            1 << 16,
            1 + random.nextInt(20),
            8);
    List<MemberId> voters = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      voters.add(idOf(i));
    }
    Configuration configuration = new Configuration(voters, List.of());
    checker = new AgreementChecker(configuration);
    for (int i = 0; i < size; i++) {
      TestMachine machine = new TestMachine(configuration, variant.voterChangesPerSlot(), checker);
      members.add(new SimulatedMember(this, i, machine));
    }
  }

  static MemberId idOf(int index) {
    // Scattered, so that the order of ids is not the order of birth.
    return new MemberId(index * 0x9E3779B97F4A7C15L, index + 1L);
  }

  List<SimulatedMember> members() {
    return members;
  }

  SimulatedMember member(int index) {
    return members.get(index);
  }

  SimulatedMember member(MemberId id) {
    return members.get((int) id.low() - 1);
  }

  AgreementChecker checker() {
    return checker;
  }

  Variant variant() {
    return variant;
  }

  ConsensusSettings settings() {
    return settings;
  }

  SplittableRandom random() {
    return random;
  }

  /** True time since the start, in nanoseconds; members see it through their own clocks. */
  long now() {
    return now;
  }

  void inflict(Faults next) {
    faults = next;
  }

  Faults faults() {
    return faults;
  }

  /** A new process, with the state that it was sent by {@code contact}. */
  SimulatedMember join(SimulatedMember contact) {
    TestMachine machine =
        new TestMachine(contact.machine().configuration(), variant.voterChangesPerSlot(), checker);
    machine.install(contact.machine().slot(), contact.machine().snapshot(), now);
    SimulatedMember joined = new SimulatedMember(this, members.size(), machine);
    members.add(joined);
    return joined;
  }

  void filter(Filter next) {
    filter = next;
  }

  void cut(int from, int to, boolean isCut) {
    cut[from][to] = isCut;
  }

  void healAllLinks() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  void send(int from, MemberId toId, ConsensusMessage message) {
    int to = (int) toId.low() - 1;
    if (to == from) {
      throw new AssertionError("a message to oneself");
    }
    if (cut[from][to] || filter.drops(members.get(from).id(), toId, message)) {
      return;
    }
    boolean news =
        message instanceof ConsensusMessage.Chosen
            || message instanceof ConsensusMessage.Heartbeat
            || message instanceof ConsensusMessage.LogSegment
            || message instanceof ConsensusMessage.InstallSnapshot;
    if (random.nextDouble() < faults.drop() || (news && random.nextDouble() < faults.dropNews())) {
      return;
    }
    schedule(from, to, message);
    if (random.nextDouble() < faults.duplicate()) {
      schedule(from, to, message);
    }
  }

  /** Runs a tick of virtual time: deliveries as they fall due, then everybody's timers. */
  void runTick() {
    long end = now + TICK;
    while (!network.isEmpty() && network.peek().at() - end < 0) {
      Delivery delivery = network.remove();
      now = delivery.at();
      members.get(delivery.to()).receive(members.get(delivery.from()).id(), delivery.message());
    }
    now = end;
    for (int i = 0; i < members.size(); i++) {
      members.get(i).tick();
    }
  }

  void run(long nanos) {
    for (long end = now + nanos; now - end < 0; ) {
      runTick();
    }
  }

  private void schedule(int from, int to, ConsensusMessage message) {
    long delay = MILLISECOND / 4 + random.nextLong(2 * MILLISECOND);
    if (random.nextDouble() < faults.slow()) {
      delay += random.nextLong(faults.slowestMillis() * MILLISECOND);
    }
    long at = now + delay;
    if (faults.ordered() && lastDelivery[from][to] - at > 0) {
      at = lastDelivery[from][to];
    }
    lastDelivery[from][to] = at;
    network.add(new Delivery(at, numbers++, from, to, message));
  }
}
