package io.henge.jcache.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads settings of a member one by one, each with its default, and collects all that is wrong, so
 * that people hear of it at once. A bad value reads as the default. Not thread-safe.
 */
final class SettingReader {

  private final Settings settings;
  private final List<String> problems = new ArrayList<>();

  SettingReader(Settings settings) {
    this.settings = settings;
  }

  /** What somebody set, good or bad. */
  Optional<SettingValue> given(Setting setting) {
    return settings.find(setting);
  }

  /** The value or the default, empty if there is neither. */
  Optional<String> find(Setting setting) {
    Optional<SettingValue> given = given(setting);
    boolean bad = given.filter(value -> !setting.rule().allowed().includes(value)).isPresent();
    if (bad) {
      problem(setting.rule().allowed().problem(given.orElseThrow()));
    }
    return bad || given.isEmpty()
        ? setting.rule().otherwise().text()
        : given.map(SettingValue::text);
  }

  /** The value or the default of a setting that has one. */
  String text(Setting setting) {
    return find(setting).orElseThrow();
  }

  /** A setting that is a whole number and has a default. */
  int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  /** A setting that is a duration and has a default. */
  Duration duration(Setting setting) {
    return Durations.parse(text(setting)).orElseThrow();
  }

  /** A setting that is true or false and has a default. */
  boolean flag(Setting setting) {
    return Boolean.parseBoolean(text(setting));
  }

  /** A setting that is a file or a directory; null if it is not made. */
  Path path(Setting setting) {
    return find(setting).map(Path::of).orElse(null);
  }

  /** Notes something that is wrong. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Has to be called when all is read.
   *
   * @throws InvalidSettingsException naming all that was wrong
   */
  void finish() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
