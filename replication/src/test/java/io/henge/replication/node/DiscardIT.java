package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.simulation.linearizability.LinearizabilityChecker;
import io.henge.replication.simulation.linearizability.RecordedOperation;
import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.CuttablePing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cut links without root and on every system: three members in this JVM, with JGroups' DISCARD in
 * their stacks. Takes the place of the fault tests on network namespaces where these are skipped. A
 * cut lasts until those who have to be served were; there is no other time in it.
 */
class DiscardIT {

  private static final int MEMBERS = 3;
  private static final int CLIENTS_PER_MEMBER = 2;
  private static final int FIRST_PORT = 8300;
  private static final int WRITES_IN_A_CUT = 15;
  private static final long PAUSE_MILLIS = 10;

  private final HistoryRecorder history = new HistoryRecorder();
  private final List<Engine> engines = new ArrayList<>();
  private final List<RecordingClient> clients = new ArrayList<>();
  private volatile String chapter = "before";

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20));
  }

  private static NodeSettings settings(int number, String stack) {
    return NodeSettings.builder()
        .clusterName("discard")
        .nodeName("d" + number)
        .bindPort(FIRST_PORT + number)
        .portRange(0)
        .discovery(new NodeDiscovery.JGroupsFile(stack))
        .expectedSize(MEMBERS)
        .partitions(32)
        .operationTimeout(Duration.ofSeconds(5))
        .drainTimeout(Duration.ZERO)
        .build();
  }

  private static String stack(Path directory) throws IOException {
    String hosts =
        IntStream.range(0, MEMBERS)
            .mapToObj(number -> "127.0.0.1[" + (FIRST_PORT + number) + "]")
            .collect(Collectors.joining(","));
    return Files.writeString(
            directory.resolve("stack.xml"),
            "<config xmlns=\"urn:org:jgroups\"><TCP/><"
                + CuttablePing.class.getName()
                + " port_range=\"0\" initial_hosts=\""
                + hosts
                + "\"/></config>")
        .toString();
  }

  private ReplicatedCache open(Engine node) {
    CacheSettings settings = CacheSettings.builder().copies(2).build();
    return node.openCache("registers", settings, new TreeMap<>(), RecordingClient.ADDER);
  }

  private void awaitWhole() {
    patiently("every copy in sync as every member sees it")
        .until(() -> engines.stream().allMatch(node -> TestViews.allInSync(node, MEMBERS, 2)));
  }

  @Test
  void nothingIsLostRepeatedOrOutOfOrderWhicheverLinksAreCut(@TempDir Path directory)
      throws Exception {
    ScheduledExecutorService executor =
        Executors.newScheduledThreadPool(MEMBERS * CLIENTS_PER_MEMBER);
    try (TestNodes nodes = new TestNodes("discard", FIRST_PORT)) {
      String stack = stack(directory);
      for (int number = 0; number < MEMBERS; number++) {
        engines.add(nodes.start(settings(number, stack)));
      }
      List<ScheduledFuture<?>> runs = startClients(executor);
      awaitWhole();

      strike("isolate", List.of(0, 1), () -> cut(2, 0, 1), 2);
      strike("halves", List.of(0, 2), () -> cut(1, 0, 2), 1);
      strike("bridge", List.of(0, 1, 2), () -> cut(0, 1));
      strike("one-way", List.of(0, 1, 2), () -> lose(1, 2));
      strike("mute", List.of(1, 2), () -> lose(0, 1, 2), 0);
      strike("deaf", List.of(0, 1), () -> deafen(2, 0, 1), 2);

      for (ScheduledFuture<?> run : runs) {
        run.cancel(false);
      }
      patiently("the end of every operation").until(() -> history.openCalls() == 0);
      judge();
    } finally {
      executor.shutdownNow();
      assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private List<ScheduledFuture<?>> startClients(ScheduledExecutorService executor) {
    List<ScheduledFuture<?>> runs = new ArrayList<>();
    for (Engine engine : engines) {
      ReplicatedCache cache = open(engine);
      for (int i = 0; i < CLIENTS_PER_MEMBER; i++) {
        String name = engine.nodeName() + "." + i;
        RecordingClient client =
            new RecordingClient(name, cache, history, () -> chapter, clients.size());
        clients.add(client);
        runs.add(
            executor.scheduleWithFixedDelay(client::step, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
      }
    }
    return runs;
  }

  private interface Cut {
    void make() throws JMException;
  }

  /** Cuts links until these are served and those have lost their leases, and mends them. */
  private void strike(String name, List<Integer> served, Cut cut, int... without) throws Exception {
    chapter = name;
    long lostBefore = lost();
    cut.make();
    patiently(name + ": lost messages").until(() -> lost() > lostBefore);
    for (int number : without) {
      patiently(name + ": no lease without a majority").until(() -> !inside(number).leaseValid());
    }
    List<RecordingClient> waited = new ArrayList<>();
    for (int member : served) {
      waited.addAll(
          clients.subList(member * CLIENTS_PER_MEMBER, (member + 1) * CLIENTS_PER_MEMBER));
    }
    List<Long> before = waited.stream().map(RecordingClient::writes).toList();
    patiently(name + ": writes of every client that has to be served")
        .until(
            () ->
                IntStream.range(0, waited.size())
                    .allMatch(i -> waited.get(i).writes() >= before.get(i) + WRITES_IN_A_CUT));
    for (Engine engine : engines) {
      CuttablePing.of(engine.nodeName()).heal();
    }
    awaitWhole();
  }

  private long lost() throws JMException {
    long lost = 0;
    for (Engine engine : engines) {
      lost += CuttablePing.of(engine.nodeName()).getLost();
    }
    return lost;
  }

  private Incarnation inside(int number) {
    return ((HengeNode) engines.get(number)).incarnation();
  }

  /** Both directions between one and each of the others. */
  private void cut(int one, int... others) throws JMException {
    lose(one, others);
    deafen(one, others);
  }

  /** What {@code from} sends to these is lost. */
  private void lose(int from, int... to) throws JMException {
    MemberId id = engines.get(from).id();
    for (int other : to) {
      CuttablePing.of(engines.get(other).nodeName()).loseFrom(id.high(), id.low());
    }
  }

  /** What these send to {@code to} is lost. */
  private void deafen(int to, int... from) throws JMException {
    for (int other : from) {
      lose(other, to);
    }
  }

  /** Every member reads every key once more; then the whole history has to be linearizable. */
  private void judge() {
    Set<String> keys =
        history.history().stream()
            .map(RecordedOperation::key)
            .collect(Collectors.toCollection(TreeSet::new));
    for (int member = 0; member < MEMBERS; member++) {
      RecordingClient reader = clients.get(member * CLIENTS_PER_MEMBER);
      keys.forEach(reader::read);
    }
    List<RecordedOperation> all = history.history();
    System.out.printf("DISCARD: %d operations on %d keys%n", all.size(), keys.size());
    assertThat(LinearizabilityChecker.check(all)).isEmpty();
  }
}
