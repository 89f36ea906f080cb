package io.henge.admin.fake;

import io.henge.replication.node.management.CacheStatisticsView;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.LatencyView;
import io.henge.replication.node.management.MemberView;
import io.henge.replication.node.management.StatisticsView;
import java.util.ArrayList;
import java.util.List;

/**
 * What operations came to by the script; members may be late with their answer, or never give one.
 */
final class ScriptedStatistics {

  /** How old the figures of a silent member are: the last member of the script has told none. */
  static final long SILENT_MILLIS = 6400;

  private ScriptedStatistics() {}

  /**
   * The figures of a cache.
   *
   * @param silent members by name that do not answer any more
   * @param mute members by name that have never answered
   */
  static CacheStatisticsView of(
      String cache, ClusterView view, List<String> silent, List<String> mute) {
    List<StatisticsView> members = new ArrayList<>();
    long hits = 0;
    int answered = 0;
    for (MemberView member : view.getMembers()) {
      String name = member.getName();
      boolean missing = mute.contains(name);
      long mine = missing ? 0 : 18_000 + 311L * members.size();
      members.add(
          row(
              name,
              member.getId(),
              missing ? -1 : silent.contains(name) ? SILENT_MILLIS : 40,
              mine));
      hits += mine;
      answered += missing ? 0 : 1;
    }
    return new CacheStatisticsView(
        cache,
        answered,
        row("", "", silent.isEmpty() ? 40 : SILENT_MILLIS, hits),
        members.toArray(StatisticsView[]::new));
  }

  private static StatisticsView row(String member, String id, long age, long hits) {
    return new StatisticsView(
        member,
        id,
        age,
        true,
        hits,
        hits / 13,
        hits / 9,
        hits / 40,
        hits / 900,
        0,
        new LatencyView(hits, 21.4, 16, 104),
        new LatencyView(hits / 9, 71.2, 56, 1280),
        new LatencyView(hits / 40, 63.5, 52, 900));
  }
}
