package io.henge.replication.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets time pass for the data plane: often while something waits, rarely otherwise. */
final class TimerThread implements AutoCloseable {

  private static final Logger LOG = System.getLogger(TimerThread.class.getPackageName());
  private static final long BUSY_NANOS = 2_000_000L;
  private static final long IDLE_NANOS = 10_000_000L;

  private final BooleanSupplier tick;
  private final Thread thread;
  private volatile boolean closed;

  /** The tick tells whether something waits. */
  TimerThread(String name, BooleanSupplier tick) {
    this.tick = tick;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      boolean busy = false;
      try {
        busy = tick.getAsBoolean();
      } catch (RuntimeException bug) {
        LOG.log(Level.ERROR, "the data plane failed on a tick", bug);
      }
      LockSupport.parkNanos(this, busy ? BUSY_NANOS : IDLE_NANOS);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(2000);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
