package io.henge.replication.node;

import io.henge.replication.membership.MemberRole;
import io.henge.replication.node.drill.DrillKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a node needs to know before it starts; see {@link #builder()}.
 *
 * @param clusterName members of other clusters are refused
 * @param nodeName for people
 * @param bindAddress the address to listen on
 * @param bindPort the port to listen on
 * @param portRange how many further ports to try when it is taken
 * @param discovery how other members are found; with {@link Bootstrap#VOTERS} listed hosts
 * @param bootstrap who may found a cluster
 * @param expectedSize members that found together; 0 if not given
 * @param partitions partitions of each group, used by the founder
 * @param lease length of a lease, used by the founder
 * @param suspendAfter silence until suspension, used by the founder
 * @param removeAfter suspension until removal, used by the founder
 * @param reReplicateAfter time until copies that went with a member are made again elsewhere, if
 *     another one is left; 0 for at once
 * @param transferBandwidth bytes per second that this member sends to bring up other copies
 * @param drainTimeout how long a member that is closed hands over before it goes; 0 for not at all
 * @param operationTimeout how long an operation is retried
 * @param zone failure domain; empty for none
 * @param weight how much of the cluster's copies and weighted reads this member takes, relative to
 *     the others; positive
 * @param role data, lite or witness
 * @param sameHostWitness whether deaths are proven by file locks in {@code runDirectory}
 * @param runDirectory a directory that all members on this machine share; null for the default
 * @param dataDirectory where this member alone keeps what it must remember over restarts, on a
 *     local file system; null to keep nothing
 * @param tls empty for connections in plain text
 * @param maxValueBytes a larger value, counted with its key, is refused
 * @param maxMemory bytes that the entries of all caches without a bound of their own may take at
 *     this member, copies for others included; {@link Long#MAX_VALUE} for no bound
 * @param drills the drills that this member suffers when an operator asks for them
 */
public record NodeSettings(
    String clusterName,
    String nodeName,
    String bindAddress,
    int bindPort,
    int portRange,
    NodeDiscovery discovery,
    Bootstrap bootstrap,
    int expectedSize,
    int partitions,
    Duration lease,
    Duration suspendAfter,
    Duration removeAfter,
    Duration reReplicateAfter,
    long transferBandwidth,
    Duration drainTimeout,
    Duration operationTimeout,
    String zone,
    double weight,
    MemberRole role,
    boolean sameHostWitness,
    Path runDirectory,
    Path dataDirectory,
    Optional<TlsFiles> tls,
    int maxValueBytes,
    long maxMemory,
    Set<DrillKind> drills) {

  /** The largest {@code maxValueBytes}: 64 MiB. */
  public static final int LARGEST_VALUE_BYTES = 64 << 20;

  /** The {@code maxMemory} that holds if none is set: two fifths of the heap. */
  public static long defaultMaxMemory() {
    return shareOfHeap(40);
  }

  /** So many percent of the largest heap that this process may have. */
  public static long shareOfHeap(int percent) {
    return Runtime.getRuntime().maxMemory() / 100 * percent;
  }

  /** Who may found a cluster (PROTOCOL 4.4). */
  public enum Bootstrap {
    /** A member that finds nobody founds alone; gives no protection against two clusters. */
    AUTO,
    /** This member founds alone, unless it finds a cluster within a second. */
    SINGLE,
    /**
     * The listed hosts found together: a majority of them where each has a data directory, else
     * all.
     */
    VOTERS
  }

  /** The listed hosts, {@code host[port]} each; empty if members are found in another way. */
  public List<String> seeds() {
    return discovery instanceof NodeDiscovery.Hosts listed ? listed.hosts() : List.of();
  }

  public NodeSettings {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a weight of " + weight + ": it has to be positive");
    }
    if (maxMemory < 1) {
      throw new IllegalArgumentException(maxMemory + " bytes of memory: at least 1 is needed");
    }
    drills = Set.copyOf(drills);
  }

  /** Settings with their defaults, to be changed one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings; each method sets the component of the same name. Not thread-safe. */
  public static final class Builder {

    private String clusterName = "henge";
    private String nodeName = "node";
    private String bindAddress = "127.0.0.1";
    private int bindPort = 7800;
    private int portRange = 100;
    private NodeDiscovery discovery = new NodeDiscovery.ThisMachine();
    private Bootstrap bootstrap = Bootstrap.AUTO;
    private int expectedSize;
    private int partitions = 256;
    private Duration lease = Duration.ofMillis(300);
    private Duration suspendAfter = Duration.ofSeconds(1);
    private Duration removeAfter = Duration.ofSeconds(30);
    private Duration reReplicateAfter = Duration.ofSeconds(30);
    private long transferBandwidth = 64L << 20;
    private Duration drainTimeout = Duration.ofSeconds(10);
    private Duration operationTimeout = Duration.ofSeconds(10);
    private String zone = "";
    private double weight = 1;
    private MemberRole role = MemberRole.DATA;
    private boolean sameHostWitness;
    private Path runDirectory;
    private Path dataDirectory;
    private Optional<TlsFiles> tls = Optional.empty();
    private int maxValueBytes = LARGEST_VALUE_BYTES;
    private long maxMemory = defaultMaxMemory();
    private Set<DrillKind> drills = Set.of();

    private Builder() {}

    public Builder clusterName(String value) {
      clusterName = value;
      return this;
    }

    public Builder nodeName(String value) {
      nodeName = value;
      return this;
    }

    public Builder bindAddress(String value) {
      bindAddress = value;
      return this;
    }

    public Builder bindPort(int value) {
      bindPort = value;
      return this;
    }

    public Builder portRange(int value) {
      portRange = value;
      return this;
    }

    public Builder discovery(NodeDiscovery value) {
      discovery = value;
      return this;
    }

    /** Listed hosts as discovery; with none, this machine. */
    public Builder seeds(List<String> hosts) {
      discovery =
          hosts.isEmpty() ? new NodeDiscovery.ThisMachine() : new NodeDiscovery.Hosts(hosts);
      return this;
    }

    public Builder bootstrap(Bootstrap value) {
      bootstrap = value;
      return this;
    }

    public Builder expectedSize(int value) {
      expectedSize = value;
      return this;
    }

    public Builder partitions(int value) {
      partitions = value;
      return this;
    }

    public Builder lease(Duration value) {
      lease = value;
      return this;
    }

    public Builder suspendAfter(Duration value) {
      suspendAfter = value;
      return this;
    }

    public Builder removeAfter(Duration value) {
      removeAfter = value;
      return this;
    }

    public Builder reReplicateAfter(Duration value) {
      reReplicateAfter = value;
      return this;
    }

    public Builder transferBandwidth(long value) {
      transferBandwidth = value;
      return this;
    }

    public Builder drainTimeout(Duration value) {
      drainTimeout = value;
      return this;
    }

    public Builder operationTimeout(Duration value) {
      operationTimeout = value;
      return this;
    }

    public Builder zone(String value) {
      zone = value;
      return this;
    }

    public Builder weight(double value) {
      weight = value;
      return this;
    }

    public Builder role(MemberRole value) {
      role = value;
      return this;
    }

    public Builder sameHostWitness(boolean value) {
      sameHostWitness = value;
      return this;
    }

    public Builder runDirectory(Path value) {
      runDirectory = value;
      return this;
    }

    public Builder dataDirectory(Path value) {
      dataDirectory = value;
      return this;
    }

    public Builder tls(Optional<TlsFiles> value) {
      tls = value;
      return this;
    }

    public Builder maxValueBytes(int value) {
      maxValueBytes = value;
      return this;
    }

    public Builder maxMemory(long value) {
      maxMemory = value;
      return this;
    }

    public Builder drills(Set<DrillKind> value) {
      drills = value;
      return this;
    }

    /** The settings. */
    public NodeSettings build() {
      return new NodeSettings(
          clusterName,
          nodeName,
          bindAddress,
          bindPort,
          portRange,
          discovery,
          bootstrap,
          expectedSize,
          partitions,
          lease,
          suspendAfter,
          removeAfter,
          reReplicateAfter,
          transferBandwidth,
          drainTimeout,
          operationTimeout,
          zone,
          weight,
          role,
          sameHostWitness,
          runDirectory,
          dataDirectory,
          tls,
          maxValueBytes,
          maxMemory,
          drills);
    }
  }
}
