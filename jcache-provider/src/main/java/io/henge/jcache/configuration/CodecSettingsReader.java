package io.henge.jcache.configuration;

import io.henge.jcache.codec.CodecSettings;
import io.henge.jcache.codec.SerializationRules;
import java.util.List;
import java.util.Set;

/** Reads how objects are encoded: the member's settings of serialization, and those of a cache. */
public final class CodecSettingsReader {

  private CodecSettingsReader() {}

  /**
   * Reads the settings of a cache.
   *
   * @throws InvalidSettingsException if a value is bad
   */
  public static CodecSettings read(Settings settings, String cacheName, EntryTypes<?, ?> types) {
    return new CodecSettings(
        rules(settings),
        Set.copyOf(List.<Class<?>>of(types.keyType(), types.valueType())),
        settings.text(CacheSetting.ON_UNDECODABLE, cacheName).equals("miss"),
        settings.text(CacheSetting.CHECK_KEYS, cacheName).equals("true"),
        settings.text(CacheSetting.CODEC, cacheName).equals("json-b"));
  }

  /**
   * Reads what JDK serialization may carry.
   *
   * @throws InvalidSettingsException if a value is bad
   */
  public static SerializationRules rules(Settings settings) {
    SettingReader reader = new SettingReader(settings);
    SerializationRules rules =
        new SerializationRules(
            reader.text(Setting.SERIALIZATION_FILTER).equals("strict"),
            reader
                .find(Setting.SERIALIZATION_ALLOW)
                .flatMap(ClassPatterns::parse)
                .orElse(List.of()),
            reader.number(Setting.SERIALIZATION_DEPTH),
            reader.number(Setting.SERIALIZATION_REFERENCES),
            reader.number(Setting.SERIALIZATION_ARRAY),
            reader.number(Setting.SERIALIZATION_BYTES));
    reader.finish();
    return rules;
  }
}
