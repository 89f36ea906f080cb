package io.henge.jcache.annotation;

import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheResolver;
import javax.cache.configuration.MutableConfiguration;

/**
 * Finds one cache, making it at the first use.
 *
 * @param manager asked each time, so that a cache that was closed or destroyed is found again
 * @param cacheName the cache
 */
record DefaultCacheResolver(CacheManager manager, String cacheName) implements CacheResolver {

  @Override
  public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> invocation) {
    return CacheFinder.find(manager, cacheName, new MutableConfiguration<>());
  }
}
