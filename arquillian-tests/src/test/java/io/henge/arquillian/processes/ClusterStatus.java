package io.henge.arquillian.processes;

import io.henge.replication.node.management.CacheView;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.MemberView;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The cluster as one member sees it, in figures.
 *
 * @param state the member's state
 * @param quorate whether it holds its lease
 * @param slot the last applied slot
 * @param members members of any state
 * @param active members that are active
 * @param voters voters that are active members
 * @param partitions partitions of all groups
 * @param missingCopies copies that are wanted, possible with the active members, and not in sync
 * @param transfers full copies that the member has received since it has its id
 * @param possiblyLost acknowledged operations of asynchronous caches that failovers may have lost,
 *     as the cluster's log says
 */
public record ClusterStatus(
    String state,
    boolean quorate,
    long slot,
    int members,
    int active,
    int voters,
    int partitions,
    int missingCopies,
    long transfers,
    long possiblyLost) {

  /** Whether that many members are there, no other, all of them vote and every copy is in sync. */
  public boolean allInSync(int size) {
    return state.equals("RUNNING")
        && quorate
        && members == size
        && active == size
        && voters == size
        && partitions > 0
        && missingCopies == 0;
  }

  /** Reads the cluster MXBean of this JVM. */
  static ClusterStatus local() throws MalformedObjectNameException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Iterator<ObjectName> names =
        server.queryNames(new ObjectName("io.henge:type=Cluster,*"), null).iterator();
    if (!names.hasNext()) {
      return new ClusterStatus("ABSENT", false, -1, 0, 0, 0, 0, 0, 0, 0);
    }
    ClusterMXBean bean = JMX.newMXBeanProxy(server, names.next(), ClusterMXBean.class);
    ClusterView view = bean.getView();
    List<String> active =
        Arrays.stream(view.getMembers())
            .filter(member -> member.getState().equals("ACTIVE"))
            .map(MemberView::getId)
            .toList();
    int missing = 0;
    for (long[] row : view.getPartitions()) {
      int wanted = Math.min(view.getGroupCopies()[(int) row[0]], active.size());
      missing += Math.max(0, wanted - (int) row[2]);
    }
    return new ClusterStatus(
        bean.getState(),
        bean.isQuorate(),
        view.getSlot(),
        view.getMembers().length,
        active.size(),
        (int) Arrays.stream(view.getVoterIds()).filter(active::contains).count(),
        view.getPartitions().length,
        missing,
        bean.getTransfersReceived(),
        Arrays.stream(bean.getCaches()).mapToLong(CacheView::getPossiblyLost).sum());
  }

  String encoded() {
    return String.join(
        " ",
        "state=" + state,
        "quorate=" + quorate,
        "slot=" + slot,
        "members=" + members,
        "active=" + active,
        "voters=" + voters,
        "partitions=" + partitions,
        "missingCopies=" + missingCopies,
        "transfers=" + transfers,
        "possiblyLost=" + possiblyLost);
  }

  static ClusterStatus decoded(String text) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : text.split(" ", -1)) {
      fields.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
    }
    return new ClusterStatus(
        fields.get("state"),
        Boolean.parseBoolean(fields.get("quorate")),
        Long.parseLong(fields.get("slot")),
        Integer.parseInt(fields.get("members")),
        Integer.parseInt(fields.get("active")),
        Integer.parseInt(fields.get("voters")),
        Integer.parseInt(fields.get("partitions")),
        Integer.parseInt(fields.get("missingCopies")),
        Long.parseLong(fields.get("transfers")),
        Long.parseLong(fields.get("possiblyLost")));
  }
}
