package io.henge.jcache.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.codec.CodecSettings;
import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/settings.md says of keys, defaults and ranges is what the code does. */
class SettingsDocumentTest {

  private static final String CACHE = "orders";
  private static final Pattern LITERAL = Pattern.compile("`([^`]+)`( \\(.*\\))?");
  private static final Pattern RANGE = Pattern.compile("([0-9][^ ,]*) to ([0-9][^ ,]*).*");

  /** Settings that mean something in a certain mode only. */
  private static final String ASYNC = CacheSetting.MODE.key(CACHE) + "=async";

  /** A row of one of its tables. */
  record Row(String key, String otherwise, String allowed) {

    /** The default, where the document gives it as one would write it. */
    Optional<String> literal() {
      return Optional.of(LITERAL.matcher(otherwise))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .filter(text -> !text.startsWith("henge."));
    }

    @Override
    public String toString() {
      return key;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readString(Path.of("..", "docs", "settings.md"))
        .lines()
        .filter(line -> line.startsWith("| `henge."))
        .map(line -> line.split(" \\| ", -1))
        .map(
            cells ->
                new Row(
                    cells[0]
                        .substring("| `".length(), cells[0].length() - 1)
                        .replace("<name>", CACHE),
                    cells[1],
                    cells[2]));
  }

  /** Everything that code reads from settings with these lines, as text; all that is wrong too. */
  private static String read(List<String> lines) {
    Properties properties = new Properties();
    lines.forEach(
        line ->
            properties.setProperty(
                line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    properties.setProperty(Setting.NODE_NAME.key(), "not random");
    try {
      Settings settings = Settings.checked(List.of(new PropertiesSource(properties, "a test")));
      NodeSettings node = MemberSettings.read(settings);
      CacheSettings cache = CacheSettingsReader.read(settings, CACHE);
      EntryTypes<?, ?> types =
          EntryTypes.of(new CacheConfiguration<>(new MutableConfiguration<>()));
      CodecSettings codec = CodecSettingsReader.read(settings, CACHE, types);
      return node + " " + cache + " " + codec + " " + AnnotationSettings.read(settings);
    } catch (InvalidSettingsException invalid) {
      return invalid.getMessage();
    }
  }

  private static List<String> with(Row row, String... lines) {
    List<String> all = new ArrayList<>(List.of(lines));
    if (row.key().contains("max-lag") || row.key().contains("stale-reads")) {
      all.add(ASYNC);
    }
    return all;
  }

  @Test
  void everySettingIsInTheDocumentAndNothingElse() throws IOException {
    List<String> keys =
        Stream.concat(
                Stream.of(Setting.values()).map(Setting::key),
                Stream.of(CacheSetting.values()).map(setting -> setting.key(CACHE)))
            .toList();
    assertThat(rows().map(Row::key)).containsExactlyInAnyOrderElementsOf(keys);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsGivenAsTheDefaultIsWhatHoldsWithoutTheSetting(Row row) {
    row.literal()
        .ifPresent(
            otherwise ->
                assertThat(read(with(row, row.key() + "=" + otherwise)))
                    .isEqualTo(read(with(row)))
                    .doesNotContain("is not a valid value"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theBoundsOfARangeAreAllowedAndWhatIsBeyondIsNot(Row row) {
    Matcher range = RANGE.matcher(row.allowed());
    if (range.matches()) {
      for (String bound : List.of(range.group(1), range.group(2))) {
        assertThat(read(with(row, row.key() + "=" + bound)))
            .as("%s=%s", row.key(), bound)
            .doesNotContain(row.key() + "=" + bound + " (from a test) is not a valid value");
      }
      String beyond = beyond(range.group(2));
      assertThat(read(with(row, row.key() + "=" + beyond)))
          .contains(row.key() + "=" + beyond + " (from a test) is not a valid value");
    }
  }

  /** A little more. */
  private static String beyond(String most) {
    if (most.matches("[0-9]+")) {
      return Long.toString(Long.parseLong(most) + 1);
    }
    if (most.endsWith("B")) {
      return (Integer.parseInt(most.replaceAll("[kKMGB]", "")) + 1) + most.replaceAll("[0-9]", "");
    }
    return Durations.parse(most).orElseThrow().plus(Duration.ofMillis(1)).toString();
  }
}
