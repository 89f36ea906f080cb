package io.henge.jcache.configuration;

import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.topology.ReplicationMode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a cache, {@code henge.cache.<name>.<suffix>}. The table of docs/settings.md is
 * made from what stands here.
 */
public enum CacheSetting {
  /** The class of the keys; defines the cache. */
  KEY_TYPE(
      "key-type",
      DefaultValue.described("the application's"),
      Allowed.any("the full name of a class of the application"),
      "class of the keys. A cache with this or the next setting is *defined* by configuration: "
          + "`getCache` and injection find it without any code that creates it. Code that declares "
          + "another class is refused, and the error shows both"),
  /** The class of the values; defines the cache. */
  VALUE_TYPE(
      "value-type",
      DefaultValue.described("the application's"),
      Allowed.any("the full name of a class of the application"),
      "class of the values"),
  /** Copies of each entry beside the primary. */
  BACKUPS(
      "backups",
      DefaultValue.of("1"),
      Allowed.number(0, 1000).or("all"),
      "copies of each entry beside the primary; `all`: one on every member. The same on all "
          + "members"),
  /** When a write returns. */
  MODE(
      "mode",
      DefaultValue.of("sync"),
      Allowed.oneOf("sync", "async"),
      "`sync`: a write returns when every in-sync copy holds it, and nothing acknowledged is "
          + "lost while one of them lives. `async`: it returns when the primary holds it; a failover "
          + "may lose the newest writes, at most what the bounds below allow, and says how many. The "
          + "same on all members"),
  /** Acknowledged operations that a backup may lack. */
  MAX_LAG_OPERATIONS(
      "max-lag-operations",
      DefaultValue.of("1000"),
      Allowed.number(1, ReplicationMode.Async.MOST_OPERATIONS),
      "`async` only, per partition: acknowledged operations that a backup may lack. Beyond it "
          + "the writer waits for the backups, as in `sync`. The same on all members. Caches with "
          + "other bounds have partitions of their own"),
  /** Bytes of these. */
  MAX_LAG_BYTES(
      "max-lag-bytes",
      DefaultValue.of("1048576"),
      Allowed.number("a number of bytes", 1, ReplicationMode.Async.MOST_BYTES),
      "`async` only, per partition: bytes of these; a larger write waits for the backups. The "
          + "same on all members"),
  /** Time since the oldest of these. */
  MAX_LAG(
      "max-lag",
      DefaultValue.of("1s"),
      Allowed.duration("1ms", "1h"),
      "`async` only: while something acknowledged is missing at a backup for longer, writers "
          + "wait. The same on all members"),
  /** Whether this member's copy may answer whatever its age. */
  STALE_READS(
      "stale-reads",
      DefaultValue.of("false"),
      Allowed.flag(),
      "`async` only: this member's own copy answers reads whatever its age, also while the "
          + "member is cut off from the others. Otherwise reads ask the primary. Each member for "
          + "itself"),
  /** Which copy this member's reads ask. */
  READ_POLICY(
      "read-policy",
      DefaultValue.of("local-first"),
      Allowed.oneOf(
          Stream.of(ReadPolicy.values()).map(ReadPolicy::settingName).toArray(String[]::new)),
      "which in-sync copy this member's reads ask; every copy gives the latest value; "
          + "asynchronous caches ask the primary whatever this says. `local-first`: its own if it "
          + "has one, otherwise the faster of two; `weighted`: by `henge.node.weight`; "
          + "`least-response-time`: the faster of two, its own among them. Each member's own choice, "
          + "need not be the same"),
  /** The most entries. */
  MAX_ENTRIES(
      "max-entries",
      DefaultValue.described("none"),
      Allowed.numberFromOne("a number"),
      "the most entries in the whole cluster, copies not counted: see [below](#bounds). The "
          + "same on all members"),
  /** The most bytes. */
  MAX_BYTES(
      "max-bytes",
      DefaultValue.described("none"),
      Allowed.numberFromOne("a number of bytes"),
      "the most bytes of keys, values (both as encoded) and 176 for each entry, likewise"),
  /** What an entry is that cannot be decoded here. */
  ON_UNDECODABLE(
      "on-undecodable",
      DefaultValue.of("error"),
      Allowed.oneOf("error", "miss"),
      "what an entry is that this member cannot decode, because its class is unknown or has "
          + "another version here: a `CodecException`, or absent for this member's reads (and loaded "
          + "anew where the cache reads through). Each cause is logged once, all are counted: "
          + "`cache.unwrap(io.henge.jcache.codec.UndecodableEntries.class).count()`. Each member for "
          + "itself"),
  /** How values are encoded that have no encoding of their own. */
  CODEC(
      "codec",
      DefaultValue.of("jdk"),
      Allowed.oneOf("jdk", "json-b"),
      "how values are encoded that have no encoding of their own and are for none of the "
          + "application's codecs: JDK serialization, or JSON by the server's JSON-B: see "
          + "[jcache.md](jcache.md#keys-and-values). Any member reads either; each member for itself"),
  /** Whether each key is checked for what its bytes cannot express. */
  CHECK_KEYS(
      "check-keys",
      DefaultValue.of("false"),
      Allowed.flag(),
      "checks at each use of a key that its bytes tell what its `equals` does, and refuses it "
          + "otherwise; for development and tests, as it decodes each key once more. Each member for "
          + "itself"),
  /** Whether operations are counted. */
  STATISTICS(
      "statistics",
      DefaultValue.described("as the application declares it"),
      Allowed.flag(),
      "whether this member counts its operations; with `false`, code that enables statistics "
          + "is refused. They can be switched at run time all the same. Each member for itself"),
  /** Whether there is an MXBean with the configuration. */
  MANAGEMENT(
      "management",
      DefaultValue.described("as the application declares it"),
      Allowed.flag(),
      "whether there is an MXBean with the cache's configuration; likewise"),
  /** What entries live. */
  EXPIRY(
      "expiry",
      DefaultValue.described("as the application declares it"),
      Allowed.parsed(
          "`eternal`, or `created`, `modified`, `accessed` or `touched` with a time: `created 10m`",
          ExpiryText::parse),
      "how long entries live after they were created, created or updated, created or read, or "
          + "any of these. A policy in the application that says something else is refused, and the "
          + "error shows both");

  static final String PREFIX = "henge.cache.";

  private final String suffix;

  @SuppressWarnings("ImmutableEnumChecker") // it is, with a predicate that has no state
  private final SettingRule rule;

  CacheSetting(String suffix, DefaultValue otherwise, Allowed allowed, String meaning) {
    this.suffix = suffix;
    this.rule = new SettingRule(otherwise, allowed, meaning);
  }

  /** The key for a cache. */
  public String key(String cacheName) {
    return PREFIX + cacheName + "." + suffix;
  }

  /** The cache that a key of this setting is for: a name, or a template such as {@code carts-*}. */
  String cacheName(String key) {
    return key.substring(PREFIX.length(), key.length() - suffix.length() - 1);
  }

  /** What there is to know of it beside its key. */
  SettingRule rule() {
    return rule;
  }

  /** The setting that a key makes for some cache. */
  static Optional<CacheSetting> of(String key) {
    return Arrays.stream(values())
        .filter(each -> key.startsWith(PREFIX) && key.endsWith("." + each.suffix))
        .filter(each -> key.length() > PREFIX.length() + each.suffix.length() + 1)
        .findFirst();
  }
}
