package io.henge.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.browser.Chromium;
import io.henge.arquillian.servers.PayaraCluster;
import io.henge.arquillian.servers.PayaraNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console's ring page of a real server, in a real browser. */
@ExtendWith(SharedCluster.class)
class RingPageIT {

  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(30);

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

  @TempDir Path profile;

  private final PayaraCluster cluster;

  RingPageIT(PayaraCluster cluster) {
    this.cluster = cluster;
    SharedCluster.awaitAllInSync(cluster);
  }

  @Test
  void theRingIsDrawnWithItsMembersAndAFailoverAppearsWhileOneLooks() {
    PayaraNode watched = cluster.nodes().get(0);
    PayaraNode victim = cluster.nodes().get(2);
    try (Chromium browser = Chromium.start(profile, "--window-size=1440,1000")) {
      ChromeDriver driver = browser.driver();
      driver.get(watched.console() + "#/ring");
      WebDriverWait wait = new WebDriverWait(driver, PAGE_TIMEOUT);
      wait.ignoring(StaleElementReferenceException.class);
      wait.withMessage("a painted ring")
          .until(page -> ((Number) driver.executeScript(PAINTED_PIXELS)).longValue() > 10_000);
      wait.withMessage("three members").until(page -> members(driver).size() == 3);
      assertThat(members(driver))
          .allSatisfy(line -> assertThat(line).matches("(?s).*node-[123].*"));
      String before = shownFailover(driver);
      browser.screenshot("ring-in-sync");

      victim.kill();
      wait.withMessage("the failover of " + victim.name())
          .until(
              page ->
                  !shownFailover(driver).equals(before)
                      && driver
                          .findElement(By.id("failover-title"))
                          .getText()
                          .contains(victim.name()));
      wait.withMessage("its phases, up to the new primaries")
          .until(page -> !driver.findElements(By.cssSelector(".phase.promote.done")).isEmpty());
      assertThat(phases(driver)).contains("suspect", "agree", "promote");
      browser.screenshot("ring-after-kill");

      victim.start();
      victim.awaitReady();
      wait.withMessage("three members again").until(page -> members(driver).size() == 3);
      browser.screenshot("ring-after-restart");
    } finally {
      if (!victim.isAlive()) {
        victim.start();
        victim.awaitReady();
      }
    }
  }

  private static List<String> members(ChromeDriver driver) {
    return driver.findElements(By.cssSelector("henge-members li.member:not(.gone)")).stream()
        .map(WebElement::getText)
        .toList();
  }

  private static String shownFailover(ChromeDriver driver) {
    return driver.findElement(By.cssSelector("section.failover")).getDomAttribute("data-failover");
  }

  private static Set<String> phases(ChromeDriver driver) {
    Set<String> names = new TreeSet<>();
    driver
        .findElements(By.cssSelector("li.phase"))
        .forEach(phase -> names.add(phase.getDomAttribute("data-phase")));
    return names;
  }
}
