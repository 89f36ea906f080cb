package io.henge.arquillian.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A WildFly server with the sample application, in its standard configuration. It deploys and
 * undeploys while it runs, by the marker files of its deployment scanner.
 */
public final class WildFlyNode extends ServerNode {

  private static final int STANDARD_HTTP_PORT = 8080;
  private static final Duration DEPLOYMENT_TIMEOUT = Duration.ofMinutes(2);

  private final Path home;

  /**
   * Describes a server, and empties its directory; {@link #start} starts it.
   *
   * @param home where WildFly is; nothing is written there
   * @param settings further system properties of the server
   */
  public WildFlyNode(
      String name, int httpPort, Path home, ServerFiles files, Map<String, String> settings) {
    super(name, httpPort, files, settings);
    this.home = home;
  }

  @Override
  List<URI> applications() {
    return List.of(sample().resolve("api/node"));
  }

  @Override
  List<String> program() throws IOException {
    Path base = temporary().resolve("standalone");
    copyConfiguration(base.resolve("configuration"));
    Files.createDirectories(deployments());
    Files.copy(files().sample(), deployments().resolve(files().sample().getFileName()));
    return List.of(
        "-jar",
        home.resolve("jboss-modules.jar").toString(),
        "-mp",
        home.resolve("modules").toString(),
        "org.jboss.as.standalone",
        "-Djboss.home.dir=" + home,
        "-Djboss.server.base.dir=" + base,
        "-Djboss.socket.binding.port-offset=" + (httpPort() - STANDARD_HTTP_PORT),
        "-b",
        "127.0.0.1");
  }

  private void copyConfiguration(Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    // Looks for changes twice a second instead of every five.
    Path configuration = target.resolve("standalone.xml");
    String standard = Files.readString(configuration);
    Files.writeString(
        configuration, standard.replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
  }

  private Path deployments() {
    return temporary().resolve("standalone/deployments");
  }

  /** Takes out the sample application and waits until it is gone. */
  public void undeploy() {
    try {
      Files.delete(marker("deployed"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitMarker("undeployed");
  }

  /** Deploys the sample application, which was undeployed, once more, and waits for it. */
  public void deploy() {
    try {
      Files.createFile(marker("dodeploy"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitMarker("deployed");
  }

  private void awaitMarker(String state) {
    await(name() + ": sample application " + state + " (its output: " + log() + ")")
        .atMost(DEPLOYMENT_TIMEOUT)
        .until(() -> Files.exists(marker(state)));
  }

  private Path marker(String state) {
    return deployments().resolve(files().sample().getFileName() + "." + state);
  }
}
