package io.henge.arquillian.servers;

import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A Jakarta EE server with the sample application, in a process of its own that can be killed and
 * started again. HTTP listens on loopback only. Thread-safe.
 */
public abstract class ServerNode implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          // A console that asks who one is leads to its log-in page.
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private final String name;
  private final int httpPort;
  private final ServerFiles files;
  private final Map<String, String> settings;
  private final Path directory;
  private final Path temporary;
  private Process process;

  /**
   * Describes a server, and empties its directory.
   *
   * @param settings further system properties of the server
   */
  ServerNode(String name, int httpPort, ServerFiles files, Map<String, String> settings) {
    this.name = name;
    this.httpPort = httpPort;
    this.files = files;
    this.settings = Map.copyOf(settings);
    this.directory = files.directory().resolve(name);
    this.temporary = directory.resolve("tmp");
    Directories.makeEmpty(directory);
  }

  /** The options of the JVM that this server has beside those of all, and what it runs. */
  abstract List<String> program() throws IOException;

  /** Where the applications answer whose answers make the server ready. */
  abstract List<URI> applications();

  /** The server's name, and its member's. */
  public final String name() {
    return name;
  }

  /** The sample application's address, with a slash at its end. */
  public final URI sample() {
    return context(files.sample());
  }

  /** Where the server's output goes. */
  public final Path log() {
    return directory.resolve("server.log");
  }

  /** Where the server keeps its files. */
  final Path directory() {
    return directory;
  }

  /** For files of one run: emptied before each. */
  final Path temporary() {
    return temporary;
  }

  final ServerFiles files() {
    return files;
  }

  final int httpPort() {
    return httpPort;
  }

  /** Starts the process and returns at once; see {@link #isReady}. */
  public final synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " is running already, with pid " + process.pid());
    }
    // A killed server leaves what it unpacked there, 100 MB each time.
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small and quick to start, so that three servers run well on two cores.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Dhenge.node.name=" + name);
    // Shared by the servers, unlike their temporary directories: there they prove deaths.
    command.add("-Dhenge.run-dir=" + files.directory().resolve("run"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(program());
    return command;
  }

  /** The process id of the running or last process. */
  public final synchronized long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public final synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Calls back with the exit value when the present process ends. */
  public final synchronized void onExit(IntConsumer listener) {
    CompletableFuture<Void> unused =
        process.onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
  }

  /**
   * Whether the applications answer.
   *
   * @throws IllegalStateException if the process has ended
   */
  public final boolean isReady() {
    if (!isAlive()) {
      throw new IllegalStateException(name + " ended while it started; see " + log());
    }
    return applications().stream().allMatch(ServerNode::answers);
  }

  /** Waits until a started server is ready. */
  public final void awaitReady() {
    await("start of " + this + " (its output: " + log() + ")")
        .atMost(START_TIMEOUT)
        .pollInterval(Duration.ofMillis(200))
        .until(this::isReady);
  }

  /** Connects to the MBeans of the running process. */
  @SuppressWarnings("BanJNDI") // the address is that of a process of this test
  public final synchronized JMXConnector management() {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
      try {
        return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new IllegalStateException("Cannot look into " + name, e);
    }
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
  public final synchronized void kill() {
    process.destroyForcibly();
    awaitEnd(STOP_TIMEOUT);
    Directories.delete(temporary);
  }

  /** Stops the process in good order, by force when it takes too long; idempotent. */
  @Override
  public final synchronized void close() {
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

  /** The address of an application under the name of its file, with a slash at its end. */
  final URI context(Path war) {
    String file = war.getFileName().toString();
    String root = file.substring(0, file.length() - ".war".length());
    return URI.create("http://127.0.0.1:" + httpPort + "/" + root + "/");
  }

  @Override
  public final String toString() {
    return name + " at " + sample();
  }
}
