package io.henge.replication.node;

import io.henge.replication.node.management.CacheView;
import io.henge.replication.node.management.ClusterMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What a node's management bean shows. */
final class TestViews {

  private TestViews() {}

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
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Entries of all caches in the node's own in-sync copies. */
  static long localEntries(Engine node) {
    return Arrays.stream(bean(node).getCaches()).mapToLong(CacheView::getLocalEntries).sum();
  }

  /** Whether the cluster has so many members and each partition so many in-sync replicas. */
  static boolean allInSync(Engine node, int members) {
    ClusterMXBean bean = bean(node);
    return bean.getView().getMembers().length == members
        && Arrays.stream(bean.getView().getPartitions())
            .allMatch(row -> row[2] >= members && row.length == 3 + row[2]);
  }
}
