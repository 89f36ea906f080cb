package io.henge.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.henge.admin.browser.Chromium;
import io.henge.arquillian.processes.WorkerProcess;
import io.henge.arquillian.servers.Operator;
import io.henge.arquillian.servers.PayaraNode;
import io.henge.arquillian.servers.Ports;
import io.henge.arquillian.servers.Sample;
import io.henge.arquillian.servers.ServerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The day on which the majority is gone for good, with real processes: an operator founds the
 * cluster again from the console of what is left, and it serves.
 */
class FoundAgainIT {

  private static final int FIRST_HTTP_PORT = 18231;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SERVER = "server-1";
  private static final String BUTTON = ".banner.health button:not(:disabled)";

  @TempDir Path directory;

  private String clusterName;
  private Map<String, String> settings;
  private ChromeDriver driver;

  @Test
  void whatIsLeftOfThreeIsFoundedAgainFromItsConsoleAndServes() throws Exception {
    ServerFiles files = ServerFiles.fromSystemProperties();
    clusterName = "test-again-" + ProcessHandle.current().pid();
    settings =
        Map.of(
            "henge.cluster.name", clusterName,
            "henge.transport.bind-port", "17960",
            "henge.operation-timeout", "5s",
            // A copy on each of the three: what one of them holds is then everything.
            "henge.cache.carts.backups", "2",
            "henge.cache.registers.backups", "2",
            "henge.run-dir", files.directory().resolve("run").toString());
    Operator operator = Operator.write(directory);
    Map<String, String> ofServer = new HashMap<>(settings);
    ofServer.putAll(operator.settings());
    Figures figures = new Figures("founding again from the console");
    try (Chromium browser =
            Chromium.start(directory.resolve("profile"), "--window-size=1440,1000");
        PayaraNode server =
            new PayaraNode(SERVER, Ports.nextFree(FIRST_HTTP_PORT), files, ofServer);
        WorkerProcess second = worker("worker-2");
        WorkerProcess third = worker("worker-3")) {
      driver = browser.driver();
      server.start();
      server.awaitReady();
      Sample sample = new Sample(server);
      sample.put("ada", "two books");
      List.of(second, third).forEach(worker -> worker.awaitReady(PATIENCE));
      awaitInSync(second, 3);
      operator.logIn(driver, server);
      see("a majority", "document.body.dataset.health === 'OK'");
      assertThat(is("document.querySelector('" + BUTTON + "')")).as("offered").isFalse();

      Stream.of(second, third).forEach(WorkerProcess::kill);
      Stream.of(second, third).forEach(WorkerProcess::awaitEnd);
      long killed = System.nanoTime();
      see("no majority", "document.body.dataset.health === 'NO_QUORUM'");
      assertThatThrownBy(() -> sample.put("ada", "three books"))
          .as("a write without a majority")
          .isInstanceOf(IllegalStateException.class);

      foundAgain();
      figures.note(
          "founded again " + (System.nanoTime() - killed) / 1_000_000 + " ms after the kill");
      browser.screenshot("founded-again-of-real-processes");
      String told = driver.findElement(By.cssSelector("dialog .told")).getText();
      figures.note(told);
      assertThat(told).contains("founded again as cluster", "with [" + SERVER + "]");
      driver.findElement(By.cssSelector("dialog .primary")).click();
      see("no dialog", "!document.querySelector('dialog')");
      see("a majority again", "document.body.dataset.health !== 'NO_QUORUM'");
      see("that it is not offered", "!document.querySelector('" + BUTTON + "')");

      assertThat(sample.get("ada")).contains("two books");
      sample.put("ada", "four books");
      assertThat(sample.get("ada")).contains("four books");
      try (WorkerProcess fourth = worker("worker-4");
          WorkerProcess fifth = worker("worker-5")) {
        List.of(fourth, fifth).forEach(worker -> worker.awaitReady(PATIENCE));
        awaitInSync(fourth, 3);
      }
      driver.executeScript("location.hash = '#/about'");
      see("the audit", "document.body.innerText.includes('found again')");
      assertThat(Files.readString(server.log()))
          .contains("io.henge.admin.audit")
          .containsPattern(Operator.NAME + ".*found again");
    } finally {
      figures.publish();
    }
  }

  private WorkerProcess worker(String name) {
    return WorkerProcess.start(name, directory, settings);
  }

  private static void awaitInSync(WorkerProcess worker, int members) {
    await(members + " members with every copy in sync")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> worker.status().allInSync(members));
  }

  /** As an operator does; who was killed said Hello of late, perhaps, and is then waited for. */
  private void foundAgain() {
    see("the button", "document.querySelector('" + BUTTON + "')");
    driver.executeScript("document.querySelector('" + BUTTON + "').click()");
    see("the dialog", "document.querySelector('dialog[open] .remains')");
    assertThat(driver.findElement(By.tagName("dialog")).getText())
        .contains("Found " + clusterName + " again with what is left?")
        .contains("Removed for good: worker-2, worker-3.");
    driver.findElement(By.name("confirm")).sendKeys(clusterName);
    driver.executeScript("document.querySelector('dialog [name=tick]').click()");
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(200))
        .withMessage("what was founded")
        .until(
            page -> {
              driver.executeScript(
                  "document.querySelector('dialog .danger:not(:disabled)')?.click()");
              return is("document.querySelector('dialog .told')");
            });
  }

  private boolean is(String expression) {
    return Boolean.TRUE.equals(driver.executeScript("return Boolean(" + expression + ")"));
  }

  private void see(String what, String expression) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100))
        .withMessage(what)
        .until(page -> is(expression));
  }
}
