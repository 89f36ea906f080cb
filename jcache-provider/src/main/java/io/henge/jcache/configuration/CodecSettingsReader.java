package io.henge.jcache.configuration;

import io.henge.jcache.codec.CodecSettings;
import io.henge.jcache.codec.SerializationRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads how objects are encoded: the member's settings of serialization, and those of a cache. */
public final class CodecSettingsReader {

  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(\\.\\*{1,2})?");

  private final Settings settings;
  private final List<String> problems = new ArrayList<>();

  private CodecSettingsReader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads the settings of a cache.
   *
   * @throws InvalidSettingsException if a value is bad
   */
  public static CodecSettings read(Settings settings, String cacheName, EntryTypes<?, ?> types) {
    return new CodecSettings(
        rules(settings),
        Set.copyOf(List.<Class<?>>of(types.keyType(), types.valueType())),
        is(settings, CacheSetting.ON_UNDECODABLE, cacheName, "miss"),
        is(settings, CacheSetting.CHECK_KEYS, cacheName, "true"),
        is(settings, CacheSetting.CODEC, cacheName, "json-b"));
  }

  private static boolean is(
      Settings settings, CacheSetting setting, String cacheName, String wanted) {
    Optional<SettingValue> value = settings.find(setting, cacheName);
    if (value.isPresent() && !setting.accepts(value.get().text())) {
      throw new InvalidSettingsException(List.of(setting.problem(value.get())));
    }
    return value.filter(each -> each.text().equals(wanted)).isPresent();
  }

  /**
   * Reads what JDK serialization may carry.
   *
   * @throws InvalidSettingsException if a value is bad
   */
  public static SerializationRules rules(Settings settings) {
    CodecSettingsReader reader = new CodecSettingsReader(settings);
    SerializationRules usual = SerializationRules.DEFAULT;
    SerializationRules rules =
        new SerializationRules(
            reader.parse(Setting.SERIALIZATION_FILTER, CodecSettingsReader::strict, false),
            reader.parse(Setting.SERIALIZATION_ALLOW, CodecSettingsReader::patterns, List.of()),
            reader.number(Setting.SERIALIZATION_DEPTH, 1_000_000, usual.depth()),
            reader.number(Setting.SERIALIZATION_REFERENCES, 1_000_000_000, usual.references()),
            reader.number(Setting.SERIALIZATION_ARRAY, Integer.MAX_VALUE, usual.arrayLength()),
            reader.number(Setting.SERIALIZATION_BYTES, Integer.MAX_VALUE, usual.bytes()));
    if (!reader.problems.isEmpty()) {
      throw new InvalidSettingsException(reader.problems);
    }
    return rules;
  }

  private static Optional<Boolean> strict(String text) {
    return switch (text) {
      case "application" -> Optional.of(false);
      case "strict" -> Optional.of(true);
      default -> Optional.empty();
    };
  }

  private static Optional<List<String>> patterns(String text) {
    List<String> patterns = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String pattern = part.trim();
      if (!ALLOWED.matcher(pattern).matches()) {
        return Optional.empty();
      }
      patterns.add(pattern);
    }
    return Optional.of(patterns);
  }

  private long number(Setting setting, long most, long otherwise) {
    return parse(
        setting,
        text ->
            Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,10}"))
                .map(Long::parseLong)
                .filter(number -> number >= 1 && number <= most),
        otherwise);
  }

  private <T> T parse(Setting setting, Function<String, Optional<T>> parser, T otherwise) {
    Optional<SettingValue> given = settings.find(setting);
    if (given.isEmpty()) {
      return otherwise;
    }
    Optional<T> parsed = parser.apply(given.get().text());
    if (parsed.isEmpty()) {
      problems.add(given.get() + " is not a valid value; allowed is " + setting.allowed() + ".");
    }
    return parsed.orElse(otherwise);
  }
}
