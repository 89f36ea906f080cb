package io.henge.jcache.configuration;

import io.henge.replication.node.CacheSettings;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Reads the settings of one cache. */
public final class CacheSettingsReader {

  private CacheSettingsReader() {}

  /**
   * Reads the settings of a cache; a local one has no copies, whatever is set about them.
   *
   * @throws InvalidSettingsException if a value is bad, or one is for another mode
   */
  public static CacheSettings read(Settings settings, String cacheName) {
    CacheSettings.Builder read = CacheSettings.builder();
    boolean async =
        find(settings, CacheSetting.MODE, cacheName)
            .filter(mode -> mode.text().equals("async"))
            .isPresent();
    if (async) {
      read.mode(asyncMode(settings, cacheName));
      find(settings, CacheSetting.STALE_READS, cacheName)
          .ifPresent(stale -> read.staleReads(Boolean.parseBoolean(stale.text())));
    } else {
      refuseSettingsOfAsync(settings, cacheName);
    }
    find(settings, CacheSetting.BACKUPS, cacheName)
        .ifPresent(backups -> read.copies(copies(backups.text())));
    find(settings, CacheSetting.READ_POLICY, cacheName)
        .flatMap(policy -> ReadPolicy.of(policy.text()))
        .ifPresent(read::readPolicy);
    find(settings, CacheSetting.MAX_ENTRIES, cacheName)
        .ifPresent(bound -> read.maxEntries(Long.parseLong(bound.text())));
    find(settings, CacheSetting.MAX_BYTES, cacheName)
        .ifPresent(bound -> read.maxBytes(Long.parseLong(bound.text())));
    if (LocalMode.is(settings)) {
      read.copies(1).mode(ReplicationMode.SYNC).staleReads(false);
    }
    return read.build();
  }

  private static ReplicationMode asyncMode(Settings settings, String cacheName) {
    ReplicationMode.Async usual = ReplicationMode.Async.DEFAULT;
    return new ReplicationMode.Async(
        find(settings, CacheSetting.MAX_LAG_OPERATIONS, cacheName)
            .map(operations -> Integer.parseInt(operations.text()))
            .orElse(usual.maxLagOperations()),
        find(settings, CacheSetting.MAX_LAG_BYTES, cacheName)
            .map(bytes -> Long.parseLong(bytes.text()))
            .orElse(usual.maxLagBytes()),
        find(settings, CacheSetting.MAX_LAG, cacheName)
            .flatMap(lag -> Durations.parse(lag.text()))
            .map(lag -> lag.toMillis() * 1_000_000)
            .orElse(usual.maxLag()));
  }

  private static void refuseSettingsOfAsync(Settings settings, String cacheName) {
    List<String> problems = new ArrayList<>();
    for (CacheSetting setting :
        List.of(
            CacheSetting.MAX_LAG_OPERATIONS,
            CacheSetting.MAX_LAG_BYTES,
            CacheSetting.MAX_LAG,
            CacheSetting.STALE_READS)) {
      find(settings, setting, cacheName)
          .filter(value -> !value.text().equals("false"))
          .ifPresent(
              value ->
                  problems.add(
                      value
                          + " is for asynchronous caches only; set "
                          + CacheSetting.MODE.key(cacheName)
                          + "=async, or leave it out."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  /**
   * Reads how long a cache's entries live; empty if that is left to the application.
   *
   * @throws InvalidSettingsException if the value is bad
   */
  public static Optional<ConfiguredExpiry> expiry(Settings settings, String cacheName) {
    return find(settings, CacheSetting.EXPIRY, cacheName)
        .map(value -> new ConfiguredExpiry(cacheName, policy(value), value));
  }

  private static Factory<? extends ExpiryPolicy> policy(SettingValue value) {
    String[] words = value.text().split(" ", 2);
    if (words.length == 1) {
      return EternalExpiryPolicy.factoryOf();
    }
    Duration duration =
        Durations.parse(words[1].trim())
            .filter(each -> !each.isNegative() && !each.isZero())
            .filter(each -> each.compareTo(java.time.Duration.ofDays(36_500)) <= 0)
            .map(each -> new Duration(TimeUnit.MILLISECONDS, Math.max(1, each.toMillis())))
            .orElseThrow(
                () -> new InvalidSettingsException(List.of(CacheSetting.EXPIRY.problem(value))));
    return switch (words[0]) {
      case "created" -> CreatedExpiryPolicy.factoryOf(duration);
      case "modified" -> ModifiedExpiryPolicy.factoryOf(duration);
      case "accessed" -> AccessedExpiryPolicy.factoryOf(duration);
      default -> TouchedExpiryPolicy.factoryOf(duration);
    };
  }

  private static int copies(String backups) {
    return backups.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(backups) + 1;
  }

  private static Optional<SettingValue> find(
      Settings settings, CacheSetting setting, String cacheName) {
    Optional<SettingValue> value = settings.find(setting, cacheName);
    if (value.isPresent() && !setting.accepts(value.get().text())) {
      throw new InvalidSettingsException(List.of(setting.problem(value.get())));
    }
    return value;
  }
}
