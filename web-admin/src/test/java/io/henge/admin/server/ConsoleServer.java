package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.admin.fake.ScriptedClusterWar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Payara Micro with the console and a scripted cluster, on a free port of this machine. */
final class ConsoleServer implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path directory;
  private final int port;
  private final Process process;

  private ConsoleServer(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server.
   *
   * @param directory an empty one for its files
   * @param settings system properties of the server
   */
  static ConsoleServer start(Path directory, Map<String, String> settings) throws Exception {
    Path scripted = directory.resolve("scripted.war");
    ScriptedClusterWar.main(new String[] {scripted.toString()});
    Path console = Path.of(System.getProperty("console.war", "target/henge-admin.war"));
    // The file's name becomes the context root; a folder (an exploded WAR) has it already.
    Path named = console;
    if (!Files.isDirectory(console)) {
      named = Files.copy(console, directory.resolve("henge.war"));
    }
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-jar", System.getProperty("console.payara")));
    command.addAll(List.of("--nohazelcast", "--port", Integer.toString(port)));
    command.addAll(List.of("--deploy", named.toString(), "--deploy", scripted.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
    ConsoleServer server = new ConsoleServer(directory, port, process);
    try {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> !process.isAlive() || server.isUp());
      assertThat(process.isAlive()).as(() -> "The server runs: " + server.log()).isTrue();
      return server;
    } catch (RuntimeException | AssertionError failed) {
      server.close();
      throw failed;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isUp() {
    try {
      return get("/scripted/rebuild?copies=0") == 200 && get("/henge/login.html") < 500;
    } catch (IOException notYet) {
      return false;
    }
  }

  private int get(String path) throws IOException {
    return send(HttpRequest.newBuilder(address(path))).statusCode();
  }

  /** Has the scripted cluster do something, for instance {@code crash?member=node-f}. */
  void script(String what) throws IOException {
    assertThat(get("/scripted/" + what)).isEqualTo(200);
  }

  /** The address of a path of this server. */
  URI address(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  /** Sends a request. */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /** How much time of processors the server has used so far. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** What the server wrote. */
  String log() {
    try {
      return Files.readString(directory.resolve("server.log"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
