package io.henge.jcache.configuration;

import io.henge.replication.node.CacheSettings;
import io.henge.replication.routing.ReadPolicy;
import java.util.List;
import java.util.Optional;

/** Reads the settings of one cache. */
public final class CacheSettingsReader {

  private CacheSettingsReader() {}

  /**
   * Reads the settings of a cache.
   *
   * @throws InvalidSettingsException if a value is bad
   * @throws UnsupportedOperationException if the mode is async
   */
  public static CacheSettings read(Settings settings, String cacheName) {
    Optional<SettingValue> mode = find(settings, CacheSetting.MODE, cacheName);
    if (mode.isPresent() && mode.get().text().equals("async")) {
      UnsupportedFeatures.refuse(
          true,
          cacheName,
          "asynchronous replication, set by " + mode.get(),
          "use sync, which is the default");
    }
    CacheSettings.Builder read = CacheSettings.builder();
    find(settings, CacheSetting.BACKUPS, cacheName)
        .ifPresent(backups -> read.copies(copies(backups.text())));
    find(settings, CacheSetting.READ_POLICY, cacheName)
        .flatMap(policy -> ReadPolicy.of(policy.text()))
        .ifPresent(read::readPolicy);
    return read.build();
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
