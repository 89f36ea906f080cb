package io.henge.replication.node;

import io.henge.replication.node.management.CacheView;
import io.henge.replication.node.management.ClusterMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;

/** What a node's management bean shows. */
final class TestViews {

  private TestViews() {}

  /** The name of a node's bean in this JVM. */
  static ObjectName name(Engine node) {
    try {
      return new ObjectName(
          "io.henge:type=Cluster,name="
              + ObjectName.quote(node.clusterName())
              + ",node="
              + ObjectName.quote(node.nodeName()));
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ClusterMXBean bean(Engine node) {
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(), name(node), ClusterMXBean.class);
  }

  /** Entries of all caches in the node's own in-sync copies. */
  static long localEntries(Engine node) {
    return Arrays.stream(bean(node).getCaches()).mapToLong(CacheView::getLocalEntries).sum();
  }

  /** Whether the cluster has so many members and each partition so many in-sync replicas. */
  static boolean allInSync(Engine node, int members) {
    return allInSync(node, members, members);
  }

  /** Whether all so many members are there, and every copy of each partition is in sync. */
  static boolean allInSync(Engine node, int members, int copies) {
    ClusterMXBean bean = bean(node);
    return bean.getView().getMembers().length == members
        && Arrays.stream(bean.getView().getPartitions())
            .allMatch(row -> row[2] >= copies && row.length == 3 + row[2]);
  }

  /** Waits until {@link #allInSync(Engine, int, int)}. */
  static void awaitInSync(Engine node, int members, int copies) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> allInSync(node, members, copies));
  }
}
