package io.henge.jcache.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Settings in environment variables, by the rule of MicroProfile Config: the key itself, the key
 * with every character but letters and digits replaced by an underscore, or that in upper case.
 */
record EnvironmentSource(Map<String, String> environment) implements SettingsSource {

  @Override
  public Optional<SettingValue> find(String key) {
    return names(key)
        .flatMap(
            name ->
                SettingValue.of(key, environment.get(name), "environment variable " + name)
                    .stream())
        .findFirst();
  }

  /** Unknown variables with our prefix; the known ones cannot be told back into keys. */
  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    for (String name : environment.keySet()) {
      if (name.startsWith("henge.") || (name.startsWith("HENGE_") && !known(name))) {
        keys.add(name);
      }
    }
    return keys;
  }

  @Override
  public boolean exclusive(String key) {
    return false;
  }

  /** Tells whether a key, as some other source shows it, comes from a variable. */
  boolean sets(String key) {
    return names(key).anyMatch(environment::containsKey);
  }

  private static boolean known(String name) {
    return name.startsWith("HENGE_CONSOLE_")
        || Stream.of(Setting.values()).anyMatch(each -> upperCase(each.key()).equals(name))
        || Stream.of(CacheSetting.values())
            .map(each -> each.key(""))
            .anyMatch(
                key ->
                    name.startsWith(upperCase(CacheSetting.PREFIX))
                        && name.endsWith(upperCase(key.substring(CacheSetting.PREFIX.length()))));
  }

  private static Stream<String> names(String key) {
    return Stream.of(key, underscored(key), upperCase(key));
  }

  private static String underscored(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_");
  }

  private static String upperCase(String key) {
    return underscored(key).toUpperCase(Locale.ROOT);
  }
}
