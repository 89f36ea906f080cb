package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/**
 * Every page in a real browser on a real server: nothing against WCAG 2.2 AA, all by keyboard,
 * actions with their consequence first, the budgets at 100 members, 1,024 partitions, 200 caches.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesIT {

  private static final int MOST_FIRST_LOAD_BYTES = 120 * 1024;

  private ConsoleServer server;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    browser = Browser.start(Files.createDirectory(directory.resolve("profile")));
    server =
        ConsoleServer.start(
            Files.createDirectory(directory.resolve("server")),
            Map.of(
                "henge.console.login", "form",
                "henge.console.users", Users.write(directory).toString()));
    server.script("crash?member=node-f");
    server.script("rebuild?copies=30");
    server.script("rebuild?copies=30");
    browser.logIn(console(), Users.ADA);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  private URI console() {
    return server.address("/henge/");
  }

  private long number(String expression) {
    return ((Number) browser.ask(expression)).longValue();
  }

  private String text(String selector) {
    return String.valueOf(
        browser.ask("document.querySelector('" + selector + "')?.innerText ?? ''"));
  }

  private void press(CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  @Test
  @Order(1)
  void aWrongPasswordIsToldAndTheRightOneLetsIn() {
    browser.driver().manage().deleteAllCookies();
    browser.driver().get(console().toString());
    browser.until("the log-in page", "document.querySelector('.login')");
    assertThat(browser.violations()).isEmpty();
    browser.driver().findElement(By.name("name")).sendKeys("ada");
    browser.driver().findElement(By.name("password")).sendKeys("no");
    press(Keys.ENTER);
    browser.until("the refusal", "location.hash === '#failed'");
    assertThat(text("#failed")).contains("wrong");
    browser.logIn(console(), Users.ADA);
    assertThat(text(".user")).isEqualTo("ada, operator");
  }

  @Test
  @Order(2)
  void theFirstLoadIsSmall() throws Exception {
    browser.driver().get(console() + "#/overview");
    browser.driver().navigate().refresh();
    browser.until("the page", "document.body.dataset.ready === 'overview'");
    @SuppressWarnings("unchecked")
    List<String> loaded =
        (List<String>)
            browser.ask(
                "[location.href.split('#')[0], ...performance.getEntriesByType('resource')"
                    + ".map(entry => entry.name).filter(name => !name.includes('/api/'))]");
    String cookie =
        browser.driver().manage().getCookies().stream()
            .map(known -> known.getName() + "=" + known.getValue())
            .reduce("", (a, b) -> a.isEmpty() ? b : a + "; " + b);
    int compressed = 0;
    for (String address : loaded) {
      compressed += compressed(address, cookie);
    }
    assertThat(loaded).hasSizeGreaterThan(10);
    assertThat(compressed).as(loaded + " compressed").isLessThan(MOST_FIRST_LOAD_BYTES);
  }

  private static int compressed(String address, String cookie) throws Exception {
    byte[] body =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address)).header("Cookie", cookie).build(),
                BodyHandlers.ofByteArray())
            .body();
    return gzip(body);
  }

  private static int gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.size();
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(
      strings = {
        "overview", "ring?p=99", "ring?form=table", "ring?order=zone", "ring?slot=1802", "ring?slot=3",
        "members", "members/node-b", "caches", "caches/carts", "failovers", "failovers/1802", "log",
        "key?cache=carts", "whatif?stop=node-b", "checks", "about"
      })
  void nothingOnAPageIsAgainstWcag(String page) {
    browser.driver().get(console() + "#/" + page);
    browser.driver().navigate().refresh();
    browser.until(
        page, "document.body.dataset.ready || document.querySelector('.blank .button')");
    if (page.startsWith("whatif")) {
      String id = String.valueOf(browser.ask("document.querySelector('.choices input') && 1"));
      assertThat(id).isEqualTo("1");
      browser.driver().findElement(By.cssSelector(".choices input")).click();
      browser.until("the outlook", "document.querySelector('.outlook')");
    }
    if (page.startsWith("failovers/")) {
      browser.until("the lanes", "document.querySelector('henge-lanes table')");
    }
    String name = page.replaceAll("[^a-z0-9]+", "-");
    for (String theme : List.of("light", "dark")) {
      browser.theme(theme);
      assertThat(browser.violations()).as(page + ", " + theme).isEmpty();
      browser.screenshot(name + "-" + theme);
    }
    browser.size(900, 1000);
    browser.until("the small page", "innerWidth === 900");
    assertThat(browser.violations()).as(page + ", small").isEmpty();
    assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(900);
    browser.size(1440, 900);
    browser.theme("light");
  }

  @Test
  @Order(4)
  void theRingIsASliderForTheKeyboard() {
    browser.go("#/ring?p=99");
    browser.until("the ring", "document.querySelector('.ring')");
    browser.driver().executeScript("document.querySelector('.ring').focus()");
    press(Keys.ARROW_RIGHT);
    browser.until("p100", "location.hash.includes('p=100')");
    press(Keys.PAGE_UP);
    browser.until("p116", "location.hash.includes('p=116')");
    press(Keys.HOME);
    browser.until("p0", "!location.hash.includes('p=')");
    press(Keys.END);
    browser.until("p255", "location.hash.includes('p=255')");
    assertThat(String.valueOf(browser.ask("document.querySelector('.ring').ariaValueText")))
        .startsWith("Partition 255: primary node-");
  }

  @Test
  @Order(5)
  void theSkipLinkAndEveryPageAreReachedByTab() {
    browser.driver().get(console() + "#/overview");
    browser.driver().navigate().refresh();
    browser.until("the page", "document.body.dataset.ready === 'overview'");
    press(Keys.TAB);
    assertThat(browser.ask("document.activeElement.className")).isEqualTo("skip");
    StringBuilder pages = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      press(Keys.TAB);
      pages.append(browser.ask("document.activeElement.getAttribute('href') ?? ''")).append(' ');
    }
    assertThat(pages)
        .contains("#/ring", "#/members", "#/caches", "#/failovers", "#/log", "#/key", "#/whatif")
        .contains("#/checks", "#/about");
  }

  @Test
  @Order(6)
  void theSliderGoesBackInTimeAndTheLinkKeepsTheSlot() {
    browser.go("#/ring");
    browser.until("the slider", "document.querySelector('henge-views input[type=range]')");
    browser
        .driver()
        .executeScript("document.querySelector('henge-views input[type=range]').focus()");
    press(Keys.ARROW_LEFT);
    browser.until("an older view", "document.querySelector('.banner.past')");
    assertThat(String.valueOf(browser.ask("location.hash"))).contains("slot=1803");
    assertThat(text(".fresh")).contains("The past, slot").contains("1,803");
    browser.driver().navigate().refresh();
    browser.until("the same view", "document.querySelector('.banner.past')");
    browser.go("#/members/node-b?slot=1803");
    browser.until(
        "no action in the past",
        "[...document.querySelectorAll('henge-members-page button')].every(b => b.disabled)");
  }

  @Test
  @Order(7)
  void aDrainShowsItsConsequenceFirstAndIsRefusedWhenTheViewMovedOn() throws Exception {
    browser.go("#/members/node-b");
    browser.until("the button", "document.querySelector('henge-members-page button:not(:disabled)')");
    browser.driver().executeScript("document.querySelector('henge-members-page button').click()");
    browser.until("the consequence", "document.querySelector('dialog .outlook')");
    assertThat(text("dialog")).contains("Drain node-b?", "Quorum", "Primaries that move");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("drain-dialog");
    server.script("join?member=node-g");
    browser.driver().executeScript("document.querySelector('dialog .primary').click()");
    browser.until("the refusal", "document.querySelector('dialog .banner.bad:not(.outcome)')");
    assertThat(text("dialog")).contains("You looked at slot");
    browser.until("the new outlook", "!document.querySelector('dialog .primary').disabled");
    browser.driver().executeScript("document.querySelector('dialog .primary').click()");
    browser.until("it drains", "document.body.innerText.includes('draining')");
    browser.until("no dialog", "!document.querySelector('dialog')");
  }

  @Test
  @Order(8)
  void aCacheIsClearedOnlyWithTheClustersName() {
    browser.go("#/caches/carts");
    browser.until("the buttons", "document.querySelector('henge-caches-page button')");
    browser
        .driver()
        .executeScript(
            "[...document.querySelectorAll('henge-caches-page button')]"
                + ".find(b => b.innerText.startsWith('Clear')).click()");
    browser.until("the dialog", "document.querySelector('dialog .danger')");
    assertThat(browser.ask("document.querySelector('dialog .danger').disabled")).isEqualTo(true);
    browser
        .driver()
        .findElement(By.name("confirm"))
        .sendKeys("orders-prod", Keys.ENTER);
    browser.until("no dialog", "!document.querySelector('dialog')");
    browser.go("#/about");
    browser.until("the audit", "document.body.innerText.includes('clear cache carts')");
  }

  @Test
  @Order(9)
  void aCrashAppearsWithoutReloadAndALostNodeIsSaid() throws Exception {
    browser.go("#/ring");
    browser.until("the ring", "document.querySelector('section.failover')");
    server.script("crash?member=node-e");
    browser.until(
        "the failover", "document.querySelector('#failover-title').innerText.includes('node-e')");
    server.script("quorum?held=false");
    browser.until("no quorum", "document.body.dataset.health === 'NO_QUORUM'");
    assertThat(text(".banner.health")).contains("no majority");
    browser.screenshot("no-quorum");
    server.script("quorum?held=true");
    server.script("stop");
    browser.until("the node is gone", "document.body.dataset.health === 'NO_NODE'");
    assertThat(text("main")).contains("No Henge node runs in this server");
    browser.screenshot("no-node");
    server.script("start");
    browser.until("the node is back", "document.body.dataset.health !== 'NO_NODE'");
  }

  @Test
  @Order(10)
  void aHundredMembersTwoHundredCachesAndAThousandPartitionsAreShown() throws Exception {
    server.script("found?name=big&partitions=1024&copies=3&members=100&caches=200");
    browser.driver().get(console() + "#/ring");
    browser.driver().navigate().refresh();
    browser.until("the ring", "document.querySelector('.ring') && document.body.dataset.ready");
    assertThat(text(".title")).contains("1,024 partitions on 100 members");
    Object millis =
        browser.ask(
            "(() => { const ring = document.querySelector('henge-ring'); const from ="
                + " performance.now(); for (let i = 0; i < 10; i++) ring.draw(); return"
                + " (performance.now() - from) / 10; })()");
    System.getLogger(PagesIT.class.getName())
        .log(System.Logger.Level.INFO, "A redraw of 3,072 copies took " + millis + " ms");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("big-ring");
    browser.go("#/caches");
    browser.until("the caches", "document.querySelectorAll('henge-caches-page tbody tr').length");
    assertThat(number("document.querySelectorAll('henge-caches-page tbody tr').length"))
        .isEqualTo(100);
    assertThat(number("document.querySelectorAll('henge-caches-page b').length")).isZero();
    assertThat(text("henge-caches-page")).contains("cache-2 <b>&amp;");
    browser.screenshot("big-caches");
    browser.go("#/members");
    browser.until("the members", "document.querySelectorAll('henge-members-page tbody tr').length");
    assertThat(number("document.querySelectorAll('henge-members-page tbody tr').length"))
        .isEqualTo(100);
    assertThat(number("document.querySelectorAll('*').length")).isLessThan(8000);
  }
}
