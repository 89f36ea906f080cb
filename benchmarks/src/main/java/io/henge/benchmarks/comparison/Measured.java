package io.henge.benchmarks.comparison;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What one window showed, on one node or on all of them.
 *
 * @param nanos how long it took, on the slowest node
 * @param errors operations that threw
 * @param misses operations that did not find their key
 * @param longestGapNanos the longest time that a thread went without a success
 * @param use processor and heap, of all nodes
 * @param latencies of the operations that succeeded
 * @param firstError what the first of the errors said, or "-"
 */
record Measured(
    long nanos,
    long errors,
    long misses,
    long longestGapNanos,
    ProcessUse use,
    Latencies latencies,
    String firstError) {

  /** All nodes together. */
  static Measured together(List<Measured> nodes) {
    Latencies latencies = new Latencies();
    ProcessUse use = new ProcessUse(0, 0, 0, 0);
    long nanos = 0;
    long errors = 0;
    long misses = 0;
    long gap = 0;
    String firstError = "-";
    for (Measured each : nodes) {
      latencies.add(each.latencies);
      use = use.plus(each.use);
      nanos = Math.max(nanos, each.nanos);
      errors += each.errors;
      misses += each.misses;
      gap = Math.max(gap, each.longestGapNanos);
      firstError = firstError.equals("-") ? each.firstError : firstError;
    }
    return new Measured(nanos, errors, misses, gap, use, latencies, firstError);
  }

  long operations() {
    return latencies.count();
  }

  double operationsPerSecond() {
    return operations() * 1e9 / nanos;
  }

  double cpuMicrosPerOperation() {
    return use.cpuNanos() / 1e3 / Math.max(1, operations());
  }

  double allocatedBytesPerOperation() {
    return (double) use.allocatedBytes() / Math.max(1, operations());
  }

  /** For another process, in one line. */
  String encode() {
    return String.join(
        " ",
        Long.toString(nanos),
        Long.toString(errors),
        Long.toString(misses),
        Long.toString(longestGapNanos),
        Long.toString(use.cpuNanos()),
        Long.toString(use.allocatedBytes()),
        Long.toString(use.collections()),
        Long.toString(use.collectionMillis()),
        latencies.encode(),
        Base64.getEncoder().encodeToString(firstError.getBytes(StandardCharsets.UTF_8)));
  }

  /** What {@link #encode} wrote. */
  static Measured decode(String line) {
    String[] parts = line.split(" ", -1);
    return new Measured(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        new ProcessUse(
            Long.parseLong(parts[4]),
            Long.parseLong(parts[5]),
            Long.parseLong(parts[6]),
            Long.parseLong(parts[7])),
        Latencies.decode(parts[8]),
        new String(Base64.getDecoder().decode(parts[9]), StandardCharsets.UTF_8));
  }
}
