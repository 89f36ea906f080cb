package io.henge.arquillian.faults;

import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.Request;
import io.henge.arquillian.processes.WorkerClient;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all clients did and were told in one run, with the faults meanwhile. Thread-safe. */
final class Recording {

  /**
   * An operation that has ended. Times are nanoseconds of this JVM.
   *
   * @param write whether it was asked to change something
   */
  record Operation(
      NetworkHost host, long begin, long end, Answer.Kind kind, boolean write, String text) {

    long took() {
      return end - begin;
    }
  }

  /**
   * A fault that was, from the command to strike until the last repair was done.
   *
   * @param inSync when every copy was in sync again
   * @param transfers full copies that were received for it
   */
  record Strike(Disruption disruption, long begin, long end, long inSync, long transfers) {

    /** Whether every process lived through it, so that the logs' tails are enough afterwards. */
    boolean spares() {
      return disruption.spares();
    }
  }

  private final HistoryRecorder history = new HistoryRecorder();
  private final Map<WorkerClient, List<Operation>> operations = new ConcurrentHashMap<>();
  private final Map<WorkerClient, Long> retired = new ConcurrentHashMap<>();
  private final List<Strike> strikes = new ArrayList<>();

  HistoryRecorder history() {
    return history;
  }

  /** An observer for a client on a host. */
  WorkerClient.Observer observer(NetworkHost host) {
    return (client, request, answer, begin, end) -> add(host, client, request, answer, begin, end);
  }

  private void add(
      NetworkHost host, WorkerClient client, Request request, Answer answer, long begin, long end) {
    String text = answer.kind() == Answer.Kind.DONE ? "" : request.key() + ": " + answer.text();
    Operation operation =
        new Operation(host, begin, end, answer.kind(), !request.action().readOnly(), text);
    // One client is one thread.
    operations.computeIfAbsent(client, first -> new ArrayList<>()).add(operation);
  }

  /** The client's process was ended on purpose: it waits for nothing any more. */
  void retire(WorkerClient client) {
    retired.put(client, System.nanoTime());
  }

  synchronized void add(Strike strike) {
    strikes.add(strike);
  }

  synchronized List<Strike> strikes() {
    return List.copyOf(strikes);
  }

  /** What each client did; complete only when the clients have stopped. */
  Map<WorkerClient, List<Operation>> operations() {
    return operations;
  }

  /** Whether the client's process was ended on purpose. */
  boolean isRetired(WorkerClient client) {
    return retired.containsKey(client);
  }
}
