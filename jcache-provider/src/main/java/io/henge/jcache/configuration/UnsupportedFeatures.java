package io.henge.jcache.configuration;

import javax.cache.configuration.CompleteConfiguration;

/** Refuses what this version cannot do yet, so that no cache works otherwise than it was asked. */
public final class UnsupportedFeatures {

  private UnsupportedFeatures() {}

  /**
   * Checks a configuration.
   *
   * @throws UnsupportedOperationException naming the first feature that is not there
   */
  public static void refuse(String cacheName, CompleteConfiguration<?, ?> configuration) {
    refuse(
        configuration.isStatisticsEnabled(),
        cacheName,
        "statistics",
        "leave setStatisticsEnabled at false");
    refuse(
        configuration.isManagementEnabled(),
        cacheName,
        "management through CacheMXBean",
        "leave setManagementEnabled at false");
  }

  /** Throws, saying what is not there and what to do, if {@code wanted}. */
  public static void refuse(boolean wanted, String cacheName, String feature, String remedy) {
    if (wanted) {
      throw new UnsupportedOperationException(
          "Cache "
              + cacheName
              + " asks for what this version of Henge cannot do yet: "
              + feature
              + "; "
              + remedy
              + ".");
    }
  }
}
