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
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A walk through the console in Firefox; the other tests of pages drive Chromium. */
class FirefoxIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RING = "document.querySelector('[role=slider]')";
  private static final int WIDE = 1440;
  private static final int NARROW = 900;

  private static final List<String> PAGES =
      List.of(
          "overview",
          "ring",
          "ring?order=zone",
          "ring?form=table",
          "ring?slot=1802",
          "ring?slot=3",
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

  /** How many points of the canvas are painted, and the sum of what is in them. */
  private static final String PAINTED =
      """
      (() => {
        const canvas = document.querySelector('canvas');
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let points = 0;
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) {
          points += data[i + 3] ? 1 : 0;
          sum += data[i] + data[i + 1] + data[i + 2];
        }
        return `${points} ${sum}`;
      })()""";

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
      firefox.size(WIDE, 900);
      logIn();
      openEachPage();
      theRingIsPaintedInTheColoursOfTheTheme();
      theRingIsASliderForTheKeyboard();
      everyPageIsReachedByTab();
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
    // A slot that is no longer kept has no page, but a button to one that is.
    until(page, "document.body?.dataset.ready || document.querySelector('.blank .button')");
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
      String name = "firefox-" + page.replaceAll("[^a-z0-9]+", "-");
      for (String theme : List.of("light", "dark")) {
        theme(theme);
        isNoWiderThan(WIDE, page);
        firefox.screenshot(name + "-" + theme);
      }
      firefox.size(NARROW, 900);
      isNoWiderThan(NARROW, page);
      firefox.size(WIDE, 900);
      theme("light");
      assertThat(firefox.complaints()).as(page).isEmpty();
    }
  }

  /** Chooses light or dark by the page's own button. */
  private void theme(String theme) {
    String button = "document.querySelector('[aria-label=\"Switch to " + theme + " colours\"]')";
    firefox.evaluate(button + "?.click() ?? null");
    until(
        theme + " colours",
        "!" + button + " && document.documentElement.dataset.theme === '" + theme + "'");
  }

  private void isNoWiderThan(int width, String page) {
    until("a window of " + width, "innerWidth === " + width);
    assertThat(number("document.documentElement.scrollWidth"))
        .as(page + " is not wider than its window")
        .isLessThanOrEqualTo(width);
  }

  private int number(String expression) {
    return ((Number) firefox.evaluate(expression)).intValue();
  }

  private void theRingIsPaintedInTheColoursOfTheTheme() {
    open("ring");
    until("the canvas", "document.querySelector('canvas')?.width");
    theme("light");
    String light = painted();
    theme("dark");
    until("another painting", "'" + light + "' !== " + PAINTED);
    painted();
    theme("light");
  }

  private String painted() {
    String painted = (String) firefox.evaluate(PAINTED);
    assertThat(Integer.parseInt(painted.substring(0, painted.indexOf(' ')))).isGreaterThan(10_000);
    return painted;
  }

  private void theRingIsASliderForTheKeyboard() {
    open("ring?p=99");
    firefox.evaluate(RING + ".focus()");
    press(Keys.ARROW_RIGHT, 100);
    press(Keys.PAGE_UP, 116);
    press(Keys.PAGE_DOWN, 100);
    press(Keys.ARROW_LEFT, 99);
    press(Keys.HOME, 0);
    press(Keys.END, 255);
  }

  private void press(Keys key, int partition) {
    firefox.press(key);
    until(
        "partition " + partition,
        RING
            + ".ariaValueText.startsWith('Partition "
            + partition
            + ": primary node-') && document.activeElement === "
            + RING);
  }

  private void everyPageIsReachedByTab() {
    open("overview");
    firefox.press(Keys.TAB);
    assertThat(firefox.evaluate("document.activeElement.className")).isEqualTo("skip");
    StringBuilder pages = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      firefox.press(Keys.TAB);
      pages.append(firefox.evaluate("document.activeElement.getAttribute('href')")).append(' ');
    }
    assertThat(pages)
        .contains("#/ring", "#/members", "#/caches", "#/failovers", "#/log", "#/key", "#/whatif")
        .contains("#/drills", "#/checks", "#/about");
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
    firefox.press(Keys.ESCAPE);
    until("no dialog", "!document.querySelector('dialog[open]')");
  }
}
