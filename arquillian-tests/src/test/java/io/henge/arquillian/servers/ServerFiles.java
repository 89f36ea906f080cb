package io.henge.arquillian.servers;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that servers are made of; the build hands them over as system properties {@code
 * servers.*}.
 *
 * @param payara the Payara Micro jar
 * @param sample the sample application, named as its context root
 * @param console the console, named as its context root
 * @param directory where servers keep their files; everything in it may be deleted
 */
public record ServerFiles(Path payara, Path sample, Path console, Path directory) {

  /** Reads the system properties. */
  public static ServerFiles fromSystemProperties() {
    return new ServerFiles(
        file("servers.payara"),
        file("servers.sample"),
        file("servers.console"),
        Path.of(property("servers.directory")));
  }

  private static Path file(String key) {
    Path file = Path.of(property(key));
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          key + ": " + file + " is not there; run the build's phase 'package' first");
    }
    return file;
  }

  private static String property(String key) {
    String value = System.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(
          "System property " + key + " is missing; start through Maven, see README.md");
    }
    return value;
  }
}
