package io.henge.jcache.event;

import io.henge.replication.node.ChangePosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What operations of this member wait for: that the synchronous listeners here have been given the
 * events of the operation. Thread-safe.
 */
final class OwnEvents {

  /** Failures whose operation never came for them (it timed out) are forgotten, oldest first. */
  private static final int MAX_FAILURES = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private final Map<Integer, Long> covered = new HashMap<>();
  private final Set<ChangePosition> underWay = new HashSet<>();

  private final Map<ChangePosition, Throwable> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChangePosition, Throwable> eldest) {
          return size() > MAX_FAILURES;
        }
      };

  /** Counts the times at which everything that was waited for was given up. */
  private int breaks;

  /** Listeners are going to be given the event of a change. */
  void begins(ChangePosition position) {
    lock.lock();
    try {
      underWay.add(position);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Listeners were given the event of a change.
   *
   * @param failure for the operation of this member that made the change; null if none
   */
  void ended(ChangePosition position, Throwable failure) {
    lock.lock();
    try {
      if (underWay.remove(position) && failure != null) {
        failures.put(position, failure);
      }
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All changes of a partition up to a position have begun. */
  void covered(int partition, long position) {
    lock.lock();
    try {
      covered.put(partition, position);
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody need wait any more: nothing will come. */
  void giveUp() {
    lock.lock();
    try {
      breaks++;
      covered.clear();
      underWay.clear();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How waiting ended. */
  enum End {
    /** All listeners were given the events. */
    DONE,
    /** Not within the time. */
    LATE,
    /** Nothing will come any more. */
    GIVEN_UP
  }

  /** Waits until all events of some changes were given. Interrupts are kept for later. */
  End await(List<ChangePosition> positions, long nanos) {
    long left = nanos;
    boolean interrupted = false;
    lock.lock();
    try {
      int before = breaks;
      for (ChangePosition each : positions) {
        while (!done(each)) {
          if (breaks != before) {
            return End.GIVEN_UP;
          }
          if (left <= 0) {
            return End.LATE;
          }
          try {
            left = progress.awaitNanos(left);
          } catch (InterruptedException interrupt) {
            interrupted = true; // the operation is done; only its listeners are waited for
          }
        }
      }
      return End.DONE;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean done(ChangePosition position) {
    return covered.getOrDefault(position.partition(), -1L) >= position.position()
        && !underWay.contains(position);
  }

  /** Takes what listeners threw at changes; the first one, with the others suppressed, or null. */
  Throwable takeFailure(List<ChangePosition> positions) {
    lock.lock();
    try {
      Throwable first = null;
      for (ChangePosition each : positions) {
        Throwable failure = failures.remove(each);
        if (first == null) {
          first = failure;
        } else if (failure != null && failure != first) {
          first.addSuppressed(failure);
        }
      }
      return first;
    } finally {
      lock.unlock();
    }
  }
}
