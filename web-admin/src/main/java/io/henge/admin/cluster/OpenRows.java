package io.henge.admin.cluster;

import io.henge.admin.cluster.ClusterStatistics.Latency;
import io.henge.admin.cluster.ClusterStatistics.MemberStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the bean's composites into the console's records. */
final class OpenRows {

  private OpenRows() {}

  static View view(OpenRow row) {
    return new View(
        row.number("slot"),
        row.time("timeMillis"),
        row.text("leaderId"),
        row.text("ballot"),
        row.texts("voterIds"),
        row.integer("partitionsPerGroup"),
        Arrays.stream(row.integers("groupCopies")).boxed().toList(),
        row.rows("members", OpenRows::member),
        partitions(row.matrix("partitions")),
        row.text("chain"));
  }

  private static Member member(OpenRow row) {
    return new Member(
        row.text("id"),
        row.text("name"),
        row.text("address"),
        row.text("zone"),
        row.word("role"),
        row.word("state"),
        row.flag("voter"),
        row.flag("self"),
        row.real("weight"),
        row.integer("primaries"),
        row.integer("backups"),
        row.integer("learners"));
  }

  /** Each row: group, epoch, number of in-sync replicas, then the members' positions. */
  private static List<Partition> partitions(long[][] matrix) {
    List<Partition> partitions = new ArrayList<>(matrix.length);
    for (int number = 0; number < matrix.length; number++) {
      long[] row = matrix[number];
      List<Integer> replicas = new ArrayList<>(row.length - 3);
      for (int i = 3; i < row.length; i++) {
        replicas.add((int) row[i]);
      }
      partitions.add(new Partition(number, (int) row[0], row[1], (int) row[2], replicas));
    }
    return partitions;
  }

  static WhatIf whatIf(OpenRow row) {
    return new WhatIf(
        row.number("slot"),
        row.text("how"),
        row.flag("majorityKept"),
        row.integer("votersUp"),
        row.integer("voters"),
        row.numbers("lost"),
        row.numbers("singleCopy"),
        row.numbers("reduced"),
        row.rows("moves", OpenRows::move),
        row.number("entriesToCopy"),
        row.number("bytesToCopy"),
        row.texts("memberIds"),
        row.numbers("primaries"),
        row.text("refusal"));
  }

  private static WhatIf.Move move(OpenRow row) {
    return new WhatIf.Move(
        row.word("kind"), row.integer("partition"), row.text("fromId"), row.text("toId"));
  }

  static CacheInfo cache(OpenRow row) {
    return new CacheInfo(
        row.text("name"),
        row.integer("id"),
        row.integer("group"),
        row.integer("copies"),
        row.text("mode"),
        row.number("localEntries"),
        row.number("possiblyLost"),
        row.number("localBytes"),
        row.number("evictions"),
        row.number("maxEntries"),
        row.number("maxBytes"));
  }

  static ClusterStatistics statistics(OpenRow row) {
    return new ClusterStatistics(
        row.text("cache"),
        row.integer("answered"),
        row.row("sum", OpenRows::memberStatistics),
        row.rows("members", OpenRows::memberStatistics));
  }

  private static MemberStatistics memberStatistics(OpenRow row) {
    return new MemberStatistics(
        row.text("member"),
        row.text("memberId"),
        row.number("ageMillis"),
        row.flag("enabled"),
        row.number("hits"),
        row.number("misses"),
        row.number("puts"),
        row.number("removals"),
        row.number("evictions"),
        row.number("missedEvents"),
        row.row("get", OpenRows::latency),
        row.row("put", OpenRows::latency),
        row.row("remove", OpenRows::latency));
  }

  private static Latency latency(OpenRow row) {
    return new Latency(
        row.number("calls"),
        row.real("averageMicros"),
        row.real("medianMicros"),
        row.real("p99Micros"));
  }

  static Event event(OpenRow row) {
    return new Event(
        row.number("number"),
        row.time("timeMillis"),
        row.number("slot"),
        row.text("kind"),
        row.text("memberId"),
        row.text("memberName"),
        row.text("text"));
  }

  static LogEntry logEntry(OpenRow row) {
    return new LogEntry(
        row.number("slot"),
        row.text("before"),
        row.text("chain"),
        row.texts("commands"),
        row.flags("fitted"));
  }

  static Failover failover(OpenRow row) {
    return new Failover(
        row.number("slot"),
        row.text("memberId"),
        row.text("memberName"),
        row.word("cause"),
        row.text("evidence"),
        row.text("suspectedBy"),
        row.time("timeMillis"),
        row.flag("proven"),
        row.integer("primariesMoved"),
        row.integer("copiesToRebuild"),
        row.integer("copiesRebuilt"),
        row.integer("partitionsLost"),
        row.real("lastHeardMillis"),
        row.row("callers", OpenRows::callers),
        row.rows("phases", OpenRows::phase));
  }

  private static Callers callers(OpenRow row) {
    return new Callers(
        row.integer("heldUp"),
        row.integer("repeats"),
        row.integer("notDone"),
        row.integer("unknown"),
        row.real("longestMillis"));
  }

  private static Phase phase(OpenRow row) {
    return new Phase(
        row.text("name"), row.real("fromMillis"), row.real("toMillis"), row.number("slot"));
  }

  static Probe probe(OpenRow row) {
    return new Probe(
        row.integer("partitions"),
        row.number("writes"),
        row.number("reads"),
        row.number("failed"),
        row.number("retries"),
        row.real("longestMillis"),
        row.integer("lost"),
        row.flag("verified"));
  }

  static KeyLocation keyLocation(OpenRow row) {
    return new KeyLocation(
        row.integer("partition"),
        row.text("hash"),
        row.text("primaryId"),
        row.texts("inSyncIds"),
        row.texts("learnerIds"),
        row.flag("localReplica"),
        row.flag("present"),
        row.flag("pending"));
  }
}
