package io.henge.replication.partition;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells whether something that a replica lacks was appended too long ago. Keeps a few marks instead
 * of a time for each effect: an effect counts as old as the mark before it, so the bound may take
 * hold a little too early, never too late.
 */
final class LagClock {

  /** Marks within the bound. */
  private static final int MARKS = 16;

  /** The first effect that was appended at or after a time. */
  private record Mark(long first, long at) {}

  private final long maxLag;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long last = -1;
  private long lastAppend;

  LagClock(long maxLag) {
    this.maxLag = maxLag;
  }

  /** The log ends at {@code end} now. */
  void appended(long end, long now) {
    if (end <= last) {
      return;
    }
    if (marks.isEmpty() || now - marks.peekLast().at() >= maxLag / MARKS) {
      marks.addLast(new Mark(last + 1, now));
    }
    last = end;
    lastAppend = now;
  }

  /** When something was appended last. */
  long lastAppend() {
    return lastAppend;
  }

  /** Whether anything above {@code held} was appended longer ago than the bound. */
  boolean exceeded(long held, long now) {
    if (held >= last) {
      marks.clear();
      return false;
    }
    while (marks.size() > 1) {
      Mark oldest = marks.removeFirst();
      if (marks.peekFirst().first() > held + 1) {
        marks.addFirst(oldest);
        break;
      }
    }
    return !marks.isEmpty() && now - marks.peekFirst().at() > maxLag;
  }
}
