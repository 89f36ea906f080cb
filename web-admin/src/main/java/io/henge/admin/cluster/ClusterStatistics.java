package io.henge.admin.cluster;

import java.util.List;

/**
 * What the operations on a cache came to in the whole cluster.
 *
 * @param cache the cache's name
 * @param answered how many of the members the sum has the figures of
 * @param sum all of them together
 * @param members one for each member that can use caches, whether it answered or not
 */
public record ClusterStatistics(
    String cache, int answered, MemberStatistics sum, List<MemberStatistics> members) {

  public ClusterStatistics {
    members = List.copyOf(members);
  }

  /**
   * What the operations that were called at one member came to, or at all of them.
   *
   * @param member the member's name; empty for the sum
   * @param memberId its id; empty for the sum
   * @param ageMillis how old the figures are; -1 if the member has never answered: they are missing
   *     then, not zero
   * @param enabled whether operations are counted there at the moment
   * @param hits reads that found an entry
   * @param misses reads that found none
   * @param puts values set
   * @param removals entries removed
   * @param evictions entries dropped to make room
   * @param missedEvents how often listeners may have missed events
   * @param get how long reads took
   * @param put how long writes took
   * @param remove how long removals took
   */
  public record MemberStatistics(
      String member,
      String memberId,
      long ageMillis,
      boolean enabled,
      long hits,
      long misses,
      long puts,
      long removals,
      long evictions,
      long missedEvents,
      Latency get,
      Latency put,
      Latency remove) {}

  /**
   * How long operations of one kind took, in microseconds; percentiles are too high by at most 12.5
   * %.
   *
   * @param calls of how many calls the percentiles are
   * @param averageMicros the mean for one entry
   * @param medianMicros half did not take longer
   * @param p99Micros 99 % did not take longer
   */
  public record Latency(long calls, double averageMicros, double medianMicros, double p99Micros) {}
}
