package io.henge.jcache.annotation;

import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;

/** Finds caches, and makes those that are not there. */
public final class CacheFinder {

  private CacheFinder() {}

  /**
   * The cache of the name.
   *
   * @param otherwise how it is made if neither this member nor another has it
   */
  public static <K, V> Cache<K, V> find(
      CacheManager manager, String cacheName, Configuration<K, V> otherwise) {
    Cache<K, V> cache = manager.getCache(cacheName);
    if (cache != null) {
      return cache;
    }
    try {
      return manager.createCache(cacheName, otherwise);
    } catch (CacheException maybeMadeMeanwhile) {
      cache = manager.getCache(cacheName);
      if (cache == null) {
        throw maybeMadeMeanwhile;
      }
      return cache;
    }
  }
}
