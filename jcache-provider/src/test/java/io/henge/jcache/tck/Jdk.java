package io.henge.jcache.tck;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java installation.
 *
 * @param command its {@code java}
 * @param version as its {@code release} file has it
 */
record Jdk(String command, Runtime.Version version) {

  /** System property with the {@code java} that the kit is to run on instead of this process's. */
  private static final String COMMAND = "tck.java";

  /** The one that is asked for, else that of this process. */
  static Jdk wanted() {
    String command = System.getProperty(COMMAND);
    Path home =
        command == null
            ? Path.of(System.getProperty("java.home"))
            : Path.of(command).toAbsolutePath().getParent().getParent();
    return at(home)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no Java installation at " + home));
  }

  /**
   * The newest of those that are installed beside this process's, unless one is asked for; none if
   * that is not newer than this process's.
   */
  static Optional<Jdk> newer() throws IOException {
    if (System.getProperty(COMMAND) != null) {
      return Optional.empty();
    }
    try (Stream<Path> beside = Files.list(Path.of(System.getProperty("java.home")).getParent())) {
      return beside
          .flatMap(home -> at(home).stream())
          .max(Comparator.comparing(Jdk::version))
          .filter(newest -> newest.version().feature() > Runtime.version().feature());
    }
  }

  private static Optional<Jdk> at(Path home) {
    Path command = home.resolve("bin").resolve("java");
    Path release = home.resolve("release");
    if (!Files.isExecutable(command) || !Files.isReadable(release)) {
      return Optional.empty();
    }
    Properties described = new Properties();
    try (Reader in = Files.newBufferedReader(release)) {
      described.load(in);
    } catch (IOException notReadable) {
      return Optional.empty();
    }
    return Optional.ofNullable(described.getProperty("JAVA_VERSION"))
        .map(version -> new Jdk(command.toString(), Runtime.Version.parse(unquoted(version))));
  }

  private static String unquoted(String text) {
    return text.replace("\"", "");
  }
}
