package io.henge.jcache.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.codec.CodecSettings;
import io.henge.jcache.codec.SerializationRules;
import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.NodeSettings;
import io.henge.replication.topology.ReplicationMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of docs/settings.md are made from {@link Setting} and {@link CacheSetting}, and what
 * these say of defaults and ranges is what the code does.
 */
class SettingsDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "settings.md");
  private static final String WRITE =
      "./mvnw -ntp -pl jcache-provider -am test -Dtest=SettingsDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";
  private static final String CACHE = "orders";
  private static final Pattern RANGE = Pattern.compile(".*from ([0-9][^ ,]*) to ([0-9][^ ,]*).*");

  /** Settings that mean something in a certain mode only. */
  private static final String ASYNC = CacheSetting.MODE.key(CACHE) + "=async";

  /** One of the settings, with the key that it has in the document. */
  record Described(String key, SettingRule rule) {

    static Described of(Setting setting) {
      return new Described(setting.key(), setting.rule());
    }

    static Described of(CacheSetting setting, String cacheName) {
      return new Described(setting.key(cacheName), setting.rule());
    }

    String row() {
      return "| `%s` | %s | %s | %s |\n"
          .formatted(key, rule.otherwise().words(), rule.allowed().words(), rule.meaning());
    }

    @Override
    public String toString() {
      return key;
    }
  }

  static Stream<Described> settings() {
    return Stream.concat(
        Stream.of(Setting.values()).map(Described::of),
        Stream.of(CacheSetting.values()).map(setting -> Described.of(setting, CACHE)));
  }

  private static Stream<Described> ofMember(Predicate<String> keys) {
    return Stream.of(Setting.values())
        .filter(setting -> keys.test(setting.key()))
        .map(Described::of);
  }

  @Test
  void theTablesAreMadeFromTheCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    Predicate<String> ofAnnotations = key -> key.startsWith("henge.annotations.");
    String made = replaced(document, "member", ofMember(ofAnnotations.negate()));
    made = replaced(made, "annotations", ofMember(ofAnnotations));
    made =
        replaced(
            made,
            "cache",
            Stream.of(CacheSetting.values()).map(setting -> Described.of(setting, "<name>")));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, made);
    } else {
      assertThat(document).as("made anew by %s", WRITE).isEqualTo(made);
    }
  }

  /** The document with a table of these settings in the place of the one that it has. */
  private static String replaced(String document, String table, Stream<Described> settings) {
    Matcher place =
        Pattern.compile(
                "(<!-- made from the code: " + table + " -->\n).*?(<!-- end -->)", Pattern.DOTALL)
            .matcher(document);
    String made =
        "| key | default | allowed | meaning |\n|---|---|---|---|\n"
            + settings.map(Described::row).collect(Collectors.joining());
    assertThat(place.find()).as("the place of table %s in %s", table, DOCUMENT).isTrue();
    return place.replaceFirst("$1" + Matcher.quoteReplacement(made) + "$2");
  }

  /** What the code reads from settings with these lines; all that is wrong, too. */
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

  private static List<String> with(Described setting, String... lines) {
    List<String> all = new ArrayList<>(List.of(lines));
    if (setting.key().contains("max-lag") || setting.key().contains("stale-reads")) {
      all.add(ASYNC);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aDefaultIsAValueThatOneCouldWrite(Described setting) {
    Optional<String> otherwise = setting.rule().otherwise().text();
    otherwise.ifPresent(
        text ->
            assertThat(read(with(setting, setting.key() + "=" + text)))
                .isEqualTo(read(with(setting)))
                .doesNotContain("is not a valid value"));
  }

  @Test
  void theDefaultsAreThoseOfTheEngine() {
    Settings none = Settings.checked(List.of());
    NodeSettings node = MemberSettings.read(none);
    assertThat(node)
        .isEqualTo(NodeSettings.builder().nodeName(node.nodeName()).sameHostWitness(true).build());
    assertThat(CacheSettingsReader.read(none, CACHE)).isEqualTo(CacheSettings.builder().build());
    assertThat(CodecSettingsReader.rules(none)).isEqualTo(SerializationRules.DEFAULT);
    Properties async = new Properties();
    async.setProperty(CacheSetting.MODE.key(CACHE), "async");
    Settings settings = Settings.checked(List.of(new PropertiesSource(async, "a test")));
    assertThat(CacheSettingsReader.read(settings, CACHE).mode())
        .isEqualTo(ReplicationMode.Async.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theBoundsOfARangeAreAllowedAndWhatIsBeyondIsNot(Described setting) {
    Matcher range = RANGE.matcher(setting.rule().allowed().words());
    if (range.matches()) {
      for (String bound : List.of(range.group(1), range.group(2))) {
        assertThat(read(with(setting, setting.key() + "=" + bound)))
            .as("%s=%s", setting.key(), bound)
            .doesNotContain(setting.key() + "=" + bound + " (from a test) is not a valid value");
      }
      String beyond = beyond(range.group(2));
      assertThat(read(with(setting, setting.key() + "=" + beyond)))
          .contains(setting.key() + "=" + beyond + " (from a test) is not a valid value");
    }
  }

  /** A little more. */
  private static String beyond(String most) {
    Matcher plainOrWithUnit = Pattern.compile("([0-9]+)(|%|.B)").matcher(most);
    if (plainOrWithUnit.matches()) {
      return Long.parseLong(plainOrWithUnit.group(1)) + 1 + plainOrWithUnit.group(2);
    }
    return Durations.parse(most).orElseThrow().plus(Duration.ofMillis(1)).toString();
  }
}
