package io.henge.jcache.configuration;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of a cache, {@code henge.cache.<name>.<suffix>}. See docs/settings.md. */
public enum CacheSetting {
  /** Copies of each entry beside the primary. */
  BACKUPS("backups", "all|[0-9]{1,3}|1000", "a number from 0 to 1000, or all"),
  /** When a write returns. */
  MODE("mode", "sync|async", "sync, or async (in a later version)"),
  /** Which copy this member's reads ask. */
  READ_POLICY(
      "read-policy",
      "local-first|primary|round-robin|random|weighted|least-response-time",
      "local-first, primary, round-robin, random, weighted or least-response-time");

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
