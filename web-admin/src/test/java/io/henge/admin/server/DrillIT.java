package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Drills from their consequence to their report. */
@ExtendWith(SharedConsole.class)
class DrillIT {

  private static final String BEGIN = "henge-drills-page ul button:not(:disabled)";

  private static final String PAUSE =
      "[...document.querySelectorAll('henge-drills-page ul button:not(:disabled)')]"
          + ".find(each => each.innerText.startsWith('Pause'))";

  /** The button of a member that can be chosen. */
  private static String button(String member, String words) {
    return "[...document.querySelectorAll('henge-drills-page ul li')]"
        + ".filter(each => each.innerText.includes('"
        + member
        + "'))"
        + ".flatMap(each => [...each.querySelectorAll('button:not(:disabled)')])"
        + ".find(each => each.innerText.startsWith('"
        + words
        + "'))";
  }

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
    browser.screenshot("drill-pause-dialog");
    browser.click("dialog .primary");
    assertThat(report("Pause of node-a")).contains("as expected", "it came back; nothing was lost");
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void aCutAndACrashNeedTheClustersNameAndEndWithTheirReports() throws Exception {
    opened.found("orders-prod", 256, 6, 2);
    browser.theme("light");
    opened.open("#/drills");
    begin("node-b", "Cut", "Cut drill of node-b?", "drill-cut-dialog");
    assertThat(report("Cut of node-b")).contains("as expected", "it came back; nothing was lost");
    begin("node-d", "Crash", "Crash drill of node-d?", "drill-crash-dialog");
    assertThat(report("Crash of node-d"))
        .contains("as expected", "node-d crashed", "longest operation", "498 ms")
        .contains("0: one key in each of 16 of its partitions had");
    assertThat(browser.violations()).isEmpty();
    // High enough for both reports with what their probes saw.
    browser.size(1440, 1400);
    browser.until("the high page", "innerHeight === 1400");
    browser.screenshot("drill-reports");
    browser.size(1440, 900);
    browser.go("#/about");
    browser.until("the audit", "document.body.innerText.includes('crash drill')");
  }

  /** Opens the dialog, types the cluster's name and begins. */
  private void begin(String member, String words, String title, String picture) {
    browser.until("the button", button(member, words));
    browser.ask(button(member, words) + ".click()");
    browser.until("the consequence", "document.querySelector('dialog .outlook')");
    assertThat(browser.text("dialog")).contains(title, "to go on", "Quorum");
    assertThat(browser.ask("document.querySelector('dialog .danger').disabled")).isEqualTo(true);
    assertThat(browser.violations()).isEmpty();
    browser.screenshot(picture);
    browser.driver().findElement(By.name("confirm")).sendKeys("orders-prod", Keys.ENTER);
    browser.until(
        "no dialog, or a refusal",
        "!document.querySelector('dialog') || document.querySelector('dialog [role=alert] p')");
  }

  @Test
  void aMemberThatDoesNotAllowItRefusesAndTheSettingIsNamed() throws Exception {
    opened.found("orders-prod", 256, 6, 2);
    opened.open("#/drills");
    begin("node-c", "Crash", "Crash drill of node-c?", "drill-crash-refused");
    browser.until("the refusal", "document.querySelector('dialog [role=alert] p')");
    assertThat(browser.text("dialog")).contains("henge.drills.crash=true");
    browser.click("dialog button[type=button]");
    browser.until("no dialog", "!document.querySelector('dialog')");
    assertThat(browser.ask("!!" + button("node-a", "Crash")))
        .as("the member that tells of it")
        .isEqualTo(false);
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
