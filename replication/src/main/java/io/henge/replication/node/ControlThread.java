package io.henge.replication.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of the metadata plane: a bounded mailbox, drained in batches, and a tick. What
 * does not fit into the mailbox is dropped and counted: the protocol sends again.
 */
final class ControlThread implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ControlThread.class.getPackageName());
  private static final int CAPACITY = 8192;
  private static final long TICK_NANOS = 10_000_000L;

  private final BlockingQueue<Runnable> mailbox = new ArrayBlockingQueue<>(CAPACITY);
  private final Runnable tick;
  private final Thread thread;
  private volatile boolean closed;
  private volatile long dropped;

  ControlThread(String name, Runnable tick) {
    this.tick = tick;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Offers an event; never blocks. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // a statistic: a lost count does no harm
  void offer(Runnable event) {
    if (!closed && !mailbox.offer(event)) {
      dropped++;
    }
  }

  /** Events that did not fit. */
  long dropped() {
    return dropped;
  }

  private void run() {
    List<Runnable> batch = new ArrayList<>();
    long nextTick = System.nanoTime();
    while (!closed) {
      try {
        long wait = nextTick - System.nanoTime();
        Runnable first = wait > 0 ? mailbox.poll(wait, TimeUnit.NANOSECONDS) : mailbox.poll();
        if (first != null) {
          batch.add(first);
          mailbox.drainTo(batch, 256);
        }
      } catch (InterruptedException interrupt) {
        return; // close() interrupts
      }
      for (Runnable event : batch) {
        guard(event);
      }
      batch.clear();
      if (System.nanoTime() - nextTick >= 0) {
        nextTick = System.nanoTime() + TICK_NANOS;
        guard(tick);
      }
    }
  }

  /** A bug in one event must be seen, and must not end the thread without a word. */
  private static void guard(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "the metadata plane failed on an event", bug);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (Thread.currentThread() == thread) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
