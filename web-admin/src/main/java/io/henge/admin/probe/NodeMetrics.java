package io.henge.admin.probe;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.CacheStatistics;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Phase;
import io.henge.admin.cluster.View;
import io.henge.admin.document.Counts;
import io.henge.admin.document.Quorum;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The figures of one node. */
final class NodeMetrics {

  private static final double MILLIS = 1000;

  private NodeMetrics() {}

  static void write(ClusterBean bean, MetricsText text) {
    Identity node = bean.identity();
    View view = bean.view();
    String[] labels = {"cluster", node.clusterName(), "node", node.nodeName()};
    cluster(node, view, text, labels);
    failovers(bean.failovers(), text, labels);
    caches(bean, text, labels);
  }

  private static void cluster(Identity node, View view, MetricsText text, String... labels) {
    Quorum quorum = Quorum.of(view, node.quorate());
    Counts counts = Counts.of(view);
    text.gauge(
        "henge_up",
        "1 while the node is in a cluster",
        node.state().equals("RUNNING") ? 1 : 0,
        labels);
    text.gauge(
        "henge_quorate",
        "1 while a majority of the voters answers the node",
        node.quorate() ? 1 : 0,
        labels);
    text.gauge("henge_slot", "The last slot that the node applied", view.slot(), labels);
    text.gauge("henge_members", "Members of the cluster", counts.members(), labels);
    text.gauge("henge_voters", "Voters", quorum.voters(), labels);
    text.gauge("henge_voters_up", "Voters that are members and not suspended", quorum.up(), labels);
    text.gauge("henge_voters_can_lose", "How many more voters may fail", quorum.canLose(), labels);
    safety(text, "in_sync", counts.inSync(), labels);
    safety(text, "catching_up", counts.catchingUp(), labels);
    safety(text, "waiting", counts.waiting(), labels);
    safety(text, "one_copy", counts.oneCopy(), labels);
    safety(text, "unavailable", counts.unavailable(), labels);
    for (Member member : view.members()) {
      if (member.self()) {
        text.gauge("henge_primaries", "Partitions the node leads", member.primaries(), labels);
        text.gauge("henge_backups", "Partitions the node backs up", member.backups(), labels);
        text.gauge("henge_learners", "Copies the node catches up with", member.learners(), labels);
      }
    }
  }

  private static void safety(MetricsText text, String safety, int count, String... labels) {
    text.gauge("henge_partitions", "Partitions by safety", count, with(labels, "safety", safety));
  }

  private static void failovers(List<Failover> failovers, MetricsText text, String... labels) {
    double longest = 0;
    int lost = 0;
    for (Failover failover : failovers) {
      lost += failover.partitionsLost();
      for (Phase phase : failover.phases()) {
        if (!phase.name().equals("replicate")) {
          longest = Math.max(longest, phase.toMillis());
        }
      }
    }
    text.gauge(
        "henge_failovers", "Failovers that the node saw and keeps", failovers.size(), labels);
    text.gauge(
        "henge_failover_pause_seconds_max",
        "The longest pause of these, from the first suspicion until writes went on",
        longest / MILLIS,
        labels);
    text.gauge(
        "henge_partitions_lost", "Partitions that lost their last copy in these", lost, labels);
  }

  private static void caches(ClusterBean bean, MetricsText text, String... labels) {
    Map<String, CacheStatistics> statistics = bean.statistics();
    for (CacheInfo cache : bean.caches()) {
      String[] ofCache = with(labels, "cache", cache.name());
      text.gauge(
          "henge_cache_entries",
          "Entries in the node's in-sync copies",
          cache.localEntries(),
          ofCache);
      text.counter(
          "henge_cache_possibly_lost_total",
          "Acknowledged asynchronous operations that failovers may have lost, at most",
          cache.possiblyLost(),
          ofCache);
      text.gauge(
          "henge_cache_bytes", "Bytes of keys and values in these", cache.localBytes(), ofCache);
      text.counter(
          "henge_cache_evictions_total",
          "Entries the node dropped to make room",
          cache.evictions(),
          ofCache);
      CacheStatistics counted = statistics.get(ClusterBean.statisticsKey(cache.name()));
      if (counted != null) {
        text.counter("henge_cache_hits_total", "Reads with a value", counted.hits(), ofCache);
        text.counter("henge_cache_misses_total", "Reads without", counted.misses(), ofCache);
        text.counter("henge_cache_puts_total", "Writes", counted.puts(), ofCache);
        text.counter("henge_cache_removals_total", "Removals", counted.removals(), ofCache);
      }
    }
  }

  private static String[] with(String[] labels, String name, String value) {
    String[] more = Arrays.copyOf(labels, labels.length + 2);
    more[labels.length] = name;
    more[labels.length + 1] = value;
    return more;
  }
}
