package io.henge.jcache.configuration;

import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Settings in {@link Properties}. */
record PropertiesSource(Properties properties, String origin) implements SettingsSource {

  @Override
  public Optional<SettingValue> find(String key) {
    return SettingValue.of(key, properties.getProperty(key), origin);
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(properties.stringPropertyNames());
    keys.removeIf(key -> !key.startsWith("henge."));
    return keys;
  }

  @Override
  public boolean exclusive(String key) {
    return true;
  }
}
