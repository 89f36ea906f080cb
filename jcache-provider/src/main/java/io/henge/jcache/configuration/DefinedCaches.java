package io.henge.jcache.configuration;

import java.util.List;
import java.util.Optional;
import javax.cache.CacheException;

/**
 * Caches that are defined by configuration: those whose types it gives. They exist without code.
 * Code that says otherwise than configuration is refused.
 *
 * @param settings those of the cache manager
 * @param loader finds the classes that the settings name
 */
public record DefinedCaches(Settings settings, ClassLoader loader) {

  /**
   * How a cache is defined; empty if configuration does not give its types.
   *
   * @throws InvalidSettingsException if a class is unknown
   */
  public Optional<CacheConfiguration<?, ?>> find(String cacheName) {
    Optional<SettingValue> keyType = settings.find(CacheSetting.KEY_TYPE, cacheName);
    Optional<SettingValue> valueType = settings.find(CacheSetting.VALUE_TYPE, cacheName);
    if (keyType.isEmpty() && valueType.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        CacheConfiguration.ofTypes(
            keyType.<Class<?>>map(this::load).orElse(Object.class),
            valueType.<Class<?>>map(this::load).orElse(Object.class)));
  }

  /**
   * What an application declares, with what is configured where it declares nothing: types,
   * statistics, management. What it has switched off cannot be told from what it has not mentioned.
   *
   * @param declared used up
   * @throws CacheException if it declares something else than is configured, showing both
   */
  public <K, V> CacheConfiguration<K, V> agreeing(
      String cacheName, CacheConfiguration<K, V> declared) {
    boolean statistics =
        agreed(cacheName, "statistics", CacheSetting.STATISTICS, declared.isStatisticsEnabled());
    boolean management =
        agreed(cacheName, "management", CacheSetting.MANAGEMENT, declared.isManagementEnabled());
    CacheConfiguration<K, V> agreed = withTypes(cacheName, declared);
    agreed.setStatisticsEnabled(statistics);
    agreed.setManagementEnabled(management);
    return agreed;
  }

  private <K, V> CacheConfiguration<K, V> withTypes(
      String cacheName, CacheConfiguration<K, V> declared) {
    CacheConfiguration<?, ?> defined = find(cacheName).orElse(null);
    if (defined == null) {
      return declared;
    }
    Class<?> keys = agreed(cacheName, "keys", declared.getKeyType(), defined.getKeyType());
    Class<?> values = agreed(cacheName, "values", declared.getValueType(), defined.getValueType());
    return declared.withTypes(keys, values);
  }

  private Class<?> agreed(String cacheName, String what, Class<?> declared, Class<?> defined) {
    if (declared != defined && declared != Object.class && defined != Object.class) {
      CacheSetting setting = what.equals("keys") ? CacheSetting.KEY_TYPE : CacheSetting.VALUE_TYPE;
      throw disagreement(
          cacheName,
          what + " of " + declared.getName(),
          settings.find(setting, cacheName).orElseThrow());
    }
    return declared == Object.class ? defined : declared;
  }

  private boolean agreed(String cacheName, String what, CacheSetting setting, boolean declared) {
    SettingValue configured = settings.find(setting, cacheName).orElse(null);
    if (configured == null) {
      return declared;
    }
    boolean enabled = Boolean.parseBoolean(configured.text());
    if (declared && !enabled) {
      throw disagreement(cacheName, what + " enabled", configured);
    }
    return enabled;
  }

  /** Code and configuration say different things of a cache. */
  static CacheException disagreement(String cacheName, String declared, SettingValue configured) {
    return new CacheException(
        "The application declares cache "
            + cacheName
            + " with "
            + declared
            + ", but configuration says "
            + configured
            + "; let them agree, or take one of them out");
  }

  private Class<?> load(SettingValue type) {
    try {
      return Class.forName(type.text(), false, loader);
    } catch (ClassNotFoundException e) {
      throw new InvalidSettingsException(
          List.of(
              type
                  + " is not a class that the application sees; give its full name, such as"
                  + " java.lang.String, with a $ before the name of a nested class."));
    }
  }
}
