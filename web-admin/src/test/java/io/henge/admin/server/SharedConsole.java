package io.henge.admin.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one console on a real server, and a browser in which ada is logged in, to all test classes
 * that ask for them: both start with the first and stop after the last.
 */
final class SharedConsole implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Opened.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedConsole.class))
        .getOrComputeIfAbsent(Opened.class, type -> open(), Opened.class);
  }

  /** A server and a browser on it. */
  record Opened(Path directory, ConsoleServer server, Browser browser) implements AutoCloseable {

    /** The address of the console. */
    URI console() {
      return server.address("/henge/");
    }

    /**
     * Begins the script anew: the cluster orders-prod of six members and two caches, one member
     * crashed and half of what it held built again. The window is on the console, wherever the test
     * before left it, has its usual size and is light.
     */
    void begin() throws IOException {
      found("orders-prod", 256, 6, 2);
      server.script("crash?member=node-f");
      server.script("rebuild?copies=30");
      server.script("rebuild?copies=30");
      browser.size(1440, 900);
      if (!browser.driver().getCurrentUrl().startsWith(console().toString())) {
        open("#/overview");
      }
      browser.theme("light");
    }

    /** Begins the script with a cluster in which nothing has happened yet. */
    void found(String name, int partitions, int members, int caches) throws IOException {
      found(name, partitions, 3, members, caches);
    }

    /** Begins the script with a cluster of so many copies. */
    void found(String name, int partitions, int copies, int members, int caches)
        throws IOException {
      server.script(
          "found?copies="
              + copies
              + "&name="
              + name
              + "&partitions="
              + partitions
              + "&members="
              + members
              + "&caches="
              + caches);
    }

    /** Loads a page anew, and waits until it is drawn. */
    void open(String hash) {
      browser.open(console(), hash);
    }

    /** The browser's session, as a header. */
    String cookies() {
      return browser.driver().manage().getCookies().stream()
          .map(known -> known.getName() + "=" + known.getValue())
          .collect(Collectors.joining("; "));
    }

    /** What an address answers to the browser's session. */
    byte[] get(URI address) throws IOException {
      return server
          .send(HttpRequest.newBuilder(address).header("Cookie", cookies()))
          .body()
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      browser.close();
      server.close();
      delete(directory);
    }
  }

  private static Opened open() {
    Path directory;
    Browser browser;
    try {
      directory = Files.createTempDirectory(Path.of("target"), "console");
      browser = Browser.start(Files.createDirectory(directory.resolve("profile")));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    try {
      ConsoleServer server =
          ConsoleServer.start(
              Files.createDirectory(directory.resolve("server")).toAbsolutePath(),
              Map.of(
                  "henge.console.login",
                  "form",
                  "henge.console.users",
                  Users.write(directory).toAbsolutePath().toString()));
      Opened opened = new Opened(directory, server, browser);
      browser.logIn(opened.console(), Users.ADA);
      return opened;
    } catch (Exception | AssertionError failed) {
      browser.close();
      throw new IllegalStateException("The console cannot be opened", failed);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
