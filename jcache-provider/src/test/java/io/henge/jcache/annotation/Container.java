package io.henge.jcache.annotation;

import io.henge.jcache.LocalManager;
import io.henge.jcache.injection.CacheInjectionExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A CDI container with some beans under test and {@link LocalManager}. */
final class Container implements AutoCloseable {

  private final SeContainer container;

  Container(Class<?>... beans) {
    List<Class<?>> all = new ArrayList<>(List.of(beans));
    all.add(LocalManager.class);
    all.add(Calls.class);
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new CacheAnnotationsExtension(), new CacheInjectionExtension())
            .addBeanClasses(all.toArray(Class<?>[]::new))
            .initialize();
  }

  <T> T bean(Class<T> type) {
    return container.select(type).get();
  }

  int calls(String call) {
    return bean(Calls.class).count(call);
  }

  Cache<Object, Object> cache(String name) {
    return bean(CacheManager.class).getCache(name);
  }

  /** What a cache has for the generated key of some parameters. */
  Object stored(String cacheName, Object... parameters) {
    Cache<Object, Object> cache = cache(cacheName);
    return cache == null ? null : cache.get(DefaultGeneratedCacheKey.of(parameters));
  }

  @Override
  public void close() {
    container.close();
  }
}
