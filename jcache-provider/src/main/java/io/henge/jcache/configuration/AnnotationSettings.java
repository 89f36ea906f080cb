package io.henge.jcache.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The settings of an application's caching annotations.
 *
 * @param cacheNull whether a null result is remembered
 * @param singleFlight whether of several threads with one key only one calls the method
 */
public record AnnotationSettings(boolean cacheNull, boolean singleFlight) {

  /**
   * The settings of an application.
   *
   * @param loader the application's
   * @throws InvalidSettingsException if a key is unknown or a value is bad
   */
  public static AnnotationSettings read(ClassLoader loader) {
    return read(Settings.of(new Properties(), loader));
  }

  /** Reads them, with their defaults. */
  static AnnotationSettings read(Settings settings) {
    List<String> problems = new ArrayList<>();
    AnnotationSettings read =
        new AnnotationSettings(
            settings.flag(Setting.ANNOTATIONS_CACHE_NULL, false, problems),
            settings.flag(Setting.ANNOTATIONS_SINGLE_FLIGHT, true, problems));
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return read;
  }
}
