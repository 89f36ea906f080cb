package io.henge.replication.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything a node needs to know before it starts. Checked when it is built.
 *
 * @param clusterName members of other clusters are refused
 * @param nodeName for people
 * @param bindAddress the address to listen on
 * @param bindPort the port to listen on
 * @param portRange how many further ports to try when it is taken
 * @param seeds host and port of other members, {@code host[port]}; with {@link Bootstrap#VOTERS}
 *     the founding voters; empty for discovery on this machine only
 * @param bootstrap who may found a cluster
 * @param expectedSize members that found together; 0 if not given
 * @param partitions partitions of each group, used by the founder
 * @param lease length of a lease, used by the founder
 * @param suspendAfter silence until suspension, used by the founder
 * @param removeAfter suspension until removal, used by the founder
 * @param operationTimeout how long an operation is retried
 * @param zone failure domain; empty for none
 * @param role data, lite or witness
 * @param sameHostWitness whether deaths are proven by file locks in {@code runDirectory}
 * @param runDirectory a directory that all members on this machine share; null for the default
 */
public record NodeSettings(
    String clusterName,
    String nodeName,
    String bindAddress,
    int bindPort,
    int portRange,
    List<String> seeds,
    Bootstrap bootstrap,
    int expectedSize,
    int partitions,
    Duration lease,
    Duration suspendAfter,
    Duration removeAfter,
    Duration operationTimeout,
    String zone,
    io.henge.replication.membership.MemberRole role,
    boolean sameHostWitness,
    Path runDirectory) {

  /** Who may found a cluster (PROTOCOL 4.4). */
  public enum Bootstrap {
    /** A member that finds nobody founds alone; gives no protection against two clusters. */
    AUTO,
    /** This member founds alone, at once. */
    SINGLE,
    /** The listed hosts found together, when all of them answer. */
    VOTERS
  }

  public NodeSettings {
    seeds = List.copyOf(seeds);
  }
}
