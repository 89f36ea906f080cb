package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of settings in docs/console.md are made from {@link ConsoleSetting}. */
class ConsoleSettingsDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "console.md");
  private static final String WRITE =
      "./mvnw -ntp -pl web-admin -am test -Dtest=ConsoleSettingsDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

  @Test
  void theTablesAreMadeFromTheCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    Predicate<ConsoleSetting> ofOpenId =
        setting -> setting.key().startsWith(ConsoleSetting.PREFIX + "openid.");
    String made = replaced(replaced(document, "log-in", ofOpenId.negate()), "openid", ofOpenId);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, made);
    } else {
      assertThat(document).as("made anew by %s", WRITE).isEqualTo(made);
    }
  }

  private static String replaced(
      String document, String table, Predicate<ConsoleSetting> settings) {
    Matcher place =
        Pattern.compile(
                "(<!-- made from the code: " + table + " -->\n).*?(<!-- end -->)", Pattern.DOTALL)
            .matcher(document);
    String rows =
        Stream.of(ConsoleSetting.values())
            .filter(settings)
            .map(ConsoleSettingsDocumentTest::row)
            .collect(Collectors.joining());
    assertThat(place.find()).as("the place of table %s in %s", table, DOCUMENT).isTrue();
    return place.replaceFirst(
        "$1"
            + Matcher.quoteReplacement("| key | default | meaning |\n|---|---|---|\n" + rows)
            + "$2");
  }

  private static String row(ConsoleSetting setting) {
    String otherwise = setting.otherwise().isEmpty() ? "none" : "`" + setting.otherwise() + "`";
    return "| `%s` | %s | %s |\n".formatted(setting.key(), otherwise, setting.meaning());
  }
}
