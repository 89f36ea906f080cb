package io.henge.admin.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium without a window, with its driver. */
public final class Chromium implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** What Chromium needs to be told on a machine for builds. */
  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          // Chromium's sandbox needs what a root user in a container does not have.
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final ChromeDriverService service;
  private final ChromeDriver driver;

  private Chromium(ChromeDriverService service, ChromeDriver driver) {
    this.service = service;
    this.driver = driver;
  }

  /**
   * Starts one, or skips the calling test where none is and none can be installed.
   *
   * @param profile a directory for what it keeps
   * @param more options beyond the usual ones
   */
  public static Chromium start(Path profile, String... more) {
    installIfMissing();
    assumeTrue(
        isInstalled(),
        () ->
            "SKIPPED: the browser test needs "
                + PROGRAM
                + " and "
                + DRIVER
                + "; on Debian: apt-get install --no-install-recommends chromium chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.toFile());
    options.addArguments(OPTIONS);
    options.addArguments(more);
    options.addArguments("--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Chromium(service, new ChromeDriver(service, options));
  }

  /** Installs Debian's packages if they are missing and the build may; tells if that fails. */
  public static void installIfMissing() {
    if (!isInstalled()) {
      DebianPackages.install("chromium", "chromium-driver");
    }
  }

  private static boolean isInstalled() {
    return Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
  }

  /** What drives it. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  public void screenshot(String name) {
    try {
      Path directory = Files.createDirectories(Path.of("target", "screenshots"));
      Files.write(directory.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    service.stop();
  }
}
