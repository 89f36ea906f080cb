package io.henge.arquillian.faults;

import static org.awaitility.Awaitility.await;

import io.henge.arquillian.faults.Recording.Operation;
import io.henge.arquillian.faults.Recording.Strike;
import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.WorkerClient;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.RecordedOperation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Faults of one kind, one after the other, while clients are at work; each is held for a time and
 * repaired, and the next comes when every copy is in sync again.
 */
final class FaultRun {

  /** What an operation may take beyond its timeout: this JVM and the member share a machine. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration QUIET = Duration.ofSeconds(1);

  private final FaultCluster cluster;
  private final FaultSource faults;
  private final String mode;
  private final long seed;
  private final Duration length;
  private final Duration hold;
  private final boolean varies;
  private final Recording recording = new Recording();
  private final List<String> notes = new ArrayList<>();
  private long possiblyLostBefore;

  /**
   * Creates a run that has not begun.
   *
   * @param length how long faults go on; one at least happens
   * @param hold how long each is held
   * @param varies whether that is the longest of several times
   */
  FaultRun(
      FaultCluster cluster,
      FaultSource faults,
      String mode,
      long seed,
      Duration length,
      Duration hold,
      boolean varies) {
    this.cluster = cluster;
    this.faults = faults;
    this.mode = mode;
    this.seed = seed;
    this.length = length;
    this.hold = hold;
    this.varies = varies;
  }

  /** Runs it, and judges what the clients were told. */
  Findings run() {
    Random random = new Random(seed);
    possiblyLostBefore = cluster.possiblyLost();
    cluster.startLoad(recording);
    pass(QUIET);
    long begin = System.nanoTime();
    do {
      strike(faults.next(cluster, random), held(random));
    } while (System.nanoTime() - begin < length.toNanos());
    long end = System.nanoTime();
    pass(QUIET);
    List<WorkerClient> clients = cluster.stopLoad();
    return judged(clients, Duration.ofNanos(end - begin));
  }

  private Duration held(Random random) {
    if (!varies) {
      return hold;
    }
    return Duration.ofMillis(500 + random.nextInt((int) Math.max(1, hold.toMillis() - 500)));
  }

  private void strike(Disruption disruption, Duration held) {
    long before = cluster.transfers();
    long begin = System.nanoTime();
    disruption.begin();
    try {
      pass(held);
    } finally {
      disruption.end();
    }
    long repaired = System.nanoTime();
    cluster.awaitInSync();
    long inSync = System.nanoTime();
    long transfers = cluster.transfers() - before;
    recording.add(new Strike(disruption, begin, repaired, inSync, transfers));
    pass(QUIET);
  }

  private static void pass(Duration time) {
    await("time to pass").atMost(time.plusSeconds(60)).pollDelay(time).until(() -> true);
  }

  private Findings judged(List<WorkerClient> clients, Duration lasted) {
    long stoppedAt = System.nanoTime();
    List<String> puts = clients.stream().flatMap(client -> client.uniquePuts().stream()).toList();
    List<RecordedOperation> history = recording.history().history();
    List<String> differing = List.of();
    if (!mode.equals("sync")) {
      Set<String> all = new TreeSet<>(puts);
      history.forEach(operation -> all.add(operation.key()));
      differing = new Copies(cluster.members()).differences(all);
      // Copies answer reads whatever their age.
      history = history.stream().filter(each -> !(each.action() instanceof Action.Get)).toList();
    }
    Judge judge = new Judge(cluster.members(), history);
    judge.judge(puts);
    Waits waits = new Waits(recording, stoppedAt);
    List<Operation> operations =
        recording.operations().values().stream().flatMap(List::stream).toList();
    List<Operation> failed =
        operations.stream()
            .filter(operation -> operation.kind() != Answer.Kind.DONE)
            .filter(operation -> isServed(operation.host(), operation.begin(), operation.end()))
            .toList();
    failed.stream().limit(3).forEach(each -> notes.add(each.kind() + " " + each.text()));
    List<Operation> running =
        operations.stream()
            .filter(operation -> !isDown(operation.host(), operation.begin(), operation.end()))
            .toList();
    recording
        .strikes()
        .forEach(
            strike ->
                notes.add(
                    strike.disruption().what()
                        + ": waits "
                        + waits.during(strike).toMillis()
                        + " ms, after it "
                        + waits.after(strike).toMillis()
                        + " ms, in sync after "
                        + millis(strike)
                        + " ms, full copies "
                        + strike.transfers()));
    return new Findings(
        faults.title(),
        cluster.hosts().size(),
        mode,
        seed,
        lasted,
        recording.strikes().size(),
        operations.size(),
        judge.keys,
        judge.violations,
        judge.undecided,
        puts.size(),
        judge.lostPuts,
        judge.increments,
        judge.lostIncrements,
        judge.repeatedIncrements,
        judge.sameAnswers,
        cluster.possiblyLost() - possiblyLostBefore,
        differing,
        running.stream().filter(FaultRun::isOverdue).map(FaultRun::overdue).toList(),
        failed.stream().filter(each -> each.kind() == Answer.Kind.REFUSED).count(),
        failed.stream().filter(each -> each.kind() == Answer.Kind.UNKNOWN).count(),
        longest(waits::during),
        longest(waits::after),
        longest(waits::gap),
        longest(strike -> Duration.ofMillis(millis(strike))),
        Duration.ofNanos(running.stream().mapToLong(Operation::took).max().orElse(0)),
        recording.strikes().stream().filter(Strike::spares).mapToLong(Strike::transfers).sum(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        notes);
  }

  private static long millis(Strike strike) {
    return Duration.ofNanos(strike.inSync() - strike.end()).toMillis();
  }

  private Duration longest(Function<Strike, Duration> figure) {
    return recording.strikes().stream().map(figure).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private static boolean isOverdue(Operation operation) {
    return operation.took() > FaultCluster.OPERATION_TIMEOUT.plus(GRACE).toNanos();
  }

  private static String overdue(Operation operation) {
    return "an operation at "
        + operation.host().name()
        + " took "
        + Duration.ofNanos(operation.took()).toMillis()
        + " ms: "
        + operation.kind()
        + " "
        + operation.text();
  }

  /** Whether the host's process was stopped or dead at some time between. */
  private boolean isDown(NetworkHost host, long from, long to) {
    return recording.strikes().stream()
        .anyMatch(
            strike -> overlaps(strike, from, to) && strike.disruption().down().contains(host));
  }

  /** Whether the host was healthy all the time, in every way to see it. */
  private boolean isServed(NetworkHost host, long from, long to) {
    return recording.strikes().stream()
        .filter(strike -> overlaps(strike, from, to))
        .allMatch(
            strike -> strike.disruption().healthy().stream().allMatch(set -> set.contains(host)));
  }

  private static boolean overlaps(Strike strike, long from, long to) {
    return to - strike.begin() >= 0 && strike.end() - from >= 0;
  }
}
