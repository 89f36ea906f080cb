package io.henge.arquillian.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short commands of the operating system. */
final class Commands {

  private Commands() {}

  /** Runs a command to its end and returns what it printed; its failure is an exception. */
  static String run(String... command) {
    return runWithInput("", command);
  }

  /** Runs a command to its end, feeding it an input. */
  static String runWithInput(String input, String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var toProcess = process.getOutputStream()) {
        toProcess.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int result = process.waitFor();
      if (result != 0) {
        throw new IllegalStateException(
            "'" + String.join(" ", List.of(command)) + "' failed with " + result + ": " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
