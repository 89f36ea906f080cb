package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worst days: what the console says then is true, and it says it at once. */
@ExtendWith(SharedConsole.class)
class StatesIT {

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
    assertThat(browser.text(".banner.health")).contains("no majority");
    browser.until(
        "no action",
        "[...document.querySelectorAll('henge-members-page button')]"
            + ".every(button => button.disabled && button.title === 'this side has no quorum')");
    browser.go("#/overview");
    assertThat(browser.text(".tiles")).contains("no quorum here");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("no-quorum");
    server.script("quorum?held=true");
    browser.until("quorum again", "document.body.dataset.health !== 'NO_QUORUM'");
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
