package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the error messages that the user guide explains to those of the code. */
class GuideTest {

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** Of the container and of the API. */
  private static final List<String> OF_OTHERS =
      List.of("WELD-001409", "Multiple CachingProviders have been configured");

  @Test
  void everyMessageThatTheGuideExplainsIsOneOfTheCode() throws IOException {
    String code = code(Path.of("src/main/java")) + code(Path.of("../replication/src/main/java"));
    List<String> missing = new ArrayList<>();
    List<String> messages = messages(Files.readString(Path.of("..", "docs", "guide.md")));
    for (String message : messages) {
      for (String part : message.split("…", -1)) {
        if (!code.contains(part.strip())) {
          missing.add(part.strip() + " of " + message);
        }
      }
    }
    assertThat(messages).hasSizeGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  /** The first cells of the tables of the last chapter. */
  private static List<String> messages(String guide) {
    return guide
        .substring(guide.indexOf("## What an error message wants"))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
        .map(line -> line.split("\\|", 3)[1])
        .flatMap(cell -> QUOTED.matcher(cell).results().map(MatchResult::group))
        .map(quoted -> quoted.substring(1, quoted.length() - 1))
        .filter(message -> OF_OTHERS.stream().noneMatch(message::startsWith))
        .toList();
  }

  /** All sources of a directory, with literals of several lines in one piece. */
  private static String code(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      StringBuilder all = new StringBuilder();
      for (Path source : sources) {
        all.append(Files.readString(source));
      }
      return all.toString()
          .lines()
          .map(String::strip)
          .collect(Collectors.joining(" "))
          .replaceAll("\" ?\\+ ?\"", "");
    }
  }
}
