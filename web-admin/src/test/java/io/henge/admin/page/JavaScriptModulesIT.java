package io.henge.admin.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.henge.admin.browser.Chromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the tests of the pure JavaScript modules (src/test/javascript) in headless Chromium: the
 * build needs no Node.js. Skipped, saying so, where no Chromium is and none can be installed.
 */
class JavaScriptModulesIT {

  private static final List<Path> BROWSERS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final Pattern RESULTS =
      Pattern.compile("<pre id=\"results\">(.*?)\nEND\t(\\d+)</pre>", Pattern.DOTALL);

  @TempDir private Path profile;

  @TestFactory
  List<DynamicTest> modulesBehaveInABrowser() throws Exception {
    if (browser() == null) {
      Chromium.installIfMissing();
    }
    Path browser = browser();
    assumeTrue(
        browser != null,
        "No Chromium here; on Debian: apt-get install --no-install-recommends chromium");
    try (PageServer server =
        new PageServer(Path.of("src/main/webapp"), Path.of("src/test/javascript"))) {
      Matcher results = RESULTS.matcher(dump(browser, server.address() + "tests.html"));
      assertThat(results.find()).as("the page wrote its results").isTrue();
      List<DynamicTest> tests = results.group(1).lines().map(JavaScriptModulesIT::test).toList();
      assertThat(tests).hasSize(Integer.parseInt(results.group(2)));
      return tests;
    }
  }

  private static Path browser() {
    return BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }

  private static DynamicTest test(String line) {
    String[] parts = line.split("\t", 3);
    return dynamicTest(
        parts[1],
        () -> assertThat(parts[0]).as(parts.length > 2 ? parts[2] : parts[1]).isEqualTo("PASS"));
  }

  private String dump(Path browser, String address) throws Exception {
    Path output = profile.resolve("dom.html");
    List<String> command = new ArrayList<>(List.of(browser.toString(), "--headless=new"));
    // Chromium's sandbox needs what a root user in a container does not have.
    command.add("--no-sandbox");
    command.addAll(List.of("--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--user-data-dir=" + profile, "--dump-dom", address));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(profile.resolve("errors.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("Chromium ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
