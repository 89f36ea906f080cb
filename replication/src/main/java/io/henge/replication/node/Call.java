package io.henge.replication.node;

import io.henge.replication.partition.ClientOperation;
import io.henge.replication.partition.ClientResult;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A caller's thread that waits for an operation. One thread waits, any thread reports. */
final class Call {

  /** What wakes the caller. */
  sealed interface News {}

  /** The operation has ended. */
  record Ended(ClientResult result) implements News {}

  /** The key is reserved: the caller's code may run on this value. */
  record Granted(byte[] value) implements News {}

  /** The primary cannot run the processor. */
  record NotRunnable() implements News {}

  private final Thread caller = Thread.currentThread();
  private final AtomicReference<News> news = new AtomicReference<>();
  private ClientOperation operation;

  /**
   * Reports. What was not taken yet is replaced, but for the end, which nothing follows: reports of
   * two threads may overtake each other.
   */
  void report(News what) {
    news.updateAndGet(before -> before instanceof Ended ? before : what);
    LockSupport.unpark(caller);
  }

  /**
   * Waits for news. Interrupts are kept for later: an operation under way cannot be called back,
   * and the session ends it at its timeout.
   */
  News await() {
    boolean interrupted = false;
    News what = news.getAndSet(null);
    while (what == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
      what = news.getAndSet(null);
    }
    if (interrupted) {
      caller.interrupt();
    }
    return what;
  }

  void operation(ClientOperation begun) {
    operation = begun;
  }

  ClientOperation operation() {
    return operation;
  }
}
