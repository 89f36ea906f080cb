package io.henge.jcache.configuration;

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
    SettingReader reader = new SettingReader(settings);
    AnnotationSettings read =
        new AnnotationSettings(
            reader.flag(Setting.ANNOTATIONS_CACHE_NULL),
            reader.flag(Setting.ANNOTATIONS_SINGLE_FLIGHT));
    reader.finish();
    return read;
  }
}
