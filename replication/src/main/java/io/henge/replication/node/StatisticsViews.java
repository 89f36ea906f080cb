package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.node.management.CacheStatisticsView;
import io.henge.replication.node.management.LatencyView;
import io.henge.replication.node.management.StatisticsView;
import io.henge.replication.node.statistics.CacheFigures;
import io.henge.replication.node.statistics.CallStatistics;
import io.henge.replication.node.statistics.Latencies;
import io.henge.replication.node.statistics.MemberFigures;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of the members and their sums, as the cluster MXBean shows them.
 *
 * @param members those that are asked, by id
 * @param told what those among them that have answered at some time told
 * @param now in nanoseconds of the clock that {@code told} has the times of
 */
record StatisticsViews(
    SortedMap<MemberId, Member> members, Map<MemberId, MemberFigures> told, long now) {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final double NANOS_PER_MICRO = 1_000.0;
  private static final double MEDIAN = 0.5;
  private static final double HIGH = 0.99;

  /** Asks the members of a node's cluster, as of one of its states. */
  static StatisticsViews ask(Incarnation node, ClusterState state) {
    SortedMap<MemberId, Member> members = new TreeMap<>(state.members());
    members.values().removeIf(each -> each.role() == MemberRole.WITNESS);
    List<MemberId> others =
        members.keySet().stream().filter(each -> !each.equals(node.self())).toList();
    SortedMap<MemberId, MemberFigures> told = new TreeMap<>();
    try {
      told.putAll(node.statistics().ofOthers(others));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt(); // the others' figures are shown as missing
    }
    told.put(node.self(), node.statistics().own());
    return new StatisticsViews(members, told, System.nanoTime());
  }

  CacheStatisticsView of(CacheDefinition cache) {
    List<StatisticsView> rows = new ArrayList<>();
    CacheFigures none = CacheFigures.none(cache.name());
    CacheFigures sum = none;
    int answered = 0;
    long oldest = 0;
    for (Member member : members.values()) {
      MemberFigures answer = told.get(member.id());
      if (answer == null) {
        rows.add(row(member.name(), member.id().toString(), -1, none));
      } else {
        CacheFigures figures = answer.of(cache.name());
        long age = Math.max(0, now - answer.askedAt()) / NANOS_PER_MILLI;
        sum = sum.plus(figures);
        answered++;
        oldest = Math.max(oldest, age);
        rows.add(row(member.name(), member.id().toString(), age, figures));
      }
    }
    return new CacheStatisticsView(
        cache.name(), answered, row("", "", oldest, sum), rows.toArray(StatisticsView[]::new));
  }

  private static StatisticsView row(String name, String id, long age, CacheFigures figures) {
    CallStatistics calls = figures.calls();
    return new StatisticsView(
        name,
        id,
        age,
        calls.enabled(),
        calls.hits(),
        calls.misses(),
        calls.puts(),
        calls.removals(),
        figures.evictions(),
        calls.missedEvents(),
        latency(calls.get()),
        latency(calls.put()),
        latency(calls.remove()));
  }

  private static LatencyView latency(Latencies latencies) {
    return new LatencyView(
        latencies.calls(),
        latencies.average() / NANOS_PER_MICRO,
        latencies.percentile(MEDIAN) / NANOS_PER_MICRO,
        latencies.percentile(HIGH) / NANOS_PER_MICRO);
  }
}
