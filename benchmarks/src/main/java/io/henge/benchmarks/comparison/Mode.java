package io.henge.benchmarks.comparison;

import java.util.Locale;

/** How a cache is replicated. Its name is the name of a cache that every node opens. */
enum Mode {
  /** One backup; a write returns when the backup holds it. */
  SYNC,
  /** One backup; a write does not wait for it. */
  ASYNC,
  /** A copy on every node; a write returns when all hold it. */
  ALL,
  /** As {@link #SYNC}; filled to weigh an entry. */
  MEMORY;

  static Mode of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
