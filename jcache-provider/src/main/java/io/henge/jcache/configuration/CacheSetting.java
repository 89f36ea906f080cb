package io.henge.jcache.configuration;

import io.henge.replication.topology.ReplicationMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of a cache, {@code henge.cache.<name>.<suffix>}. See docs/settings.md. */
public enum CacheSetting {
  /** The class of the keys; defines the cache. */
  KEY_TYPE("key-type", ".+", "the full name of a class of the application"),
  /** The class of the values; defines the cache. */
  VALUE_TYPE("value-type", ".+", "the full name of a class of the application"),
  /** Copies of each entry beside the primary. */
  BACKUPS("backups", "all|[0-9]{1,3}|1000", "a number from 0 to 1000, or all"),
  /** When a write returns. */
  MODE("mode", "sync|async", "sync or async"),
  /** Acknowledged operations that a backup may lack. */
  MAX_LAG_OPERATIONS("max-lag-operations", "[1-9][0-9]{0,3}", "a number from 1 to 4096") {
    @Override
    boolean accepts(String text) {
      return super.accepts(text) && Integer.parseInt(text) <= ReplicationMode.Async.MOST_OPERATIONS;
    }
  },
  /** Bytes of these. */
  MAX_LAG_BYTES("max-lag-bytes", "[1-9][0-9]{0,7}", "bytes from 1 to 16777216") {
    @Override
    boolean accepts(String text) {
      return super.accepts(text) && Long.parseLong(text) <= ReplicationMode.Async.MOST_BYTES;
    }
  },
  /** Time since the oldest of these. */
  MAX_LAG("max-lag", ".*", "a duration from 1ms to 1h, such as 500ms") {
    @Override
    boolean accepts(String text) {
      return Durations.parse(text)
          .filter(lag -> lag.toMillis() >= 1 && lag.compareTo(Duration.ofHours(1)) <= 0)
          .isPresent();
    }
  },
  /** Whether this member's copy may answer whatever its age. */
  STALE_READS("stale-reads", "true|false", "true or false"),
  /** Which copy this member's reads ask. */
  READ_POLICY(
      "read-policy",
      "local-first|primary|round-robin|random|weighted|least-response-time",
      "local-first, primary, round-robin, random, weighted or least-response-time"),
  /** The most entries. */
  MAX_ENTRIES("max-entries", "[1-9][0-9]{0,14}", "a number from 1 on"),
  /** The most bytes. */
  MAX_BYTES("max-bytes", "[1-9][0-9]{0,17}", "a number of bytes from 1 on"),
  /** What an entry is that cannot be decoded here. */
  ON_UNDECODABLE("on-undecodable", "error|miss", "error or miss"),
  /** How values are encoded that have no encoding of their own. */
  CODEC("codec", "jdk|json-b", "jdk or json-b"),
  /** Whether each key is checked for what its bytes cannot express. */
  CHECK_KEYS("check-keys", "true|false", "true or false"),
  /** Whether operations are counted. */
  STATISTICS("statistics", "true|false", "true or false"),
  /** Whether there is an MXBean with the configuration. */
  MANAGEMENT("management", "true|false", "true or false"),
  /** What entries live. */
  EXPIRY(
      "expiry",
      "eternal|(created|modified|accessed|touched) .{1,40}",
      "eternal, or created, modified, accessed or touched with a time, such as: created 10m");

  static final String PREFIX = "henge.cache.";

  private final String suffix;
  private final Pattern values;
  private final String allowed;

  CacheSetting(String suffix, String values, String allowed) {
    this.suffix = suffix;
    this.values = Pattern.compile(values);
    this.allowed = allowed;
  }

  /** The key for a cache. */
  public String key(String cacheName) {
    return PREFIX + cacheName + "." + suffix;
  }

  /** The cache that a key of this setting is for: a name, or a template such as {@code carts-*}. */
  String cacheName(String key) {
    return key.substring(PREFIX.length(), key.length() - suffix.length() - 1);
  }

  /** What values are allowed, for people. */
  public String allowed() {
    return allowed;
  }

  /** Tells whether a value is allowed. */
  boolean accepts(String text) {
    return values.matcher(text).matches();
  }

  /** What to tell somebody who gave another value. */
  String problem(SettingValue value) {
    return value + " is not a valid value; allowed is " + allowed + ".";
  }

  /** The setting that a key makes for some cache. */
  static Optional<CacheSetting> of(String key) {
    return Arrays.stream(values())
        .filter(each -> key.startsWith(PREFIX) && key.endsWith("." + each.suffix))
        .filter(each -> key.length() > PREFIX.length() + each.suffix.length() + 1)
        .findFirst();
  }
}
