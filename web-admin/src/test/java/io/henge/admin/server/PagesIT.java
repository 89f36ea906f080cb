package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * Every page in a real browser on a real server: nothing against WCAG 2.2 AA, and a small first
 * load.
 */
@ExtendWith(SharedConsole.class)
class PagesIT {

  private static final int MOST_FIRST_LOAD_BYTES = 120 * 1024;

  private final SharedConsole.Opened opened;
  private final Browser browser;

  PagesIT(SharedConsole.Opened opened) {
    this.opened = opened;
    this.browser = opened.browser();
  }

  @BeforeEach
  void begin() throws Exception {
    opened.begin();
  }

  @Test
  void aWrongPasswordIsToldAndTheRightOneLetsIn() {
    browser.driver().manage().deleteAllCookies();
    browser.driver().get(opened.console().toString());
    browser.until("the log-in page", "document.querySelector('.login')");
    assertThat(browser.violations()).isEmpty();
    browser.driver().findElement(By.name("name")).sendKeys("ada");
    browser.driver().findElement(By.name("password")).sendKeys("no");
    browser.press(Keys.ENTER);
    browser.until("the refusal", "location.hash === '#failed'");
    assertThat(browser.text("#failed")).contains("wrong");
    browser.logIn(opened.console(), Users.ADA);
    assertThat(browser.text(".user")).isEqualTo("ada, operator");
  }

  @Test
  void theFirstLoadIsSmall() throws Exception {
    opened.open("#/overview");
    @SuppressWarnings("unchecked")
    List<String> loaded =
        (List<String>)
            browser.ask(
                "[location.href.split('#')[0], ...performance.getEntriesByType('resource')"
                    + ".map(entry => entry.name).filter(name => !name.includes('/api/'))]");
    int compressed = 0;
    for (String address : loaded) {
      compressed += Gzip.size(opened.get(URI.create(address)));
    }
    System.out.printf("First load: %d files, %,d bytes compressed%n", loaded.size(), compressed);
    assertThat(loaded).hasSizeGreaterThan(10);
    assertThat(compressed).as(loaded + " compressed").isLessThan(MOST_FIRST_LOAD_BYTES);
  }

  @ParameterizedTest
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
        "drills",
        "checks",
        "about"
      })
  void nothingOnAPageIsAgainstWcag(String page) {
    browser.driver().get(opened.console() + "#/" + page);
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
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(900);
  }
}
