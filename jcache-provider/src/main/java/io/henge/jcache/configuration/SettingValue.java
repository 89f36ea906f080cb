package io.henge.jcache.configuration;

import java.util.Optional;

/**
 * A setting that somebody made.
 *
 * @param key the key asked for
 * @param text the value, trimmed and not empty
 * @param origin where it was found, for people
 */
record SettingValue(String key, String text, String origin) {

  static Optional<SettingValue> of(String key, String text, String origin) {
    return text == null || text.isBlank()
        ? Optional.empty()
        : Optional.of(new SettingValue(key, text.strip(), origin));
  }

  /** The value as people may see it in messages. */
  String shown() {
    return Setting.of(key).filter(Setting::secret).isPresent() ? "***" : text;
  }

  @Override
  public String toString() {
    return key + "=" + shown() + " (from " + origin + ")";
  }
}
