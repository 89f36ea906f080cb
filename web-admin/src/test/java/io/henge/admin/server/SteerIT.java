package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator moves a primary and the lead, each with its consequence shown first. */
@ExtendWith(SharedConsole.class)
class SteerIT {

  private static final String MAKE_PRIMARY = "henge-partition button:not(:disabled)";
  private static final String HAND_OVER =
      "[...document.querySelectorAll('henge-members-page button:not(:disabled)')]"
          + ".find(each => each.innerText.startsWith('Hand over'))";

  private final SharedConsole.Opened opened;
  private final Browser browser;

  SteerIT(SharedConsole.Opened opened) {
    this.opened = opened;
    this.browser = opened.browser();
  }

  @BeforeEach
  void everythingIsInSync() throws Exception {
    opened.found("orders-prod", 256, 6, 2);
    browser.theme("light");
  }

  @Test
  void aBackupBecomesThePrimaryAfterTheConsequenceWasShown() throws Exception {
    opened.open("#/ring?p=7");
    browser.until("the button", "document.querySelector('" + MAKE_PRIMARY + "')");
    String backup =
        String.valueOf(
            browser.ask(
                "document.querySelector('henge-partition tbody tr:nth-child(2) th').title"));
    browser.click(MAKE_PRIMARY);
    browser.until("the dialog", "document.querySelector('dialog[open] .primary')");
    assertThat(browser.text("dialog"))
        .contains("Make " + backup + " the primary of partition 7?", "none fails", "Refused if");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("move-primary-dialog");
    browser.click("dialog .primary");
    browser.until(
        "the new primary",
        "document.querySelector('henge-partition tbody tr:first-child th').innerText.includes('"
            + backup
            + "')");
    assertThat(browser.violations()).isEmpty();
    browser.go("#/about");
    browser.until(
        "the audit", "document.body.innerText.includes('move primary to " + backup + "')");
  }

  @Test
  void theLeaderHandsOverAfterTheConsequenceWasShown() throws Exception {
    opened.open("#/members/node-b");
    browser.until("the button", HAND_OVER);
    browser.ask(HAND_OVER + ".click()");
    browser.until("the dialog", "document.querySelector('dialog[open] .primary')");
    assertThat(browser.text("dialog"))
        .contains("Let node-b hand over the lead?", "no operation on a cache waits");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("step-down-dialog");
    browser.click("dialog .primary");
    browser.until("that another one leads", "!" + HAND_OVER);
    browser.go("#/about");
    browser.until("the audit", "document.body.innerText.includes('step down')");
  }
}
