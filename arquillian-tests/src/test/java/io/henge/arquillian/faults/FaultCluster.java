package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.network.NamespaceNetwork;
import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.ClusterStatus;
import io.henge.arquillian.processes.WorkerClient;
import io.henge.arquillian.processes.WorkerProcess;
import io.henge.arquillian.processes.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Members on hosts, with clients at each of them while a run is recorded. One thread uses it. */
final class FaultCluster implements AutoCloseable {

  static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(5);

  private static final int CLIENTS_PER_MEMBER = 2;
  private static final Duration BETWEEN_OPERATIONS = Duration.ofMillis(15);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(2);
  private static final long CHAPTER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final MemberHosts hosts;
  private final Map<WorkerClient, ScheduledFuture<?>> clients = new LinkedHashMap<>();
  private final ScheduledExecutorService executor;
  private Recording recording;
  private int runs;
  private int clientNumbers;
  private int turn;

  /** Starts all members and waits until they are one cluster. */
  FaultCluster(String title, int size, Map<String, String> settings) {
    hosts = new MemberHosts(title, size, settings);
    executor = Executors.newScheduledThreadPool(size * CLIENTS_PER_MEMBER);
    try {
      hosts.hosts().forEach(hosts::start);
      hosts.members().forEach(member -> member.awaitReady(START_TIMEOUT));
      awaitInSync();
    } catch (RuntimeException | AssertionError failure) {
      close();
      throw failure;
    }
  }

  NamespaceNetwork network() {
    return hosts.network();
  }

  List<NetworkHost> hosts() {
    return hosts.hosts();
  }

  List<NetworkHost> othersThan(NetworkHost host) {
    return hosts().stream().filter(other -> !other.equals(host)).toList();
  }

  WorkerProcess on(NetworkHost host) {
    return hosts.on(host);
  }

  List<WorkerProcess> members() {
    return hosts.members();
  }

  /** Each host in turn. */
  NetworkHost nextInTurn() {
    return hosts().get(turn++ % hosts().size());
  }

  /** Waits until every member sees all members, no other, and every copy in sync. */
  void awaitInSync() {
    await(hosts().size() + " members with every copy in sync")
        .atMost(SYNC_TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                assertThat(members())
                    .allSatisfy(
                        member -> {
                          ClusterStatus status = member.status();
                          assertThat(status.allInSync(hosts().size()))
                              .as(member.name() + ": " + status)
                              .isTrue();
                        }));
  }

  /** Full copies that all members have received since they have their ids. */
  long transfers() {
    return members().stream().mapToLong(member -> member.status().transfers()).sum();
  }

  /** Acknowledged operations that failovers may have lost since the beginning, as members know. */
  long possiblyLost() {
    return members().stream().mapToLong(member -> member.status().possiblyLost()).max().orElse(0);
  }

  /** Starts clients at every member, on keys that were never used before. */
  void startLoad(Recording newRecording) {
    recording = newRecording;
    runs++;
    hosts().forEach(this::startClients);
  }

  private void startClients(NetworkHost host) {
    int run = runs;
    for (int i = 0; i < CLIENTS_PER_MEMBER; i++) {
      String name = "c" + ++clientNumbers;
      // New keys every few seconds keep each history short enough to be judged.
      Workload workload =
          new Workload(() -> run + "." + System.nanoTime() / CHAPTER_NANOS, name, clientNumbers);
      WorkerClient client =
          new WorkerClient(name, on(host), recording.history(), workload, recording.observer(host));
      clients.put(
          client,
          executor.scheduleWithFixedDelay(
              client::step, 0, BETWEEN_OPERATIONS.toNanos(), TimeUnit.NANOSECONDS));
    }
  }

  /** Starts a member in the place of one that ends, and clients for it; waits until it is ready. */
  void restart(NetworkHost host) {
    WorkerProcess before = on(host);
    hosts.start(host).awaitReady(START_TIMEOUT);
    if (recording != null) {
      clients.keySet().stream()
          .filter(client -> client.worker() == before)
          .forEach(recording::retire);
      startClients(host);
    }
  }

  /** Waits for the end of every client's operation; returns the clients of this run. */
  List<WorkerClient> stopLoad() {
    clients.forEach(WorkerClient::stop);
    List<WorkerClient> all = new ArrayList<>(clients.keySet());
    clients.clear();
    recording = null;
    return all;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    hosts.close();
  }
}
