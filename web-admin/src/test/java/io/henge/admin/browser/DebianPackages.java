package io.henge.admin.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a test needs of the machine, by Debian's packages where the build may install them. */
final class DebianPackages {

  private static final Path INSTALLER = Path.of("/usr/bin/apt-get");
  private static final int MOST_MINUTES = 10;

  private DebianPackages() {}

  /**
   * Installs packages if the build runs as root on Debian, and does nothing otherwise; tells if it
   * fails. Whether it helped is for the caller to see.
   */
  static void install(String... packages) {
    boolean mayInstall =
        "root".equals(System.getProperty("user.name")) && Files.isExecutable(INSTALLER);
    if (!mayInstall) {
      return;
    }
    System.out.println("Installing " + String.join(", ", packages) + " for the browser tests ...");
    List<String> command = new ArrayList<>(List.of("-qq", "-y", "--no-install-recommends"));
    command.add("install");
    command.addAll(List.of(packages));
    File log = new File("target/" + packages[0] + "-installation.log");
    run(log, List.of("-qq", "update"));
    run(log, command);
  }

  private static void run(File log, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(INSTALLER.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log));
    try {
      Process process = builder.start();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        System.out.println(command + " failed, see " + log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
