package io.henge.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the whole machine is doing, where the operating system tells (Linux). */
final class Machine {

  private static final Path STATISTICS = Path.of("/proc/stat");
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / 100;

  /** user, nice, system, then idle and waiting, then what interrupts and other guests took. */
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  private Machine() {}

  /** Processor time that all processes have used, in nanoseconds; -1 if unknown. */
  static long busyNanos() {
    if (!Files.isReadable(STATISTICS)) {
      return -1;
    }
    try (var lines = Files.lines(STATISTICS)) {
      String[] fields = lines.findFirst().orElse("").split(" +", -1);
      long ticks = 0;
      for (int field : BUSY) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks * NANOS_PER_TICK;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATISTICS, e);
    }
  }

  /** One line on processor, memory, system and Java, for the head of a table. */
  static String description() {
    return Runtime.getRuntime().availableProcessors()
        + " processors ("
        + processorName()
        + "), "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", Java "
        + System.getProperty("java.runtime.version");
  }

  private static String processorName() {
    if (!Files.isReadable(PROCESSOR)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(PROCESSOR)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + PROCESSOR, e);
    }
  }
}
