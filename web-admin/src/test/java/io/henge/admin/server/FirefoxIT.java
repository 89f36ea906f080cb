package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.admin.browser.Firefox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A walk through the console in Firefox: on demand, with {@code -Dbrowser=firefox}. */
@EnabledIfSystemProperty(named = "browser", matches = "firefox")
class FirefoxIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ARROW_RIGHT = "\uE014";
  private static final String ESCAPE = "\uE00C";

  private static final List<String> PAGES =
      List.of(
          "overview",
          "ring",
          "ring?form=table",
          "ring?slot=1802",
          "members",
          "members/node-b",
          "caches",
          "caches/carts",
          "failovers",
          "failovers/1802",
          "log",
          "key?cache=carts",
          "whatif?stop=node-b",
          "drills",
          "checks",
          "about");

  @TempDir Path directory;

  private ConsoleServer server;
  private Firefox firefox;

  @Test
  void everyPageIsDrawnFollowsTheClusterAndCanBeUsed() throws Exception {
    Map<String, String> settings =
        Map.of(
            "henge.console.login",
            "form",
            "henge.console.users",
            Users.write(directory).toString());
    try (Firefox started = Firefox.start(Files.createDirectory(directory.resolve("profile")));
        ConsoleServer running =
            ConsoleServer.start(Files.createDirectory(directory.resolve("server")), settings)) {
      firefox = started;
      server = running;
      server.script("crash?member=node-f");
      server.script("rebuild?copies=30");
      firefox.size(1440, 900);
      logIn();
      openEachPage();
      theRingIsDrawnAndIsASlider();
      theStreamIsLive();
      aDialogOpensAndCloses();
      assertThat(firefox.complaints()).isEmpty();
    }
  }

  private void until(String what, String expression) {
    await(what)
        .atMost(PATIENCE)
        .until(() -> Boolean.TRUE.equals(firefox.evaluate("Boolean(" + expression + ")")));
  }

  private void open(String page) {
    firefox.load(server.address("/henge/").toString() + "?" + page.hashCode() + "#/" + page);
    until(page, "document.body?.dataset.ready");
  }

  private void logIn() {
    firefox.load(server.address("/henge/").toString());
    until("the log-in page", "document.querySelector('form [name=password]')");
    firefox.evaluate(
        "(() => { document.querySelector('[name=name]').value = '"
            + Users.ADA
            + "'; document.querySelector('[name=password]').value = "
            + "\""
            + Users.password(Users.ADA)
            + "\""
            + "; document.querySelector('form button').click(); })()");
    until("a page", "document.body?.dataset.ready");
    assertThat(firefox.evaluate("document.querySelector('.user').innerText"))
        .isEqualTo("ada, operator");
  }

  private void openEachPage() throws Exception {
    for (String page : PAGES) {
      open(page);
      until("the stream on " + page, "document.body.dataset.connection === 'live'");
      assertThat(((Number) firefox.evaluate("document.documentElement.scrollWidth")).intValue())
          .as(page + " is not wider than its window")
          .isLessThanOrEqualTo(1440);
      firefox.screenshot("firefox-" + page.replaceAll("[^a-z0-9]+", "-"));
      assertThat(firefox.complaints()).as(page).isEmpty();
    }
  }

  private void theRingIsDrawnAndIsASlider() {
    open("ring");
    until("the painted ring", "document.querySelector('canvas')?.width");
    String painted =
        "(() => { const canvas = document.querySelector('henge-ring canvas, canvas');"
            + " const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width,"
            + " canvas.height); let count = 0; for (let i = 3; i < data.length; i += 4) {"
            + " if (data[i]) { count++; } } return count; })()";
    assertThat(((Number) firefox.evaluate(painted)).intValue()).isGreaterThan(10_000);
    firefox.evaluate("document.querySelector('[role=slider]').focus()");
    Object before = firefox.evaluate("document.activeElement.getAttribute('aria-valuetext')");
    firefox.press(ARROW_RIGHT);
    until(
        "another partition",
        "document.activeElement.getAttribute('aria-valuetext') !== " + "\"" + before + "\"");
  }

  private void theStreamIsLive() throws Exception {
    open("ring");
    server.script("crash?member=node-e");
    until(
        "the failover, without reload",
        "document.querySelector('#failover-title')?.innerText === 'node-e crashed'");
  }

  private void aDialogOpensAndCloses() {
    open("members/node-b");
    until("the button", "document.querySelector('henge-members-page button:not(:disabled)')");
    firefox.evaluate("document.querySelector('henge-members-page button').click()");
    until("the consequence", "document.querySelector('dialog[open] .outlook')");
    firefox.press(ESCAPE);
    until("no dialog", "!document.querySelector('dialog[open]')");
  }
}
