package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A drain drill from its consequence to its report. */
@ExtendWith(SharedConsole.class)
class DrillIT {

  private static final String BEGIN = "henge-drills-page ul button:not(:disabled)";

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
    browser.until("the report", "document.querySelector('.drill[data-state=over]')");
    assertThat(browser.text(".drill"))
        .contains("Drain of node-a", "as expected", "node-a handed over everything");
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
