package io.henge.jcache.configuration;

import io.henge.replication.node.NodeSettings;
import java.util.Arrays;
import java.util.Optional;

/**
 * The settings of a member; those of caches are in {@link CacheSetting}. The tables of
 * docs/settings.md are made from what stands here.
 */
public enum Setting {
  /** Whether there is a cluster; otherwise caches are local. */
  ENABLED(
      "henge.enabled",
      DefaultValue.of("true"),
      Allowed.flag(),
      "`false`: the application's caches are local, in its own memory, without a cluster: see "
          + "[below](#without-a-cluster)"),
  /** Name of the cluster. */
  CLUSTER_NAME(
      "henge.cluster.name",
      DefaultValue.of("henge"),
      Allowed.any("a name"),
      "members of clusters with other names are refused"),
  /** Name of this member. */
  NODE_NAME(
      "henge.node.name",
      DefaultValue.described("host name and four random letters"),
      Allowed.any("a name"),
      "what people call this member: log, console, MBean"),
  /** Address to listen on. */
  BIND_ADDRESS(
      "henge.transport.bind-address",
      DefaultValue.of("127.0.0.1"),
      Allowed.any("an address or host name of this machine"),
      "where to listen; with several machines, the address that the others reach"),
  /** Port to listen on. */
  BIND_PORT(
      "henge.transport.bind-port",
      DefaultValue.of("7800"),
      Allowed.number("a port", 1, 65_535),
      "the port to listen on"),
  /** Further ports to try. */
  PORT_RANGE(
      "henge.transport.port-range",
      DefaultValue.of("100"),
      Allowed.number(0, 10_000),
      "how many further ports to try when it is taken; 0: exactly this port"),
  /** How members find each other. */
  DISCOVERY(
      "henge.discovery",
      DefaultValue.of("local"),
      Allowed.parsed(
          "`local`, `static://host[port],host[port]`, `dns://name[port]`, or `multicast://group[port]`"
              + " (`multicast://` for the default group)",
          DiscoveryText::parse),
      "how members find each other: on this machine only; by a list of hosts; by all addresses "
          + "behind one name (port 7800 if none is given); by a multicast group "
          + "(`239.255.72.69[7799]` if none is given). See [below](#finding-each-other)"),
  /** A JGroups configuration of one's own. */
  TRANSPORT_CONFIG(
      "henge.transport.config",
      DefaultValue.described("not set"),
      Allowed.any("a file, or a resource of the class path"),
      "a JGroups configuration: TCP attributes and discovery protocols, see "
          + "[below](#a-jgroups-configuration-of-ones-own); instead of `henge.discovery`"),
  /** Who may found a cluster. */
  BOOTSTRAP(
      "henge.cluster.bootstrap",
      DefaultValue.described("`voters` with a list, else `auto`"),
      Allowed.oneOf("auto", "single", "voters"),
      "who may found a cluster: whoever finds nobody (no protection against two clusters), "
          + "this member alone unless it finds a cluster within a second, or the listed hosts "
          + "together when all of them answer"),
  /** Members that found together. */
  EXPECTED_SIZE(
      "henge.cluster.expected-size",
      DefaultValue.described("not set"),
      Allowed.number(1, 1000),
      "how many members found together; has to be set with `dns://`, `multicast://` and "
          + "`henge.transport.config` unless `henge.cluster.bootstrap` is"),
  /** Partitions. */
  PARTITIONS(
      "henge.cluster.partitions",
      DefaultValue.of("256"),
      Allowed.number(1, 32_768),
      "partitions of the ring (*founder*)"),
  /** Length of a lease. */
  LEASE(
      "henge.lease",
      DefaultValue.of("300ms"),
      Allowed.duration("50ms", "1m"),
      "how long a member may answer reads on what it knows (*founder*)"),
  /** Silence until suspension. */
  SUSPEND_AFTER(
      "henge.suspend-after",
      DefaultValue.of("1s"),
      Allowed.duration("100ms", "10m"),
      "silence, longer than the lease, after which a member is suspended; a connection that carries"
          + " nothing for twice as long, 1s to 20s, is renewed (*founder*)"),
  /** Suspension until removal. */
  REMOVE_AFTER(
      "henge.remove-after",
      DefaultValue.of("30s"),
      Allowed.duration("1s", "1d"),
      "suspension, longer than `suspend-after`, after which a member is removed and its copies are made again elsewhere "
          + "(*founder*)"),
  /** Time until lost copies are made again elsewhere. */
  RE_REPLICATE_AFTER(
      "henge.re-replicate-after",
      DefaultValue.of("30s"),
      Allowed.duration("0s", "1d"),
      "how long copies wait for a member that went without being drained, before they are made "
          + "again elsewhere; a partition with a single copy left does not wait"),
  /** What copying partitions may take of the network. */
  TRANSFER_BANDWIDTH(
      "henge.transfer.bandwidth",
      DefaultValue.of("64MB"),
      Allowed.parsed("bytes per second from 1kB to 100GB", MemoryText::bandwidth),
      "bytes per second that this member sends to bring up copies elsewhere, in units of 1,024"),
  /** How long a member that leaves hands over. */
  DRAIN_TIMEOUT(
      "henge.drain-timeout",
      DefaultValue.of("10s"),
      Allowed.duration("0s", "1h"),
      "how long a member that is closed (also by SIGTERM) hands over what it holds before it "
          + "goes; `0s`: it goes at once. Whoever kills the process afterwards should wait 3 s "
          + "longer than this"),
  /** How long an operation is retried. */
  OPERATION_TIMEOUT(
      "henge.operation-timeout",
      DefaultValue.of("10s"),
      Allowed.duration("100ms", "10m"),
      "how long an operation is retried before it fails"),
  /** The largest value. */
  MAX_VALUE_BYTES(
      "henge.max-value-bytes",
      DefaultValue.of("67108864", "64 MiB"),
      Allowed.number("a number of bytes", 1024, NodeSettings.LARGEST_VALUE_BYTES),
      "a larger value, counted with its key and encoded, is refused with "
          + "`IllegalArgumentException`; so is a processor or a processor's result"),
  /** What the caches without a bound may take. */
  MAX_MEMORY(
      "henge.max-memory",
      DefaultValue.of("40%"),
      Allowed.parsed(
          "a share of the largest heap from 1% to 90%, a number of bytes from 1048576 on, or"
              + " `unbounded`",
          MemoryText::bound),
      "what the entries of all caches *without a bound of their own* may take at this member "
          + "together, copies for others included; then the entries used least leave: see "
          + "[below](#bounds)"),
  /** Failure domain. */
  ZONE(
      "henge.zone",
      DefaultValue.described("none"),
      Allowed.any("a name"),
      "failure domain: copies of an entry, and the voters, go to different zones where possible"),
  /** This member's share of copies and weighted reads. */
  WEIGHT(
      "henge.node.weight",
      DefaultValue.of("1"),
      Allowed.decimal("0.1", "1000"),
      "how much of the work this member takes, relative to the others: its share of the "
          + "copies, and of the reads of caches whose policy is `weighted`"),
  /** How deaths are proven. */
  DEATH_WITNESS(
      "henge.death-witness",
      DefaultValue.described("`same-host` with `local`, else `none`"),
      Allowed.oneOf("none", "same-host"),
      "whether the members of one machine prove each other's death by file locks, which makes "
          + "failover faster"),
  /** Directory shared by the members of a machine. */
  RUN_DIRECTORY(
      "henge.run-dir",
      DefaultValue.described("a directory for temporary files"),
      Allowed.path("a directory"),
      "where the members of one machine keep those locks"),
  /** What the member does for the cluster. */
  ROLE(
      "henge.node.role",
      DefaultValue.of("data"),
      Allowed.oneOf("data", "lite", "witness"),
      "`data` holds entries; `lite` uses caches and holds none, and votes only while there are "
          + "fewer than three others that can; `witness` votes and holds none: see "
          + "[below](#two-servers-and-a-witness)"),
  /** Directory in which this member alone remembers what it voted. */
  DATA_DIRECTORY(
      "henge.data-dir",
      DefaultValue.described("none"),
      Allowed.path("a directory of this member alone, on a local file system"),
      "where the member remembers what it voted, so that a majority of listed hosts can found "
          + "and the restart of all members finds the cluster again: see [below](#remembering)"),
  /** Whether an operator may have this member's node end. */
  DRILLS_CRASH(
      "henge.drills.crash",
      DefaultValue.of("false"),
      Allowed.flag(),
      "whether an operator of the console may have this member's node end as if its process had been "
          + "killed, and begin again without data, to see what the others do: see "
          + "[console.md](console.md)"),
  /** Whether an operator may cut this member off. */
  DRILLS_CUT(
      "henge.drills.cut",
      DefaultValue.of("false"),
      Allowed.flag(),
      "whether an operator of the console may have this member drop all that it sends to others "
          + "and hears from them for some seconds"),
  /** The member's certificate. */
  TLS_CERTIFICATE(
      "henge.tls.certificate",
      DefaultValue.described("not set: plain text"),
      Allowed.path("a PEM or PKCS#12 file"),
      "the member's certificate; turns mutual TLS on, see [security.md](security.md)"),
  /** The certificate's key. */
  TLS_KEY(
      "henge.tls.key",
      DefaultValue.described("in the certificate's file"),
      Allowed.path("a PEM file (PKCS#8)"),
      "the certificate's private key"),
  /** Authorities that are trusted. */
  TLS_TRUST(
      "henge.tls.trust",
      DefaultValue.described("must be set with a certificate"),
      Allowed.path("a PEM or PKCS#12 file"),
      "the authorities whose certificates make a member"),
  /** Password of the certificate's file. */
  TLS_PASSWORD(
      "henge.tls.password",
      DefaultValue.described("none"),
      Allowed.any("a password"),
      "opens the PKCS#12 file or the encrypted key"),
  /** Password of the trust file. */
  TLS_TRUST_PASSWORD(
      "henge.tls.trust-password",
      DefaultValue.described("`henge.tls.password`"),
      Allowed.any("a password"),
      "opens the trust file if that is PKCS#12"),
  /** Names of members. */
  TLS_MEMBER_NAMES(
      "henge.tls.member-names",
      DefaultValue.described("any name"),
      Allowed.any("names with commas between them, `*.` for one label"),
      "a certificate has to carry one of them"),
  /** Which classes serialization may carry. */
  SERIALIZATION_FILTER(
      "henge.serialization.filter",
      DefaultValue.of("application"),
      Allowed.oneOf("application", "strict"),
      "which classes JDK serialization may carry. `application`: those that the application's "
          + "class loader knows, without classes that are known as tools of attacks; `strict`: the "
          + "types that the cache declares, value types of the JDK (`java.lang`, `java.math`, "
          + "`java.time`, `java.util`, `java.net.URI` and the like) and `henge.serialization.allow`. "
          + "Enums count, and so do entry processors (one that is not allowed runs at its caller)"),
  /** Classes that it may carry in any case. */
  SERIALIZATION_ALLOW(
      "henge.serialization.allow",
      DefaultValue.described("none"),
      Allowed.parsed(
          "names of classes and packages with commas between them: `com.shop.Order`, `com.shop.*`,"
              + " `com.shop.**`",
          ClassPatterns::parse),
      "classes that may be carried in any case; a class brings its nested classes, `*` is one "
          + "package, `**` those below it too"),
  /** Nested objects. */
  SERIALIZATION_DEPTH(
      "henge.serialization.max-depth",
      DefaultValue.of("10000"),
      Allowed.number(1, 1_000_000),
      "nested objects; what exceeds this or the next three is refused, and the setting named"),
  /** Objects. */
  SERIALIZATION_REFERENCES(
      "henge.serialization.max-references",
      DefaultValue.of("10000000"),
      Allowed.number(1, 1_000_000_000),
      "objects in one key, value or processor"),
  /** Elements of an array. */
  SERIALIZATION_ARRAY(
      "henge.serialization.max-array-length",
      DefaultValue.of("16777216"),
      Allowed.number(1, Integer.MAX_VALUE),
      "elements of one array"),
  /** Length of an encoding. */
  SERIALIZATION_BYTES(
      "henge.serialization.max-bytes",
      DefaultValue.of("134217728", "128 MiB"),
      Allowed.number("a number of bytes", 1, Integer.MAX_VALUE),
      "length of one encoding"),
  /** Whether annotated methods' null results are cached. */
  ANNOTATIONS_CACHE_NULL(
      "henge.annotations.cache-null",
      DefaultValue.of("false"),
      Allowed.flag(),
      "whether a null result of a method with `@CacheResult`, or a null value of one with "
          + "`@CachePut`, is remembered; otherwise it is not cached, and `@CachePut` of null removes "
          + "the entry. Only in caches without a declared type of values"),
  /** Whether one thread calls an annotated method for all that wait with the same key. */
  ANNOTATIONS_SINGLE_FLIGHT(
      "henge.annotations.single-flight",
      DefaultValue.of("true"),
      Allowed.flag(),
      "whether of several threads of this member that call a method with `@CacheResult` with "
          + "the same key only one calls it, while the others wait for its result, at most 10 s");

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // it is, with a predicate that has no state
  private final SettingRule rule;

  Setting(String key, DefaultValue otherwise, Allowed allowed, String meaning) {
    this.key = key;
    this.rule = new SettingRule(otherwise, allowed, meaning);
  }

  /** The key. */
  public String key() {
    return key;
  }

  /** What there is to know of it beside its key. */
  SettingRule rule() {
    return rule;
  }

  /** Whether the value must not be shown. */
  boolean secret() {
    return this == TLS_PASSWORD || this == TLS_TRUST_PASSWORD;
  }

  /** The setting with a key. */
  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }
}
