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
 * Every page in a real browser on a real server: nothing against WCAG 2.2 AA, and a small first
 * load.
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
                "henge.console.login",
                "form",
                "henge.console.users",
                Users.write(directory).toString()));
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
        "overview",
        "ring?p=99",
        "ring?form=table",
        "ring?order=zone",
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
        "checks",
        "about"
      })
  void nothingOnAPageIsAgainstWcag(String page) {
    browser.driver().get(console() + "#/" + page);
    browser.driver().navigate().refresh();
    browser.until(page, "document.body.dataset.ready || document.querySelector('.blank .button')");
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
}
