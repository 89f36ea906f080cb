package io.henge.replication.node;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Wakes those that wait for another slot, or for the end of an incarnation. Thread-safe. */
final class StateNews {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LongSupplier slot;
  private volatile String over;

  /**
   * Creates one.
   *
   * @param slot the last applied one
   */
  StateNews(LongSupplier slot) {
    this.slot = slot;
  }

  /** Why the incarnation has ended, or null. */
  String over() {
    return over;
  }

  /** It has ended; the first reason holds. */
  void end(String why) {
    lock.lock();
    try {
      if (over == null) {
        over = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A slot was applied. */
  void onApplied() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until another slot than {@code seen} is applied, the end, or for {@code nanos}. */
  void await(long seen, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (slot.getAsLong() == seen && over == null && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
