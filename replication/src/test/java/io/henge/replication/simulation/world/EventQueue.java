package io.henge.replication.simulation.world;

import java.util.PriorityQueue;

/**
 * Virtual time: runs what was scheduled in order of time, and in order of scheduling where times
 * are equal. Nanoseconds from 0. Not thread-safe.
 */
public final class EventQueue {

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long scheduled;
  private long executed;

  /** The present. */
  public long now() {
    return now;
  }

  /** Number of events run so far. */
  public long executed() {
    return executed;
  }

  /** Runs {@code action} at a time; the past counts as now. */
  public void at(long time, Runnable action) {
    events.add(new Event(Math.max(time, now), scheduled++, action));
  }

  /** Runs {@code action} after a delay of 0 or more. */
  public void after(long delay, Runnable action) {
    at(now + delay, action);
  }

  /** Runs everything up to and including {@code end}; the present is {@code end} afterwards. */
  public void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event next = events.remove();
      now = next.at();
      executed++;
      next.action().run();
    }
    now = Math.max(now, end);
  }
}
