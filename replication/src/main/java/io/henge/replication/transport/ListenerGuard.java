package io.henge.replication.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs what others wrote on the transport's threads: an exception is logged, at most once a second,
 * and does not end the thread, which would end the connection it serves.
 */
final class ListenerGuard {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());
  private final AtomicLong suppressed = new AtomicLong();

  ListenerGuard(Logger log) {
    this.log = log;
  }

  /** Runs the action; {@code what} names it in the log. */
  void run(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | AssertionError | LinkageError e) {
      long now = System.nanoTime();
      long next = nextLog.get();
      if (now - next >= 0 && nextLog.compareAndSet(next, now + PAUSE_NANOS)) {
        String text =
            what + " failed; " + suppressed.getAndSet(0) + " more failures since the last message";
        log.log(Level.ERROR, text, e);
      } else {
        suppressed.incrementAndGet();
      }
    }
  }
}
