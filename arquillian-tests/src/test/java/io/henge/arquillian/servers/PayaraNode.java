package io.henge.arquillian.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Payara Micro server with the sample application and the console. */
public final class PayaraNode extends ServerNode {

  private final boolean hazelcast;

  /**
   * Describes a server without Hazelcast, and empties its directory; {@link #start} starts it.
   *
   * @param settings further system properties of the server
   */
  public PayaraNode(String name, int httpPort, ServerFiles files, Map<String, String> settings) {
    this(name, httpPort, files, settings, false);
  }

  private PayaraNode(
      String name,
      int httpPort,
      ServerFiles files,
      Map<String, String> settings,
      boolean hazelcast) {
    super(name, httpPort, files, settings);
    this.hazelcast = hazelcast;
  }

  /** A server with its Hazelcast on, as by default, which looks for no other server though. */
  public static PayaraNode withHazelcast(
      String name, int httpPort, ServerFiles files, Map<String, String> settings) {
    return new PayaraNode(name, httpPort, files, settings, true);
  }

  /** The console's address, with a slash at its end. */
  public URI console() {
    return context(files().console());
  }

  @Override
  List<URI> applications() {
    return List.of(sample().resolve("api/node"), console());
  }

  @Override
  List<String> program() throws IOException {
    Path preBoot = temporary().resolve("pre-boot.txt");
    try (InputStream commands = PayaraNode.class.getResourceAsStream("/pre-boot.txt")) {
      Files.copy(commands, preBoot);
    }
    List<String> program = new ArrayList<>();
    program.addAll(List.of("-jar", files().payara().toString()));
    program.addAll(List.of("--port", Integer.toString(httpPort())));
    program.addAll(List.of(hazelcast ? "--nocluster" : "--nohazelcast", "--disablephonehome"));
    program.addAll(List.of("--prebootcommandfile", preBoot.toString()));
    program.addAll(List.of("--deploy", files().sample().toString()));
    program.addAll(List.of("--deploy", files().console().toString()));
    return program;
  }
}
