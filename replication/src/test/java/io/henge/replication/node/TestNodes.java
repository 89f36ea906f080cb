package io.henge.replication.node;

import io.henge.replication.membership.MemberRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts nodes on loopback in this JVM and closes them. */
final class TestNodes implements AutoCloseable {

  private final String cluster;
  private final int port;
  private final List<Engine> nodes = new ArrayList<>();

  TestNodes(String cluster, int port) {
    this.cluster = cluster;
    this.port = port;
  }

  Engine start(String name) {
    Engine node = HengeNode.start(settings(name));
    nodes.add(node);
    return node;
  }

  NodeSettings settings(String name) {
    return new NodeSettings(
        cluster,
        name,
        "127.0.0.1",
        port,
        10,
        List.of(),
        NodeSettings.Bootstrap.AUTO,
        0,
        32,
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        "",
        MemberRole.DATA,
        false,
        null);
  }

  @Override
  public void close() {
    nodes.forEach(Engine::close);
  }
}
