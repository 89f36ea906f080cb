package io.henge.jcache.configuration;

import java.util.List;
import java.util.Optional;

/**
 * The settings of one cache.
 *
 * @param copies wanted replicas of each entry, the primary included; {@link Integer#MAX_VALUE} for
 *     one on every member
 */
public record CacheSettings(int copies) {

  private static final int DEFAULT_COPIES = 2;

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
    return new CacheSettings(
        find(settings, CacheSetting.BACKUPS, cacheName)
            .map(backups -> copies(backups.text()))
            .orElse(DEFAULT_COPIES));
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
