package io.henge.jcache.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What was done to one entry that was absent at first, by whomever. Thread-safe. */
public final class EntryHistory {

  private static final int MOST = 63;

  /**
   * A call that has returned.
   *
   * @param begun before it was called, in nanoseconds of a clock that all callers share
   * @param ended after it returned
   */
  private record Done(CacheCall call, Object result, long begun, long ended) {}

  /**
   * A point of the search.
   *
   * @param placed the calls that have their place in the order, a bit for each
   */
  private record Point(long placed, Integer state) {}

  private final List<Done> calls = new ArrayList<>();

  /** A call has returned. */
  public synchronized void add(CacheCall call, Object result, long begun, long ended) {
    if (calls.size() == MOST) {
      throw new IllegalStateException("more than " + MOST + " calls");
    }
    calls.add(new Done(call, result, begun, ended));
  }

  /**
   * Whether an order explains all results in which none is before one that ended before it began.
   */
  public synchronized boolean linearizable() {
    Set<Point> seen = new HashSet<>();
    List<Point> open = new ArrayList<>();
    open.add(new Point(0, null));
    while (!open.isEmpty()) {
      Point point = open.remove(open.size() - 1);
      if (Long.bitCount(point.placed()) == calls.size()) {
        return true;
      }
      if (seen.add(point)) {
        open.addAll(after(point));
      }
    }
    return false;
  }

  private List<Point> after(Point point) {
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      if ((point.placed() & 1L << i) == 0) {
        firstEnd = Math.min(firstEnd, calls.get(i).ended());
      }
    }
    List<Point> next = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Done done = calls.get(i);
      if ((point.placed() & 1L << i) == 0 && done.begun() <= firstEnd) {
        CacheCall.Effect effect = done.call().on(point.state());
        if (Objects.equals(effect.result(), done.result())) {
          next.add(new Point(point.placed() | 1L << i, effect.state()));
        }
      }
    }
    return next;
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    calls.forEach(
        each ->
            text.append(each.begun())
                .append("..")
                .append(each.ended())
                .append(": ")
                .append(each.call())
                .append(" -> ")
                .append(each.result())
                .append('\n'));
    return text.toString();
  }
}
