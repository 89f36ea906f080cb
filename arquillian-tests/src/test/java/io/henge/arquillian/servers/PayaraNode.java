package io.henge.arquillian.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * One Payara Micro server with the sample application and the console, in a process of its own that
 * can be killed and started again. Hazelcast is off, HTTP listens on loopback only. Thread-safe.
 */
public final class PayaraNode implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String name;
  private final int httpPort;
  private final ServerFiles files;
  private final Map<String, String> settings;
  private final Path directory;
  private final Path temporary;
  private Process process;

  /**
   * Describes a server, and empties its directory; {@link #start} starts it.
   *
   * @param settings further system properties of the server
   */
  public PayaraNode(String name, int httpPort, ServerFiles files, Map<String, String> settings) {
    this.name = name;
    this.httpPort = httpPort;
    this.files = files;
    this.settings = Map.copyOf(settings);
    this.directory = files.directory().resolve(name);
    this.temporary = directory.resolve("tmp");
    Directories.makeEmpty(directory);
  }

  /** The server's name, and its member's. */
  public String name() {
    return name;
  }

  /** The sample application's address, with a slash at its end. */
  public URI sample() {
    return context(files.sample());
  }

  /** The console's address, with a slash at its end. */
  public URI console() {
    return context(files.console());
  }

  /** Where the server's output goes. */
  public Path log() {
    return directory.resolve("server.log");
  }

  /** Starts the process and returns at once; see {@link #isReady}. */
  public synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " is running already, with pid " + process.pid());
    }
    // A killed server leaves its unpacked runtime there, 100 MB each time.
    Directories.makeEmpty(temporary);
    try {
      process =
          new ProcessBuilder(command())
              .redirectInput(Redirect.PIPE)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() throws IOException {
    Path preBoot = temporary.resolve("pre-boot.txt");
    try (InputStream commands = PayaraNode.class.getResourceAsStream("/pre-boot.txt")) {
      Files.copy(commands, preBoot);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small and quick to start, so that three servers run well on two cores.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Dhenge.node.name=" + name);
    // Shared by the servers, unlike their temporary directories: there they prove deaths.
    command.add("-Dhenge.run-dir=" + files.directory().resolve("run"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", files.payara().toString()));
    command.addAll(List.of("--port", Integer.toString(httpPort)));
    command.addAll(List.of("--nohazelcast", "--disablephonehome"));
    command.addAll(List.of("--prebootcommandfile", preBoot.toString()));
    command.addAll(List.of("--deploy", files.sample().toString()));
    command.addAll(List.of("--deploy", files.console().toString()));
    return command;
  }

  /** The process id of the running or last process. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Calls back with the exit value when the present process ends. */
  public synchronized void onExit(IntConsumer listener) {
    CompletableFuture<Void> unused =
        process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
  }

  /**
   * Whether both applications answer.
   *
   * @throws IllegalStateException if the process has ended
   */
  public boolean isReady() {
    if (!isAlive()) {
      throw new IllegalStateException(name + " ended while it started; see " + log());
    }
    return answers(sample().resolve("api/node")) && answers(console());
  }

  private static boolean answers(URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + address, e);
    }
  }

  /** Kills the process as {@code kill -9} does and waits for its end. */
  public synchronized void kill() {
    process.destroyForcibly();
    awaitEnd(STOP_TIMEOUT);
    Directories.delete(temporary);
  }

  /** Stops the process in good order, by force when it takes too long; idempotent. */
  @Override
  public synchronized void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    if (!awaitEnd(STOP_TIMEOUT)) {
      process.destroyForcibly();
      awaitEnd(STOP_TIMEOUT);
    }
    Directories.delete(temporary);
  }

  private boolean awaitEnd(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private URI context(Path war) {
    String file = war.getFileName().toString();
    String root = file.substring(0, file.length() - ".war".length());
    return URI.create("http://127.0.0.1:" + httpPort + "/" + root + "/");
  }

  @Override
  public String toString() {
    return name + " at " + sample();
  }
}
