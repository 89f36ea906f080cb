package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What people do with the pages, in a real browser on a real server. */
@ExtendWith(SharedConsole.class)
class PageUseIT {

  private final SharedConsole.Opened opened;
  private final ConsoleServer server;
  private final Browser browser;

  PageUseIT(SharedConsole.Opened opened) {
    this.opened = opened;
    this.server = opened.server();
    this.browser = opened.browser();
  }

  @BeforeEach
  void begin() throws Exception {
    opened.begin();
  }

  @Test
  void theRingIsASliderForTheKeyboard() {
    opened.open("#/ring?p=99");
    browser.focus(".ring");
    browser.press(Keys.ARROW_RIGHT);
    browser.until("p100", "location.hash.includes('p=100')");
    browser.press(Keys.PAGE_UP);
    browser.until("p116", "location.hash.includes('p=116')");
    browser.press(Keys.HOME);
    browser.until("p0", "!location.hash.includes('p=')");
    browser.press(Keys.END);
    browser.until("p255", "location.hash.includes('p=255')");
    browser.until(
        "its words",
        "document.querySelector('.ring').ariaValueText.startsWith('Partition 255: primary node-')");
  }

  @Test
  void theSkipLinkAndEveryPageAreReachedByTab() {
    opened.open("#/overview");
    browser.press(Keys.TAB);
    assertThat(browser.ask("document.activeElement.className")).isEqualTo("skip");
    StringBuilder pages = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      browser.press(Keys.TAB);
      pages.append(browser.ask("document.activeElement.getAttribute('href') ?? ''")).append(' ');
    }
    assertThat(pages)
        .contains("#/ring", "#/members", "#/caches", "#/failovers", "#/log", "#/key", "#/whatif")
        .contains("#/checks", "#/about");
  }

  @Test
  void theSliderGoesBackInTimeAndTheLinkKeepsTheSlot() {
    opened.open("#/ring");
    browser.until("the slider", "document.querySelector('henge-views input[type=range]')");
    assertThat(browser.ask("document.body.dataset.slot")).isEqualTo("1804");
    browser.focus("henge-views input[type=range]");
    browser.press(Keys.ARROW_LEFT);
    browser.until("an older view", "document.querySelector('.banner.past')");
    assertThat(browser.text(".banner.past")).contains("The past: slot 1,803");
    assertThat(String.valueOf(browser.ask("location.hash"))).contains("slot=1803");
    browser.driver().navigate().refresh();
    browser.until("the same view", "document.querySelector('.banner.past')");
    browser.go("#/members/node-b?slot=1803");
    browser.until(
        "no action in the past",
        "document.querySelector('henge-members-page button')"
            + " && [...document.querySelectorAll('henge-members-page button')]"
            + ".every(button => button.disabled)");
  }

  @Test
  void aDrainShowsItsConsequenceFirstAndIsRefusedWhenTheViewMovedOn() throws Exception {
    opened.open("#/members/node-b");
    browser.until(
        "the button", "document.querySelector('henge-members-page button:not(:disabled)')");
    browser.click("henge-members-page button");
    browser.until("the consequence", "document.querySelector('dialog .outlook')");
    assertThat(browser.text("dialog")).contains("Drain node-b?", "Quorum", "Primaries that move");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("drain-dialog");
    server.script("join?member=node-g");
    browser.click("dialog .primary");
    browser.until("the refusal", "document.querySelector('dialog .banner.bad:not(.outcome)')");
    assertThat(browser.text("dialog")).contains("You looked at slot 1804");
    browser.until("the new outlook", "!document.querySelector('dialog .primary').disabled");
    browser.click("dialog .primary");
    browser.until("no dialog", "!document.querySelector('dialog')");
    browser.until(
        "it drains", "document.querySelector('henge-members-page .chip').innerText === 'draining'");
  }

  @Test
  void aCacheIsClearedOnlyWithTheClustersName() {
    opened.open("#/caches/carts");
    browser.until("the buttons", "document.querySelector('henge-caches-page button')");
    browser.driver().findElement(By.xpath("//button[starts-with(., 'Clear')]")).click();
    browser.until("the dialog", "document.querySelector('dialog .danger')");
    assertThat(browser.ask("document.querySelector('dialog .danger').disabled")).isEqualTo(true);
    browser.driver().findElement(By.name("confirm")).sendKeys("orders-prod", Keys.ENTER);
    browser.until("no dialog", "!document.querySelector('dialog')");
    browser.go("#/about");
    browser.until("the audit", "document.body.innerText.includes('clear cache carts')");
  }

  @Test
  void aCrashAppearsWithoutReload() throws Exception {
    opened.open("#/ring");
    browser.until("the failover", "document.querySelector('#failover-title')");
    assertThat(browser.text("#failover-title")).isEqualTo("node-f crashed");
    server.script("crash?member=node-e");
    browser.until(
        "the next failover",
        "document.querySelector('#failover-title').innerText === 'node-e crashed'");
    browser.until(
        "its gap on the ring", "document.querySelector('henge-members .gone s').innerText");
    assertThat(browser.text("henge-members")).contains("node-e", "left");
  }
}
