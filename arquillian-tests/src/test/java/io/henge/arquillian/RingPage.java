package io.henge.arquillian;

import io.henge.admin.browser.Chromium;
import io.henge.arquillian.servers.PayaraNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console's ring page of a server, in a real browser, and what one sees there. */
final class RingPage implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  /** Counts the pixels of the ring that are not transparent. */
  private static final String PAINTED_PIXELS =
      """
      const canvas = document.querySelector('henge-ring canvas');
      if (!canvas || !canvas.width || !canvas.height) return 0;
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      let painted = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i]) painted++;
      return painted;
      """;

  private final Chromium browser;
  private final ChromeDriver driver;

  private RingPage(Chromium browser) {
    this.browser = browser;
    this.driver = browser.driver();
  }

  /** Opens the page, or skips the calling test where there is no browser. */
  static RingPage open(Path profile, PayaraNode server) {
    RingPage page = new RingPage(Chromium.start(profile, "--window-size=1440,1000"));
    page.driver.get(server.console() + "#/ring");
    return page;
  }

  long paintedPixels() {
    return ((Number) driver.executeScript(PAINTED_PIXELS)).longValue();
  }

  /** What is said of each member that is there. */
  List<String> members() {
    return driver.findElements(By.cssSelector("henge-members li.member:not(.gone)")).stream()
        .map(WebElement::getText)
        .toList();
  }

  /** The slot of the failover that is shown; empty if none is. */
  String failover() {
    return driver.findElement(By.cssSelector("section.failover")).getDomAttribute("data-failover");
  }

  String failoverTitle() {
    return driver.findElement(By.id("failover-title")).getText();
  }

  /** The phases that have ended. */
  Set<String> endedPhases() {
    Set<String> names = new TreeSet<>();
    driver
        .findElements(By.cssSelector("li.phase.done"))
        .forEach(phase -> names.add(phase.getDomAttribute("data-phase")));
    return names;
  }

  /** The code of the cluster's health, for instance OK. */
  String health() {
    return String.valueOf(driver.executeScript("return document.body.dataset.health"));
  }

  /** Waits for something to be seen. */
  void await(String what, Duration atMost, Seen seen) {
    new WebDriverWait(driver, atMost, POLL)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(what)
        .until(unused -> seen.now());
  }

  /** Something that is on the page, or is not. */
  interface Seen {
    boolean now();
  }

  void screenshot(String name) {
    browser.screenshot(name);
  }

  @Override
  public void close() {
    browser.close();
  }
}
