package io.henge.replication.simulation;

import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what happened, to see that a clean run was not a dull one. Not thread-safe. */
public final class Statistics {

  private final SortedMap<String, Long> counts = new TreeMap<>();

  /** Counts one. */
  public void count(String what) {
    add(what, 1);
  }

  /** Counts several. */
  public void add(String what, long number) {
    counts.merge(what, number, Long::sum);
  }

  /** Adds all counts of another run. */
  public void add(Statistics other) {
    other.counts.forEach(this::add);
  }

  /** How often it happened. */
  public long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, number) -> text.append(String.format("  %-55s %,15d%n", what, number)));
    return text.toString();
  }
}
