package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A drain drill from its consequence to its report. */
@ExtendWith(SharedConsole.class)
class DrillIT {

  private static final String BEGIN = "henge-drills-page ul button:not(:disabled)";

  private static final String PAUSE =
      "[...document.querySelectorAll('henge-drills-page ul button:not(:disabled)')]"
          + ".find(each => each.innerText.startsWith('Pause'))";

  private final SharedConsole.Opened opened;
  private final Browser browser;

  DrillIT(SharedConsole.Opened opened) {
    this.opened = opened;
    this.browser = opened.browser();
  }

  @Test
  void aDrillIsBegunWithItsConsequenceAndEndsWithAReport() throws Exception {
    opened.found("orders-prod", 256, 6, 2);
    browser.theme("light");
    opened.open("#/drills");
    browser.until("the button", "document.querySelector('" + BEGIN + "')");
    browser.click(BEGIN);
    browser.until("the consequence", "document.querySelector('dialog .outlook')");
    assertThat(browser.text("dialog")).contains("Drain drill of node-a?", "Primaries that move");
    browser.click("dialog .primary");
    assertThat(report("Drain of node-a")).contains("as expected", "node-a handed over everything");
    for (String theme : new String[] {"light", "dark"}) {
      browser.theme(theme);
      assertThat(browser.violations()).isEmpty();
      browser.screenshot("drills-" + theme);
    }
    browser.theme("light");
    browser.size(900, 1000);
    browser.until("the small page", "innerWidth === 900");
    assertThat(browser.violations()).isEmpty();
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(900);
    browser.size(1440, 900);
    browser.go("#/about");
    browser.until("the audit", "document.body.innerText.includes('drain drill')");
    assertThat(browser.text("main")).contains("undrained");
  }

  /** Waits for the newest report of that title; other tests of this console leave theirs. */
  private String report(String title) {
    browser.until(
        "the report",
        "document.querySelector('.drill[data-state=over] h2')?.innerText === '" + title + "'");
    return browser.text(".drill");
  }

  @Test
  void aPausedMemberComesBackByItselfAndTheReportSaysWhatItCost() throws Exception {
    opened.found("orders-prod", 256, 6, 2);
    browser.theme("light");
    opened.open("#/drills");
    browser.until("the button", PAUSE);
    browser.ask(PAUSE + ".click()");
    browser.until("the consequence", "document.querySelector('dialog .outlook')");
    assertThat(browser.text("dialog")).contains("Pause drill of node-a?", "Writes pause");
    browser.click("dialog .primary");
    assertThat(report("Pause of node-a")).contains("as expected", "it came back; nothing was lost");
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void aDrillIsRefusedWhileNotEverythingIsInSync() throws Exception {
    opened.begin();
    opened.open("#/drills");
    browser.until("the button", "document.querySelector('" + BEGIN + "')");
    browser.click(BEGIN);
    browser.until("the consequence", "document.querySelector('dialog .outlook')");
    browser.click("dialog .primary");
    browser.until("the refusal", "document.querySelector('dialog .banner.bad:not(.outcome)')");
    assertThat(browser.text("dialog")).contains("A failover goes on");
    browser.click("dialog button[type=button]");
    browser.until("no dialog", "!document.querySelector('dialog')");
  }
}
