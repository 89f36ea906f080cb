package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of the decision log computes the chain of hashes itself. */
@ExtendWith(SharedConsole.class)
class LogPageIT {

  private final SharedConsole.Opened opened;
  private final Browser browser;

  LogPageIT(SharedConsole.Opened opened) {
    this.opened = opened;
    browser = opened.browser();
  }

  @BeforeEach
  void begin() throws IOException {
    opened.begin();
  }

  private void awaitChain(String what) {
    browser.until(
        "the chain is " + what,
        "document.querySelector('.chain')?.dataset.chain === '" + what + "'");
  }

  @Test
  void theHashesOfAllSlotsAreComputedAgainAndThoseOfNewOnesAsTheyCome() throws IOException {
    opened.open("#/log");
    awaitChain("1804");
    assertThat(browser.text(".chain")).contains("5 slots, 1,800 to 1,804");
    opened.server().script("rebuild?copies=30");
    awaitChain("1805");
    assertThat(browser.text(".chain")).contains("6 slots, 1,800 to 1,805");
    browser.screenshot("log-verified");
  }

  @Test
  void anEntryThatWasForgedIsShown() throws IOException {
    opened.server().script("tamper");
    opened.open("#/log");
    awaitChain("broken");
    assertThat(browser.text(".chain"))
        .contains("does not fit its hashes at slot 1,804")
        .contains("what it decided gives hash")
        .contains("slots 1,800 to 1,803 before it fit");
    browser.screenshot("log-broken");
  }
}
