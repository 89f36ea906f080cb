package io.henge.jcache.configuration;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Refuses what this version cannot do yet, so that no cache works otherwise than it was asked. */
public final class UnsupportedFeatures {

  private static final Set<Class<? extends ExpiryPolicy>> STANDARD_POLICIES =
      Set.of(
          EternalExpiryPolicy.class,
          AccessedExpiryPolicy.class,
          CreatedExpiryPolicy.class,
          ModifiedExpiryPolicy.class,
          TouchedExpiryPolicy.class);

  private UnsupportedFeatures() {}

  /**
   * Checks a configuration.
   *
   * @throws UnsupportedOperationException naming the first feature that is not there
   */
  public static void refuse(String cacheName, CompleteConfiguration<?, ?> configuration) {
    refuse(
        configuration.getCacheLoaderFactory() != null || configuration.isReadThrough(),
        cacheName,
        "cache loaders and read-through",
        "configure the cache without them and put what you load");
    refuse(
        configuration.getCacheWriterFactory() != null || configuration.isWriteThrough(),
        cacheName,
        "cache writers and write-through",
        "configure the cache without them and write to the store before the cache");
    refuse(
        configuration.getCacheEntryListenerConfigurations().iterator().hasNext(),
        cacheName,
        "cache entry listeners",
        "configure the cache without them");
    refuse(
        !eternal(configuration.getExpiryPolicyFactory()),
        cacheName,
        "expiry",
        "use EternalExpiryPolicy, which is the default, and remove entries by yourself");
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

  /** Only the specification's own policies are asked: another one may answer otherwise later. */
  private static boolean eternal(Factory<ExpiryPolicy> factory) {
    ExpiryPolicy policy = factory.create();
    if (!STANDARD_POLICIES.contains(policy.getClass())) {
      close(policy);
      return false;
    }
    Duration creation = policy.getExpiryForCreation();
    return creation != null
        && creation.isEternal()
        && nullOrEternal(policy.getExpiryForAccess())
        && nullOrEternal(policy.getExpiryForUpdate());
  }

  private static boolean nullOrEternal(Duration duration) {
    return duration == null || duration.isEternal();
  }

  private static void close(ExpiryPolicy policy) {
    if (policy instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new CacheException("The expiry policy could not be closed: " + e, e);
      }
    }
  }
}
