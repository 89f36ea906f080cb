package io.henge.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The raw figures of a run, on disk as soon as they are known. */
final class Results {

  private final Path directory;
  private final List<Window> windows = new ArrayList<>();
  private final Map<String, Double> bytesPerCopy = new LinkedHashMap<>();
  private final Map<String, Cluster.Failover> failovers = new LinkedHashMap<>();

  /** Results that go to a directory; earlier ones there are overwritten. */
  Results(Path directory) {
    this.directory = directory;
    write("windows.csv", Window.HEADER, false);
    write("memory.csv", "product,heap_bytes_per_copy", false);
    write("failover.csv", "product,longest_gap_ms,puts,errors,keys_found,keys,first_error", false);
  }

  void add(Window window) {
    windows.add(window);
    write("windows.csv", window.toRow(), true);
  }

  void addMemory(String product, double bytes) {
    bytesPerCopy.put(product, bytes);
    write("memory.csv", String.format(Locale.ROOT, "%s,%.1f", product, bytes), true);
  }

  void addFailover(String product, Cluster.Failover failover) {
    failovers.put(product, failover);
    Measured measured = failover.survivors();
    write(
        "failover.csv",
        String.format(
            Locale.ROOT,
            "%s,%.1f,%d,%d,%d,%d,%s",
            product,
            measured.longestGapNanos() / 1e6,
            measured.operations(),
            measured.errors(),
            failover.keysFound(),
            failover.keys(),
            measured.firstError().replace(',', ';').replace('\n', ' ')),
        true);
  }

  /** Writes the tables; returns where. */
  Path writeReport() {
    write("comparison.md", new Report(windows, bytesPerCopy, failovers).markdown(), false);
    return directory.resolve("comparison.md");
  }

  private void write(String file, String text, boolean append) {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve(file),
          text + "\n",
          StandardOpenOption.CREATE,
          append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory.resolve(file), e);
    }
  }
}
