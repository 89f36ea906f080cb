package io.henge.sample;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * The application's caches: opened at deployment, so that the server joins at once, closed with it.
 */
@ApplicationScoped
public class SharedCaches {

  private static final Logger LOG = System.getLogger(SharedCaches.class.getName());

  private CachingProvider provider;
  private CacheManager manager;

  @PostConstruct
  void open() {
    provider = Caching.getCachingProvider();
    manager = provider.getCacheManager();
    LOG.log(Level.INFO, "Caches by {0}, {1}", provider.getClass().getName(), manager.getURI());
  }

  /** The observer's call makes the container create this bean when the application starts. */
  void openAtDeployment(@Observes @Initialized(ApplicationScoped.class) Object context) {
    try {
      carts();
      counters();
    } catch (CacheException e) {
      // The cluster may have no majority just now; the first request tries again.
      LOG.log(Level.WARNING, "The caches could not be opened yet", e);
    }
  }

  /** Shopping carts by customer. */
  public Cache<String, String> carts() {
    return cache("carts", String.class, String.class);
  }

  /** Counters by name. */
  public Cache<String, Long> counters() {
    return cache("counters", String.class, Long.class);
  }

  /** The manager that the caches belong to. */
  public CacheManager manager() {
    return manager;
  }

  private synchronized <K, V> Cache<K, V> cache(String name, Class<K> keys, Class<V> values) {
    Cache<K, V> cache = manager.getCache(name, keys, values);
    return cache != null
        ? cache
        : manager.createCache(name, new MutableConfiguration<K, V>().setTypes(keys, values));
  }

  @PreDestroy
  void close() {
    provider.close();
  }
}
