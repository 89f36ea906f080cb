package io.henge.admin.server;

import io.henge.admin.browser.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium on the console, with axe at hand. */
final class Browser implements AutoCloseable {

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

  private final Chromium chromium;
  private final ChromeDriver driver;
  private final String axe = axe();

  private Browser(Chromium chromium) {
    this.chromium = chromium;
    this.driver = chromium.driver();
  }

  /** Starts a browser, or skips the calling test where there is none. */
  static Browser start(Path profile) {
    Browser browser = new Browser(Chromium.start(profile, "--force-prefers-reduced-motion"));
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

  /** Loads the console anew at a page, and waits until it is drawn. */
  void open(URI console, String hash) {
    driver.get(console + hash);
    driver.navigate().refresh();
    until("the page " + hash, "document.body.dataset.ready");
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

  /** What JavaScript gives, as a whole number. */
  long number(String expression) {
    return ((Number) ask(expression)).longValue();
  }

  /** The text of the first element that a selector finds; empty if there is none. */
  String text(String selector) {
    return String.valueOf(
        driver.executeScript(
            "return document.querySelector(arguments[0])?.innerText ?? ''", selector));
  }

  /** Clicks the first element that a selector finds, wherever it is on the page. */
  void click(String selector) {
    driver.executeScript("document.querySelector(arguments[0]).click()", selector);
  }

  /** Gives the keyboard to the first element that a selector finds. */
  void focus(String selector) {
    driver.executeScript("document.querySelector(arguments[0]).focus()", selector);
  }

  /** Presses keys, for whatever has the keyboard. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** What axe finds against the rules of WCAG 2.2 AA; empty if nothing. */
  @SuppressWarnings("unchecked")
  List<String> violations() {
    driver.executeScript(axe);
    return (List<String>) driver.executeAsyncScript(JUDGE);
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  void screenshot(String name) {
    chromium.screenshot(name);
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
    chromium.close();
  }
}
