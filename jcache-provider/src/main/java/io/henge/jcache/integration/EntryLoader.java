package io.henge.jcache.integration;

import io.henge.jcache.configuration.EntryTypes;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/**
 * The cache loader of one cache; whatever exception it throws comes out as {@link
 * CacheLoaderException}. Thread-safe if the loader is.
 */
public final class EntryLoader<K, V> {

  private final String cacheName;
  private final CacheLoader<K, V> loader;
  private final EntryTypes<K, V> types;

  EntryLoader(String cacheName, CacheLoader<K, V> loader, EntryTypes<K, V> types) {
    this.cacheName = cacheName;
    this.loader = loader;
    this.types = types;
  }

  /** Loads a value; null if there is none. */
  public V load(K key) {
    return calling(
        "load",
        () -> {
          V value = loader.load(key);
          if (value != null) {
            types.checkValue(value);
          }
          return value;
        });
  }

  /** Loads values; keys for which there is none are left out, or have null. */
  Map<K, V> loadAll(Collection<K> keys) {
    return calling(
        "loadAll",
        () -> {
          Map<K, V> loaded = loader.loadAll(keys);
          if (loaded == null) {
            throw new IllegalStateException("it returned null instead of a map");
          }
          for (K key : keys) {
            V value = loaded.get(key);
            if (value != null) {
              types.checkValue(value);
            }
          }
          return loaded;
        });
  }

  private <T> T calling(String method, Supplier<T> call) {
    try {
      return call.get();
    } catch (CacheLoaderException asItShouldBe) {
      throw asItShouldBe;
    } catch (Exception e) {
      throw new CacheLoaderException(
          "The cache loader of cache " + cacheName + " failed in " + method + ": " + e, e);
    }
  }
}
