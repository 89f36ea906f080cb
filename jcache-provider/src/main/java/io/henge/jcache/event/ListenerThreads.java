package io.henge.jcache.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that listeners of one cache run on: events of one key one after the other, those of
 * other keys beside them. Bounded: who offers work asks before whether there is room. Threads end
 * when there is nothing to do for some seconds. Thread-safe.
 */
final class ListenerThreads {

  private static final Logger LOG = System.getLogger(ListenerThreads.class.getPackageName());
  private static final int LANES = 4;
  private static final long IDLE_SECONDS = 5;

  /** A thread that runs listeners. */
  private static final class ListenerThread extends Thread {
    private ListenerThread(Runnable work, String name) {
      super(work, name);
    }
  }

  /** Work that is done in its order, by one thread at a time. */
  private final class Lane implements Runnable {
    private final Deque<Task> tasks = new ArrayDeque<>();
    private boolean running;

    private void add(Task task) {
      synchronized (this) {
        tasks.add(task);
        if (running) {
          return;
        }
        running = true;
      }
      threads.execute(this);
    }

    @Override
    public void run() {
      for (Task next = next(); next != null; next = next()) {
        try {
          next.work().run();
        } catch (RuntimeException | Error bug) {
          // Work sees to what listeners throw; the lane must not stand still for anything else.
          LOG.log(Level.ERROR, "an event could not be given to its listeners", bug);
        } finally {
          events.decrementAndGet();
          bytes.addAndGet(-next.bytes());
        }
      }
    }

    private synchronized Task next() {
      Task next = tasks.poll();
      running = next != null;
      return next;
    }
  }

  private record Task(Runnable work, long bytes) {}

  private final int maxEvents;
  private final long maxBytes;
  private final ThreadPoolExecutor threads;
  private final Lane[] lanes = new Lane[LANES];
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Creates the threads of a cache; none is started yet.
   *
   * @param loader the application's class loader, which they have as their context
   */
  ListenerThreads(String name, ClassLoader loader, int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            LANES,
            LANES,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LANES), // a lane is there once at most
            work -> {
              Thread thread = new ListenerThread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(loader);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // only once it is closed
    threads.allowCoreThreadTimeOut(true);
    for (int i = 0; i < LANES; i++) {
      lanes[i] = new Lane();
    }
  }

  /** Whether the calling thread runs a listener of some cache. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof ListenerThread;
  }

  /** Whether more work may be offered. */
  boolean hasRoom() {
    return events.get() < maxEvents && bytes.get() < maxBytes;
  }

  /**
   * Takes work, which must not throw.
   *
   * @param keyHash the same for work that is to be done in its order
   */
  void run(int keyHash, long size, Runnable work) {
    events.incrementAndGet();
    bytes.addAndGet(size);
    lanes[Math.floorMod(keyHash * 0x9E3779B9, LANES)].add(new Task(work, size));
  }

  /** Ends the threads when what they do now is done; the rest is dropped. */
  void close() {
    threads.shutdown();
    for (Lane lane : lanes) {
      synchronized (lane) {
        lane.tasks.clear();
      }
    }
  }
}
