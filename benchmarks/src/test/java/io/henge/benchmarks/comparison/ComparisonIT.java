package io.henge.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with one product, one node and the shortest of loads. Nothing is measured here. */
class ComparisonIT {

  @TempDir Path directory;

  @Test
  void aRunWritesRawFiguresAndTables() throws IOException {
    List<String> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).toList();
    Options options =
        Options.parse(
            List.of(
                "--nodes=1",
                "--threads=2",
                "--rounds=1",
                "--window-millis=50",
                "--warm-up=50",
                "--keys=50",
                "--jvm=-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "--output=" + directory));

    Path report =
        new Comparison(options, List.of(new HengeProduct("Henge", classPath, Map.of()))).run();

    assertThat(report).content().contains("| get, sync, 2×1 of 1 node |");
    List<Window> windows =
        Files.readAllLines(directory.resolve("windows.csv")).stream()
            .skip(1)
            .map(Window::ofRow)
            .toList();
    assertThat(windows)
        .extracting(window -> window.what().operation())
        .containsExactly(Operation.values());
    assertThat(windows)
        .allSatisfy(
            window -> {
              assertThat(window.errors()).isZero();
              assertThat(window.misses()).isZero();
              assertThat(window.operationsPerSecond()).isPositive();
            });
  }
}
