package io.henge.benchmarks.comparison;

import java.util.Locale;

/** What a load does. */
enum Operation {
  /** Reads a key that is there. */
  GET,
  /** Writes a key that is there. */
  PUT,
  /** Nine reads to one write. */
  MIXED,
  /** Changes a key that is there by an entry processor that can travel. */
  INVOKE;

  static Operation of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
