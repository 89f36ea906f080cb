package io.henge.jcache.integration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;

/**
 * Runs {@code loadAll} for one cache on threads of its own, a few at a time, with the application's
 * class loader. Every call ends in its listener, also those that are refused or that a closing
 * cache cuts off. Thread-safe.
 */
final class BackgroundLoads implements AutoCloseable {

  private static final Logger LOG = System.getLogger(BackgroundLoads.class.getPackageName());
  private static final int THREADS = 4;
  private static final int QUEUE = 1_000;

  private final String cacheName;
  private final ThreadPoolExecutor executor;

  BackgroundLoads(String cacheName, ClassLoader application) {
    this.cacheName = cacheName;
    this.executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "henge-load-" + cacheName);
              thread.setDaemon(true);
              thread.setContextClassLoader(application);
              return thread;
            },
            (task, full) -> ((Task) task).refused(full.isShutdown()));
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a load soon.
   *
   * @param listener told of the end; may be null
   */
  void run(Runnable load, CompletionListener listener) {
    executor.execute(new Task(load, listener));
  }

  /** Interrupts what runs, and ends what waits. */
  @Override
  public void close() {
    executor.shutdownNow().forEach(task -> ((Task) task).refused(true));
  }

  private final class Task implements Runnable {

    private final Runnable load;
    private final CompletionListener listener;

    Task(Runnable load, CompletionListener listener) {
      this.load = load;
      this.listener = listener;
    }

    @Override
    public void run() {
      try {
        load.run();
      } catch (Exception e) {
        failed(e);
        return;
      } catch (Error e) {
        failed(new CacheException("loadAll of cache " + cacheName + " failed: " + e, e));
        throw e;
      }
      if (listener != null) {
        tell(listener::onCompletion);
      }
    }

    void refused(boolean closed) {
      failed(
          new CacheException(
              "loadAll of cache "
                  + cacheName
                  + " was not begun: "
                  + (closed
                      ? "the cache was closed"
                      : QUEUE + " other calls of it wait already; load fewer at a time")));
    }

    private void failed(Exception e) {
      if (listener == null) {
        LOG.log(Level.WARNING, "loadAll of cache " + cacheName + " failed; no one listens", e);
      } else {
        tell(() -> listener.onException(e));
      }
    }

    private void tell(Runnable call) {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.log(
            Level.WARNING, "the completion listener of loadAll failed in cache " + cacheName, e);
      }
    }
  }
}
