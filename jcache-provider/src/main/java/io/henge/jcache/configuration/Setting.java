package io.henge.jcache.configuration;

import java.util.Arrays;
import java.util.Optional;

/** The settings of a member; those of caches are in {@link CacheSetting}. See docs/settings.md. */
public enum Setting {
  /** Whether there is a cluster; otherwise caches are local. */
  ENABLED("henge.enabled", "true or false"),
  /** Name of the cluster. */
  CLUSTER_NAME("henge.cluster.name", "a name"),
  /** Name of this member. */
  NODE_NAME("henge.node.name", "a name"),
  /** Address to listen on. */
  BIND_ADDRESS("henge.transport.bind-address", "an address or host name of this machine"),
  /** Port to listen on. */
  BIND_PORT("henge.transport.bind-port", "a port from 1 to 65535"),
  /** Further ports to try. */
  PORT_RANGE("henge.transport.port-range", "a number from 0 to 10000"),
  /** How members find each other. */
  DISCOVERY(
      "henge.discovery",
      "local, static://host[port],host[port] (static://10.0.0.1[7800],10.0.0.2[7800]),"
          + " dns://name[port] (dns://henge.shop.svc.cluster.local[7800]),"
          + " or multicast://group[port] (multicast:// for the default group)"),
  /** A JGroups configuration of one's own. */
  TRANSPORT_CONFIG("henge.transport.config", "a file, or a resource of the class path"),
  /** Who may found a cluster. */
  BOOTSTRAP("henge.cluster.bootstrap", "auto, single or voters"),
  /** Members that found together. */
  EXPECTED_SIZE("henge.cluster.expected-size", "a number from 1 to 1000"),
  /** Partitions. */
  PARTITIONS("henge.cluster.partitions", "a number from 1 to 32768"),
  /** Length of a lease. */
  LEASE("henge.lease", "a duration from 50ms to 1m (300ms, 1s, PT0.3S)"),
  /** Silence until suspension. */
  SUSPEND_AFTER("henge.suspend-after", "a duration from 100ms to 10m (1s, PT1S)"),
  /** Suspension until removal. */
  REMOVE_AFTER("henge.remove-after", "a duration from 1s to 1d (30s, PT30S)"),
  /** Time until lost copies are made again elsewhere. */
  RE_REPLICATE_AFTER("henge.re-replicate-after", "a duration from 0s to 1d (30s, PT30S)"),
  /** What copying partitions may take of the network. */
  TRANSFER_BANDWIDTH("henge.transfer.bandwidth", "bytes per second from 1kB to 100GB (64MB)"),
  /** How long a member that leaves hands over. */
  DRAIN_TIMEOUT("henge.drain-timeout", "a duration from 0s to 1h (10s, PT10S)"),
  /** How long an operation is retried. */
  OPERATION_TIMEOUT("henge.operation-timeout", "a duration from 100ms to 10m (10s, PT10S)"),
  /** The largest value. */
  MAX_VALUE_BYTES("henge.max-value-bytes", "a number of bytes from 1024 to 67108864 (64 MiB)"),
  /** What the caches without a bound may take. */
  MAX_MEMORY(
      "henge.max-memory",
      "a share of the heap from 1% to 90% (40%), a number of bytes from 1048576 on, or unbounded"),
  /** Failure domain. */
  ZONE("henge.zone", "a name"),
  /** This member's share of copies and weighted reads. */
  WEIGHT("henge.node.weight", "a number from 0.1 to 1000 (1, 2.5)"),
  /** How deaths are proven. */
  DEATH_WITNESS("henge.death-witness", "none or same-host"),
  /** Directory shared by the members of a machine. */
  RUN_DIRECTORY("henge.run-dir", "a directory"),
  /** What the member does for the cluster. */
  ROLE("henge.node.role", "data, lite or witness"),
  /** Directory in which this member alone remembers what it voted. */
  DATA_DIRECTORY("henge.data-dir", "a directory of this member alone, on a local file system"),
  /** The member's certificate. */
  TLS_CERTIFICATE("henge.tls.certificate", "a PEM or PKCS#12 file"),
  /** The certificate's key. */
  TLS_KEY("henge.tls.key", "a PEM file"),
  /** Authorities that are trusted. */
  TLS_TRUST("henge.tls.trust", "a PEM or PKCS#12 file"),
  /** Password of the certificate's file. */
  TLS_PASSWORD("henge.tls.password", "a password"),
  /** Password of the trust file. */
  TLS_TRUST_PASSWORD("henge.tls.trust-password", "a password"),
  /** Names of members. */
  TLS_MEMBER_NAMES("henge.tls.member-names", "names, with a comma between them"),
  /** Which classes serialization may carry. */
  SERIALIZATION_FILTER("henge.serialization.filter", "application or strict"),
  /** Classes that it may carry in any case. */
  SERIALIZATION_ALLOW(
      "henge.serialization.allow",
      "names of classes and packages with a comma between them (com.shop.Order, com.shop.*,"
          + " com.shop.**)"),
  /** Nested objects. */
  SERIALIZATION_DEPTH("henge.serialization.max-depth", "a number from 1 to 1000000"),
  /** Objects. */
  SERIALIZATION_REFERENCES("henge.serialization.max-references", "a number from 1 to 1000000000"),
  /** Elements of an array. */
  SERIALIZATION_ARRAY("henge.serialization.max-array-length", "a number from 1 to 2147483647"),
  /** Length of an encoding. */
  SERIALIZATION_BYTES("henge.serialization.max-bytes", "a number from 1 to 2147483647"),
  /** Whether annotated methods' null results are cached. */
  ANNOTATIONS_CACHE_NULL("henge.annotations.cache-null", "true or false"),
  /** Whether one thread calls an annotated method for all that wait with the same key. */
  ANNOTATIONS_SINGLE_FLIGHT("henge.annotations.single-flight", "true or false");

  private final String key;
  private final String allowed;

  Setting(String key, String allowed) {
    this.key = key;
    this.allowed = allowed;
  }

  /** The key. */
  public String key() {
    return key;
  }

  /** What values are allowed, for people. */
  public String allowed() {
    return allowed;
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
