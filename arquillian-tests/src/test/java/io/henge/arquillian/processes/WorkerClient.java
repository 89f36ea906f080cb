package io.henge.arquillian.processes;

import io.henge.replication.simulation.linearizability.HistoryRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client of one worker: one operation at a time, each recorded. One thread calls {@link #step};
 * everything else may be called by any thread.
 */
final class WorkerClient {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final int STEPS_PER_UNIQUE_PUT = 8;

  private final String name;
  private final WorkerProcess worker;
  private final HistoryRecorder history;
  private final Workload workload;
  private final List<String> uniquePuts = new ArrayList<>();
  private final Lock running = new ReentrantLock();
  private boolean stopped;
  private long steps;
  private long writes;
  private long lastAcknowledgement = System.nanoTime();
  private long longestPause;
  private String lastError = "";

  WorkerClient(String name, WorkerProcess worker, HistoryRecorder history, Workload workload) {
    this.name = name;
    this.worker = worker;
    this.history = history;
    this.workload = workload;
  }

  WorkerProcess worker() {
    return worker;
  }

  /** Does one operation, unless it was stopped or the worker is dead. */
  void step() {
    running.lock();
    try {
      if (!stopped && worker.isAlive()) {
        operate();
      }
    } finally {
      running.unlock();
    }
  }

  /** Waits for the end of the operation under way, and lets none follow. */
  void stop() {
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
    HistoryRecorder.Call call =
        history.begin(name, request.key(), request.action(), System.nanoTime());
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
        failed(answer.text());
      }
    }
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
  }

  /** The keys of acknowledged puts that nobody ever changes again. */
  synchronized List<String> uniquePuts() {
    return List.copyOf(uniquePuts);
  }

  /** Acknowledged writes. */
  synchronized long writes() {
    return writes;
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
