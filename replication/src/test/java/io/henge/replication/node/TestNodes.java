package io.henge.replication.node;

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
    return start(settings(name));
  }

  Engine start(NodeSettings settings) {
    Engine node = HengeNode.start(settings);
    nodes.add(node);
    return node;
  }

  NodeSettings settings(String name) {
    return settings(name, Duration.ofSeconds(10));
  }

  NodeSettings settings(String name, Duration drainTimeout) {
    return settings(name, drainTimeout, NodeSettings.defaultMaxMemory());
  }

  NodeSettings settings(String name, Duration drainTimeout, long maxMemory) {
    return NodeSettings.builder()
        .maxMemory(maxMemory)
        .drainTimeout(drainTimeout)
        .clusterName(cluster)
        .nodeName(name)
        .bindPort(port)
        .portRange(10)
        .partitions(32)
        .removeAfter(Duration.ofSeconds(3))
        .build();
  }

  /** The node that was started first. */
  Engine first() {
    return nodes.get(0);
  }

  /** What others see when a process is killed: every connection ends, and nothing was said. */
  static void kill(Engine node) {
    ((HengeNode) node).incarnation().transport().close();
  }

  @Override
  public void close() {
    nodes.forEach(Engine::close);
  }
}
