package io.henge.arquillian.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.simulation.linearizability.LinearizabilityChecker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Three workers, and clients at each of them, whose histories are judged. One thread uses it. */
final class WorkerCluster implements AutoCloseable {

  static final int SIZE = 3;

  private static final int CLIENTS_PER_WORKER = 2;
  private static final Duration BETWEEN_OPERATIONS = Duration.ofMillis(2);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(90);

  private final Path directory;
  private final Map<String, String> settings;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final List<WorkerClient> clients = new ArrayList<>();
  private final Map<WorkerClient, ScheduledFuture<?>> runs = new LinkedHashMap<>();
  private final List<String> uniquePuts = new ArrayList<>();
  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(SIZE * CLIENTS_PER_WORKER);
  private HistoryRecorder history = new HistoryRecorder();
  private int chapter;
  private int incarnations;
  private long operations;

  /** Starts three workers and waits until they are one cluster. */
  WorkerCluster(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
    for (int number = 1; number <= SIZE; number++) {
      workers.add(WorkerProcess.start("worker-" + number, directory, this.settings));
    }
    workers.forEach(worker -> worker.awaitReady(START_TIMEOUT));
    awaitAllInSync();
  }

  List<WorkerProcess> workers() {
    return List.copyOf(workers);
  }

  List<WorkerClient> clientsOf(WorkerProcess worker) {
    return clients.stream().filter(client -> client.worker() == worker).toList();
  }

  /** The clients of all workers that live, but for this one. */
  List<WorkerClient> clientsOfOthers(WorkerProcess worker) {
    return clients.stream()
        .filter(client -> client.worker() != worker && client.worker().isAlive())
        .toList();
  }

  /** Waits until each client has done that many writes more. */
  static void awaitWrites(List<WorkerClient> clients, int writes) {
    List<Long> before = clients.stream().map(WorkerClient::writes).toList();
    await("writes of every client")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).writes())
                    .as(clients.get(i).toString())
                    .isGreaterThanOrEqualTo(before.get(i) + writes);
              }
            });
  }

  /** Waits until every worker sees three members, no other, and every copy in sync. */
  void awaitAllInSync() {
    await("three members with every copy in sync")
        .atMost(SYNC_TIMEOUT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(workers)
                    .allSatisfy(
                        worker -> {
                          ClusterStatus status = worker.status();
                          assertThat(status.allInSync(SIZE))
                              .as(worker.name() + ": " + status)
                              .isTrue();
                        }));
  }

  /** Starts clients at every worker, on keys that were never used before. */
  void startLoad() {
    chapter++;
    history = new HistoryRecorder();
    workers.forEach(this::startClients);
  }

  private void startClients(WorkerProcess worker) {
    for (int i = 0; i < CLIENTS_PER_WORKER; i++) {
      String name = "c" + ++incarnations;
      Workload workload = new Workload(Integer.toString(chapter), name, incarnations);
      WorkerClient client = new WorkerClient(name, worker, history, workload);
      clients.add(client);
      runs.put(
          client,
          executor.scheduleWithFixedDelay(
              client::step, 0, BETWEEN_OPERATIONS.toNanos(), TimeUnit.NANOSECONDS));
    }
  }

  /**
   * Starts a worker in the place of a dead one, and clients for it, and waits until it is ready.
   */
  void restart(WorkerProcess dead) {
    dead.awaitEnd();
    WorkerProcess fresh =
        WorkerProcess.start(dead.name(), directory, settings).awaitReady(START_TIMEOUT);
    workers.set(workers.indexOf(dead), fresh);
    startClients(fresh);
  }

  /**
   * Stops the clients, reads every key that was ever written for good, and judges the history.
   *
   * @throws AssertionError if an acknowledged write is missing or the history not linearizable
   */
  void stopLoadAndJudge() {
    runs.forEach(WorkerClient::stop);
    clients.forEach(client -> uniquePuts.addAll(client.uniquePuts()));
    clients.clear();
    runs.clear();
    operations += history.history().size();
    assertThat(LinearizabilityChecker.check(history.history())).isEmpty();
    for (WorkerProcess worker : workers) {
      assertThat(present(worker))
          .as("acknowledged puts that %s finds, of all since the beginning", worker.name())
          .isEqualTo(uniquePuts.size());
    }
  }

  private int present(WorkerProcess worker) {
    if (uniquePuts.isEmpty()) {
      return 0;
    }
    Answer answer = worker.call(Duration.ofSeconds(60), "count", String.join(" ", uniquePuts));
    assertThat(answer.kind()).as(answer.text()).isEqualTo(Answer.Kind.DONE);
    return Integer.parseInt(answer.text());
  }

  /** Operations judged so far. */
  long operations() {
    return operations;
  }

  /** Acknowledged puts that were looked for at the end. */
  int uniquePuts() {
    return uniquePuts.size();
  }

  @Override
  public void close() {
    executor.shutdownNow();
    CompletableFuture.allOf(
            workers.stream()
                .map(worker -> CompletableFuture.runAsync(worker::close))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }
}
