package io.henge.benchmarks.comparison;

import java.util.List;
import java.util.Locale;

/**
 * The figures of one measured window, a row of {@code windows.csv}.
 *
 * @param product its name
 * @param what the load
 * @param round from 1
 * @param operationsPerSecond of all nodes
 * @param p50Micros half of the operations took no longer
 * @param p99Micros 99 % of the operations took no longer
 * @param cpuMicros processor time of all nodes for one operation
 * @param allocatedBytes heap allocated on all nodes for one operation
 * @param errors operations that threw
 * @param misses operations whose key was not there
 * @param foreignCores processors used by anything but this product; NaN if unknown
 */
record Window(
    String product,
    Case what,
    int round,
    double operationsPerSecond,
    double p50Micros,
    double p99Micros,
    double cpuMicros,
    double allocatedBytes,
    long errors,
    long misses,
    double foreignCores) {

  static final String HEADER =
      "product,cluster,mode,operation,threads,loaded,round,ops_per_s,p50_us,p99_us,cpu_us_per_op,"
          + "allocated_bytes_per_op,errors,misses,foreign_cores";

  static Window of(String product, Case what, int round, Measured measured, double foreignCores) {
    return new Window(
        product,
        what,
        round,
        measured.operationsPerSecond(),
        measured.latencies().quantile(0.5) / 1e3,
        measured.latencies().quantile(0.99) / 1e3,
        measured.cpuMicrosPerOperation(),
        measured.allocatedBytesPerOperation(),
        measured.errors(),
        measured.misses(),
        foreignCores);
  }

  String toRow() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%s,%s,%d,%d,%d,%.1f,%.2f,%.2f,%.2f,%.0f,%d,%d,%.2f",
        product,
        what.clusterSize(),
        what.mode(),
        what.operation(),
        what.threads(),
        what.loadedNodes(),
        round,
        operationsPerSecond,
        p50Micros,
        p99Micros,
        cpuMicros,
        allocatedBytes,
        errors,
        misses,
        foreignCores);
  }

  static Window ofRow(String row) {
    List<String> cells = List.of(row.split(",", -1));
    return new Window(
        cells.get(0),
        new Case(
            Integer.parseInt(cells.get(1)),
            Mode.of(cells.get(2)),
            Operation.of(cells.get(3)),
            Integer.parseInt(cells.get(4)),
            Integer.parseInt(cells.get(5))),
        Integer.parseInt(cells.get(6)),
        Double.parseDouble(cells.get(7)),
        Double.parseDouble(cells.get(8)),
        Double.parseDouble(cells.get(9)),
        Double.parseDouble(cells.get(10)),
        Double.parseDouble(cells.get(11)),
        Long.parseLong(cells.get(12)),
        Long.parseLong(cells.get(13)),
        Double.parseDouble(cells.get(14)));
  }
}
