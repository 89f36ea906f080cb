package io.henge.replication.node;

import io.henge.replication.node.management.ClusterMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

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
    return NodeSettings.builder()
        .clusterName(cluster)
        .nodeName(name)
        .bindPort(port)
        .portRange(10)
        .partitions(32)
        .removeAfter(Duration.ofSeconds(3))
        .build();
  }

  /** The management bean of a node of this JVM. */
  static ClusterMXBean bean(Engine node) {
    try {
      ObjectName name =
          new ObjectName(
              "io.henge:type=Cluster,name="
                  + ObjectName.quote(node.clusterName())
                  + ",node="
                  + ObjectName.quote(node.nodeName()));
      return JMX.newMXBeanProxy(
          ManagementFactory.getPlatformMBeanServer(), name, ClusterMXBean.class);
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    nodes.forEach(Engine::close);
  }
}
