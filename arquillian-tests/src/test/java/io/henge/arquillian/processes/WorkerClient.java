package io.henge.arquillian.processes;

import io.henge.replication.simulation.linearizability.HistoryRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client of one worker: one operation at a time, each recorded. One thread calls {@link #step};
 * everything else may be called by any thread.
 */
public final class WorkerClient {

  /** Told of every operation when it has ended, on the client's thread. */
  @FunctionalInterface
  public interface Observer {

    /**
     * An operation has ended; times are of this JVM's {@link System#nanoTime}.
     *
     * @param begin when the client asked
     * @param end when it knew the answer
     */
    void ended(WorkerClient client, Request request, Answer answer, long begin, long end);
  }

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final int STEPS_PER_UNIQUE_PUT = 8;

  private final String name;
  private final WorkerProcess worker;
  private final HistoryRecorder history;
  private final Workload workload;
  private final Observer observer;
  private final List<String> uniquePuts = new ArrayList<>();
  private final Lock running = new ReentrantLock();
  private boolean stopped;
  private long steps;
  private long writes;
  private long lastAcknowledgement = System.nanoTime();
  private long longestPause;
  private String lastError = "";
  private long failures;

  WorkerClient(String name, WorkerProcess worker, HistoryRecorder history, Workload workload) {
    this(name, worker, history, workload, (client, request, answer, begin, end) -> {});
  }

  /** Creates a client that does nothing until it is stepped. */
  public WorkerClient(
      String name,
      WorkerProcess worker,
      HistoryRecorder history,
      Workload workload,
      Observer observer) {
    this.name = name;
    this.observer = observer;
    this.worker = worker;
    this.history = history;
    this.workload = workload;
  }

  /** Where its operations go. */
  public WorkerProcess worker() {
    return worker;
  }

  /** Does one operation, unless it was stopped or the worker is dead. */
  public void step() {
    running.lock();
    try {
      if (!stopped && worker.isAlive()) {
        operate();
      }
    } finally {
      running.unlock();
    }
  }

  /**
   * Waits for the end of the operation under way, and lets none follow.
   *
   * @param run of {@link #step}
   */
  public void stop(Future<?> run) {
    lastStep();
    if (run.cancel(false)) {
      return;
    }
    // A client's task never ends by itself: this is a failure of the test.
    try {
      run.get();
    } catch (ExecutionException e) {
      throw new AssertionError(this + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void lastStep() {
    running.lock();
    try {
      stopped = true;
    } finally {
      running.unlock();
    }
  }

  private void operate() {
    Request request =
        steps++ % STEPS_PER_UNIQUE_PUT == 0
            ? Request.put("u-" + name + "-" + steps, "present")
            : workload.next();
    long begin = System.nanoTime();
    HistoryRecorder.Call call = history.begin(name, request.key(), request.action(), begin);
    Answer answer = worker.call(ANSWER_TIMEOUT, request.command());
    long now = System.nanoTime();
    switch (answer.kind()) {
      case DONE -> {
        call.done(answer.text(), now);
        done(request, now);
      }
      case REFUSED -> {
        call.notDone(now);
        failed(answer.text());
      }
      case UNKNOWN -> {
        call.unknown(now);
        if (worker.isAlive()) {
          failed(answer.text());
        }
      }
    }
    observer.ended(this, request, answer, begin, now);
  }

  private synchronized void done(Request request, long now) {
    if (request.action().readOnly()) {
      return;
    }
    writes++;
    longestPause = Math.max(longestPause, now - lastAcknowledgement);
    lastAcknowledgement = now;
    if (request.key().startsWith("u-")) {
      uniquePuts.add(request.key());
    }
  }

  private synchronized void failed(String error) {
    lastError = error;
    failures++;
  }

  /** The keys of acknowledged puts that nobody ever changes again. */
  public synchronized List<String> uniquePuts() {
    return List.copyOf(uniquePuts);
  }

  /** Acknowledged writes. */
  public synchronized long writes() {
    return writes;
  }

  /** Operations that did not end as done, but for those that the end of the process cut off. */
  synchronized long failures() {
    return failures;
  }

  /** The words of the last failure; empty if none. */
  synchronized String lastError() {
    return lastError;
  }

  /** Begins to measure pauses anew. */
  synchronized void forgetPauses() {
    longestPause = 0;
  }

  /** The longest time between two acknowledged writes since {@link #forgetPauses}. */
  synchronized Duration longestPause() {
    return Duration.ofNanos(longestPause);
  }

  @Override
  public String toString() {
    return name + " at " + worker.name() + ": " + writes() + " writes " + lastError();
  }
}
