package io.henge.jcache;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads on which the caches of one manager do what callers do not wait for. They begin when
 * needed and end when idle. Thread-safe.
 */
final class AsynchronousCalls implements AutoCloseable {

  /** How many calls wait at most; a caller beyond that does its own. */
  static final int QUEUE = 1024;

  private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private final ThreadPoolExecutor threads;

  /**
   * Creates it without a thread.
   *
   * @param loader of the application, whose code may continue on the threads
   */
  AsynchronousCalls(ClassLoader loader) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "henge-calls");
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Does something on another thread. */
  <T> CompletionStage<T> call(Supplier<T> operation) {
    return CompletableFuture.supplyAsync(operation, threads).minimalCompletionStage();
  }

  /** Does something on another thread. */
  CompletionStage<Void> run(Runnable operation) {
    return CompletableFuture.runAsync(operation, threads).minimalCompletionStage();
  }

  /** Lets what was begun come to its end, and takes no more. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
