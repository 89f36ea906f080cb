package io.henge.jcache.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Settings in MicroProfile Config. Loaded only where the API is there, hence the one class that
 * mentions it.
 */
record MicroProfileSource(Config config, EnvironmentSource environment) implements SettingsSource {

  /** The source, or empty if the API or an implementation is missing. */
  static Optional<SettingsSource> find(ClassLoader loader, EnvironmentSource environment) {
    try {
      return Optional.of(new MicroProfileSource(ConfigProvider.getConfig(loader), environment));
    } catch (IllegalStateException noImplementation) {
      System.getLogger(MicroProfileSource.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              "MicroProfile Config is there without an implementation; not used",
              noImplementation);
      return Optional.empty();
    }
  }

  @Override
  public Optional<SettingValue> find(String key) {
    ConfigValue value = config.getConfigValue(key);
    return SettingValue.of(
        key, value.getValue(), "MicroProfile Config, source " + value.getSourceName());
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("henge.")) {
        keys.add(name);
      }
    }
    return keys;
  }

  @Override
  public boolean exclusive(String key) {
    return !environment.sets(key);
  }
}
