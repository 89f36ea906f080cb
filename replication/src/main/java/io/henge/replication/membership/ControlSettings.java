package io.henge.replication.membership;

import java.util.List;

/**
 * What a control plane needs to know before it starts. Times in nanoseconds.
 *
 * @param clusterName members of other clusters are refused
 * @param bootstrap who may found a cluster
 * @param seeds the founding voters of {@link NodeBootstrap#VOTERS} as {@code host[port]}: in the
 *     form of {@link Member#address()}, or names that {@link Hint.HostResolved} tells the addresses
 *     of; not used otherwise
 * @param expectedSize with {@link NodeBootstrap#AUTO}, how many members must see each other before
 *     one of them founds; 0 or 1 for no such wait
 * @param discoveryTime how long a founder looks for a cluster that exists already
 * @param timings fixed in slot 0 by the founder; a joiner uses those of its cluster
 * @param partitionsPerGroup fixed in slot 0 by the founder
 * @param startedAt this process's wall clock at its start in milliseconds; only orders founders
 * @param limits how fast replicas may move while this member leads
 */
public record ControlSettings(
    String clusterName,
    NodeBootstrap bootstrap,
    List<String> seeds,
    int expectedSize,
    long discoveryTime,
    ClusterTimings timings,
    int partitionsPerGroup,
    long startedAt,
    MoveLimits limits) {

  public ControlSettings {
    seeds = List.copyOf(seeds);
    if (partitionsPerGroup < 1) {
      throw new IllegalArgumentException(
          "partitionsPerGroup is " + partitionsPerGroup + ", must be at least 1");
    }
    if (bootstrap == NodeBootstrap.VOTERS && seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "bootstrap VOTERS needs the list of the founding hosts, none is given");
    }
  }
}
