package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The worst days: what the console says then is true, and it says it at once. */
@ExtendWith(SharedConsole.class)
class StatesIT {

  private static final String FOUND_AGAIN = ".banner.health button:not(:disabled)";
  private static final String DANGER = "document.querySelector('dialog .danger')";

  private final SharedConsole.Opened opened;
  private final ConsoleServer server;
  private final Browser browser;

  StatesIT(SharedConsole.Opened opened) {
    this.opened = opened;
    this.server = opened.server();
    this.browser = opened.browser();
  }

  @BeforeEach
  void begin() throws Exception {
    opened.begin();
  }

  @Test
  void onTheMinoritySideEveryPageSaysSoAndNothingCanBeDone() throws Exception {
    opened.open("#/members/node-b");
    server.script("quorum?held=false");
    browser.until("no quorum", "document.body.dataset.health === 'NO_QUORUM'");
    assertThat(browser.text(".banner.health"))
        .contains("no majority", "the view of slot 1,804", "may have decided more");
    browser.until(
        "no action",
        "[...document.querySelectorAll('henge-members-page button')]"
            + ".every(button => button.disabled && button.title === 'this side has no quorum')");
    browser.go("#/overview");
    assertThat(browser.text(".tiles"))
        .contains("3 of 5 needed", "no quorum here")
        .as("what the view told before is not who answers now")
        .doesNotContain("5 of 5", "leader");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("no-quorum");
    for (int width : new int[] {900, 1101, 1181, 1440}) {
      isNoWiderThan(width);
    }
    server.script("quorum?held=true");
    browser.until("quorum again", "document.body.dataset.health !== 'NO_QUORUM'");
  }

  @Test
  void whatIsLeftWithoutAMajorityIsFoundAgainByAnOperatorWhoConfirmsItTwice() throws Exception {
    opened.open("#/overview");
    assertThat(browser.ask("document.querySelector('" + FOUND_AGAIN + "')"))
        .as("offered with a majority")
        .isNull();
    server.script("silence?member=node-c,node-d,node-e");
    server.script("quorum?held=false");
    browser.until("the button", "document.querySelector('" + FOUND_AGAIN + "')");
    assertThat(browser.violations()).isEmpty();
    browser.click(FOUND_AGAIN);
    browser.until("the dialog", "document.querySelector('dialog[open] .remains')");
    assertThat(browser.text("dialog"))
        .contains("Found orders-prod again with what is left?", "never come back")
        .contains("of 256 partitions would be lost", "both clusters go on")
        .contains("Removed for good: node-b, node-c, node-d, node-e.");
    assertThat(browser.violations()).isEmpty();

    browser.driver().findElement(By.name("confirm")).sendKeys("orders-prod");
    assertThat(browser.ask(DANGER + ".disabled")).as("without the tick").isEqualTo(true);
    browser.click("dialog [name=tick]");
    browser.until("that it can be done", "!" + DANGER + ".disabled");
    browser.driver().findElement(By.name("confirm")).sendKeys(Keys.BACK_SPACE);
    browser.until("the name is asked for", DANGER + ".disabled");
    browser.driver().findElement(By.name("confirm")).sendKeys("d", Keys.ENTER);
    browser.until("the refusal", "document.querySelector('dialog [role=alert] p')");
    assertThat(browser.text("dialog")).contains("others answer than were named: [node-a, node-b]");

    browser.click("dialog .choices li:nth-child(2) input");
    browser.until(
        "who is removed",
        "document.querySelector('dialog .remains').innerText"
            + ".includes('for good: node-c, node-d, node-e.')");
    browser.theme("dark");
    assertThat(browser.violations()).isEmpty();
    browser.theme("light");
    browser.screenshot("found-again-dialog");
    browser.click("dialog .danger");
    browser.until("what was done", "document.querySelector('dialog .told')");
    assertThat(browser.text("dialog .told")).contains("founded again with [node-a, node-b]");
    assertThat(browser.violations()).isEmpty();
    browser.click("dialog .primary");
    browser.until("no dialog", "!document.querySelector('dialog')");
    browser.until(
        "two members", "document.querySelector('.title').innerText.includes('2 members')");
    browser.until("it is not offered", "!document.querySelector('" + FOUND_AGAIN + "')");
    browser.go("#/about");
    browser.until("the audit", "document.body.innerText.includes('found again')");
    assertThat(browser.text("main")).contains("refused: REFUSED others answer");
  }

  private void isNoWiderThan(int width) {
    browser.size(width, 900);
    browser.until("a window of " + width, "innerWidth === " + width);
    assertThat(browser.number("document.documentElement.scrollWidth"))
        .as("the width of the page in a window of " + width)
        .isLessThanOrEqualTo(width);
  }

  @Test
  void aLongNameMakesNoPageWiderThanItsWindow() throws Exception {
    opened.found("orders-and-invoices-of-all-shops-in-the-north-production", 64, 3, 1);
    server.script("quorum?held=false");
    opened.open("#/overview");
    browser.until("no quorum", "document.body.dataset.health === 'NO_QUORUM'");
    for (int width : new int[] {900, 1101, 1181, 1440}) {
      isNoWiderThan(width);
    }
    server.script("quorum?held=true");
    browser.until("quorum again", "document.body.dataset.health !== 'NO_QUORUM'");
    for (int width : new int[] {900, 1101, 1181, 1440}) {
      isNoWiderThan(width);
    }
  }

  @Test
  void withHalfOfTheClusterGoneEachPartitionHasItsTrueState() throws Exception {
    opened.open("#/overview");
    for (String member : new String[] {"node-d", "node-e"}) {
      server.script("crash?member=" + member);
    }
    browser.until(
        "three members", "document.querySelector('.title').innerText.includes('3 members')");
    browser.until("what is lost", "document.body.dataset.health === 'UNAVAILABLE'");
    // By the script's placement 13 partitions had all of their copies on the three.
    assertThat(browser.text(".tiles"))
        .contains("13 unavailable")
        .contains("3 of 5 up")
        .contains("can lose 0");
    opened.open("#/ring");
    assertThat(browser.text(".title")).contains("256 partitions on 3 members");
    assertThat(browser.text(".middle")).contains("243 have a primary");
    assertThat(browser.text("henge-members")).contains("node-d", "node-e", "node-f", "left");
    browser.screenshot("half-gone");
  }

  @Test
  void aCacheWithoutAnyMemberIsUnavailable() throws Exception {
    opened.found("alone", 8, 1, 2, 1);
    server.script("crash?member=node-b");
    opened.open("#/ring");
    browser.until("unavailable", "document.body.dataset.health === 'UNAVAILABLE'");
    assertThat(browser.text(".middle")).contains("have a primary").contains("unavailable");
    browser.go("#/overview");
    assertThat(browser.text(".tiles")).contains("unavailable");
    browser.screenshot("unavailable");
  }

  @Test
  void withoutACacheNothingIsDrawnAndThePageSaysWhy() throws Exception {
    opened.found("empty", 0, 3, 1, 0);
    opened.open("#/caches");
    assertThat(browser.text("henge-caches-page")).contains("No cache yet");
    opened.open("#/ring");
    assertThat(browser.text("main")).contains("No cache yet");
  }

  @Test
  void aMemberThatDoesNotAnswerIsMissingAndNotZero() throws Exception {
    server.script("silence?member=node-c,node-d");
    opened.open("#/caches/carts");
    browser.until("its figures", "document.querySelector('henge-member-statistics table')");
    assertThat(browser.text("henge-member-statistics .head")).contains("3 of 5 members answer");
    assertThat(browser.text("tr[data-member=node-c]")).contains("no answer for 6.4 s");
    assertThat(browser.text("tr[data-member=node-d]"))
        .contains("no answer yet")
        .doesNotContain("0");
    assertThat(browser.text("tr.sum")).contains("of 4 members");
    assertThat(browser.text(".methods"))
        .contains("Baskets.of", "CodecException: shop.Basket cannot be encoded");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("silent-member");
    browser.theme("dark");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("silent-member-dark");
  }

  @Test
  void aNodeThatGoesAndComesBackIsFollowed() throws Exception {
    opened.open("#/ring");
    server.script("stop");
    browser.until("the node is gone", "document.body.dataset.health === 'NO_NODE'");
    assertThat(browser.text("main")).contains("No Henge node runs in this server");
    browser.screenshot("no-node");
    server.script("start");
    browser.until("the node is back", "document.body.dataset.health !== 'NO_NODE'");
  }
}
