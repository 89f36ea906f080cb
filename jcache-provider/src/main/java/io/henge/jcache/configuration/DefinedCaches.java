package io.henge.jcache.configuration;

import java.util.List;
import java.util.Optional;
import javax.cache.CacheException;

/**
 * Caches that are defined by configuration: those whose types it gives. They exist without code,
 * and code that declares them otherwise is refused.
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
   * What an application declares, with the types that are configured where it declares none.
   *
   * @throws CacheException if it declares other types than those, showing both
   */
  public <K, V> CacheConfiguration<K, V> agreeing(
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
      throw new CacheException(
          "The application declares cache "
              + cacheName
              + " with "
              + what
              + " of "
              + declared.getName()
              + ", but configuration says "
              + settings.find(setting, cacheName).orElseThrow()
              + "; let them agree, or take one of them out");
    }
    return declared == Object.class ? defined : declared;
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
