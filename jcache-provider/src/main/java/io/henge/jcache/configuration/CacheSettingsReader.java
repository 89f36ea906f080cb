package io.henge.jcache.configuration;

import io.henge.replication.node.CacheSettings;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the settings of one cache. */
public final class CacheSettingsReader {

  private final Settings settings;
  private final String cacheName;

  private CacheSettingsReader(Settings settings, String cacheName) {
    this.settings = settings;
    this.cacheName = cacheName;
  }

  /**
   * Reads the settings of a cache; a local one has no copies, whatever is set about them.
   *
   * @throws InvalidSettingsException if a value is bad, or one is for another mode
   */
  public static CacheSettings read(Settings settings, String cacheName) {
    CacheSettings.Builder read = new CacheSettingsReader(settings, cacheName).read();
    if (LocalMode.is(settings)) {
      read.copies(1).mode(ReplicationMode.SYNC).staleReads(false);
    }
    return read.build();
  }

  /**
   * Reads how long a cache's entries live; empty if that is left to the application.
   *
   * @throws InvalidSettingsException if the value is bad
   */
  public static Optional<ConfiguredExpiry> expiry(Settings settings, String cacheName) {
    return settings
        .find(CacheSetting.EXPIRY, cacheName)
        .map(
            value ->
                new ConfiguredExpiry(
                    cacheName, ExpiryText.parse(value.text()).orElseThrow(), value));
  }

  private CacheSettings.Builder read() {
    boolean async = text(CacheSetting.MODE).equals("async");
    if (!async) {
      refuseSettingsOfAsync();
    }
    return CacheSettings.builder()
        .copies(copies(text(CacheSetting.BACKUPS)))
        .mode(async ? asyncMode() : ReplicationMode.SYNC)
        .staleReads(Boolean.parseBoolean(text(CacheSetting.STALE_READS)))
        .readPolicy(ReadPolicy.of(text(CacheSetting.READ_POLICY)).orElseThrow())
        .maxEntries(bound(CacheSetting.MAX_ENTRIES))
        .maxBytes(bound(CacheSetting.MAX_BYTES));
  }

  private ReplicationMode asyncMode() {
    return new ReplicationMode.Async(
        Integer.parseInt(text(CacheSetting.MAX_LAG_OPERATIONS)),
        Long.parseLong(text(CacheSetting.MAX_LAG_BYTES)),
        Durations.parse(text(CacheSetting.MAX_LAG)).orElseThrow().toMillis() * 1_000_000);
  }

  private void refuseSettingsOfAsync() {
    List<String> problems = new ArrayList<>();
    for (CacheSetting setting :
        List.of(
            CacheSetting.MAX_LAG_OPERATIONS,
            CacheSetting.MAX_LAG_BYTES,
            CacheSetting.MAX_LAG,
            CacheSetting.STALE_READS)) {
      settings
          .find(setting, cacheName)
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

  private long bound(CacheSetting setting) {
    return settings
        .find(setting, cacheName)
        .map(value -> Long.parseLong(value.text()))
        .orElse(CacheSettings.UNBOUNDED);
  }

  private String text(CacheSetting setting) {
    return settings.text(setting, cacheName);
  }

  private static int copies(String backups) {
    return backups.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(backups) + 1;
  }
}
