package io.henge.arquillian.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Keeps clients busy, each with a pause between its requests, until it is closed. */
public final class Load implements AutoCloseable {

  private final List<LoadClient> clients;
  private final ScheduledExecutorService executor;
  private final List<ScheduledFuture<?>> runs = new ArrayList<>();

  /** Starts the clients. */
  public Load(List<LoadClient> clients, Duration pauseBetweenRequests) {
    this.clients = List.copyOf(clients);
    this.executor = Executors.newScheduledThreadPool(clients.size());
    for (LoadClient client : clients) {
      runs.add(
          executor.scheduleWithFixedDelay(
              () -> step(client), 0, pauseBetweenRequests.toNanos(), TimeUnit.NANOSECONDS));
    }
  }

  private static void step(LoadClient client) {
    try {
      client.step();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The clients. */
  public List<LoadClient> clients() {
    return clients;
  }

  /**
   * Lets each client finish its request and stops.
   *
   * @throws IllegalStateException if a client failed by itself, not by a server's refusal
   */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A client did not get an answer within 60 s");
      }
      for (ScheduledFuture<?> run : runs) {
        if (!run.isCancelled()) {
          run.get();
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A client failed", e.getCause());
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
