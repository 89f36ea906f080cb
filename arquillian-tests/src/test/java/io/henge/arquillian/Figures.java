package io.henge.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measured times, printed and kept in {@code target/figures}. Not thread-safe. */
public final class Figures {

  private final String title;
  private final List<Duration> times = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /** Begins an empty set of figures. */
  public Figures(String title) {
    this.title = title;
  }

  /** Adds a time, with a word on what it belongs to. */
  public void add(String what, Duration time) {
    times.add(time);
    note(what + ": " + milliseconds(time));
  }

  /** Adds a line. */
  public void note(String line) {
    lines.add(line);
    System.out.println(title + ": " + line);
  }

  /** The middle time; of an even number the higher of the two. */
  public Duration median() {
    return sorted().get(times.size() / 2);
  }

  /** The longest time. */
  public Duration worst() {
    return Collections.max(times);
  }

  private List<Duration> sorted() {
    return times.stream().sorted().toList();
  }

  /** Prints a summary and writes all to a file. */
  public void publish() {
    if (!times.isEmpty()) {
      note(
          times.size()
              + " times, median "
              + milliseconds(median())
              + ", worst "
              + milliseconds(worst())
              + "; sorted: "
              + sorted().stream().map(Figures::milliseconds).collect(Collectors.joining(", ")));
    }
    Path file =
        Path.of("target", "figures", title.toLowerCase(Locale.ROOT).replace(' ', '-') + ".txt");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String milliseconds(Duration time) {
    return time.toMillis() + " ms";
  }
}
