package io.henge.admin.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium on the console, with axe at hand. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Every rule of WCAG 2.0 to 2.2, levels A and AA; answers with one line for each violation. */
  private static final String JUDGE =
      """
      const done = arguments[0];
      axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
        result => done(result.violations.flatMap(violation => violation.nodes.map(
          node => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))),
        failure => done([String(failure)]));
      """;

  private final ChromeDriverService service;
  private final ChromeDriver driver;
  private final String axe = axe();

  private Browser(ChromeDriverService service, ChromeDriver driver) {
    this.service = service;
    this.driver = driver;
  }

  /** Starts a browser, or skips the calling test where none is installed. */
  static Browser start(Path profile) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "No Chromium here; on Debian: apt-get install --no-install-recommends chromium"
            + " chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        // Chromium's sandbox needs what a root user in a container does not have.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-prefers-reduced-motion",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    Browser browser = new Browser(service, new ChromeDriver(service, options));
    browser.driver.manage().timeouts().scriptTimeout(PATIENCE);
    browser.size(1440, 900);
    return browser;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Sets the size of the page's window. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Logs in on the log-in page. */
  void logIn(URI console, String name) {
    driver.get(console.toString());
    until("the log-in page", "location.pathname.endsWith('login.html')");
    driver.findElement(By.name("name")).sendKeys(name);
    driver.findElement(By.name("password")).sendKeys(Users.password(name));
    driver.findElement(By.cssSelector("form button")).click();
    until("a page", "document.body.dataset.ready");
  }

  /** Goes to a page of the console that is open, and waits until it is drawn. */
  void go(String hash) {
    driver.executeScript(
        "delete document.body.dataset.ready; location.hash = '#/about?cluster='; location.hash ="
            + " arguments[0];",
        hash);
    until("the page " + hash, "document.body.dataset.ready");
  }

  /** Chooses light or dark colours. */
  void theme(String theme) {
    driver.executeScript(
        "localStorage.setItem('henge.theme', arguments[0]);"
            + " document.documentElement.dataset.theme = arguments[0];"
            + " dispatchEvent(new Event('henge-theme'));",
        theme);
  }

  /** Waits until an expression of JavaScript is true. */
  void until(String what, String expression) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(
            () ->
                what
                    + "; the page says: "
                    + driver.executeScript("return document.body.innerText.slice(0, 500)"))
        .until(page -> Boolean.TRUE.equals(driver.executeScript("return !!(" + expression + ")")));
  }

  /** What JavaScript gives. */
  Object ask(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** What axe finds against the rules of WCAG 2.2 AA; empty if nothing. */
  @SuppressWarnings("unchecked")
  List<String> violations() {
    driver.executeScript(axe);
    return (List<String>) driver.executeAsyncScript(JUDGE);
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  void screenshot(String name) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "screenshots"));
      Files.write(directory.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String axe() {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    driver.quit();
    service.stop();
  }
}
