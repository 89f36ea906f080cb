package io.henge.jcache.annotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * Finds caches by their names in the application's cache manager, and makes those that are not
 * there: of any keys and values, with the settings of {@code henge.cache.<name>}. Thread-safe.
 */
@ApplicationScoped
public class DefaultCacheResolverFactory implements CacheResolverFactory {

  private final CacheManager manager;

  /** For the proxy of the container. */
  protected DefaultCacheResolverFactory() {
    this(null);
  }

  /** Finds the caches of this manager. */
  @Inject
  public DefaultCacheResolverFactory(CacheManager manager) {
    this.manager = manager;
  }

  @Override
  public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
    return new DefaultCacheResolver(manager, method.getCacheName());
  }

  @Override
  public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
    return new DefaultCacheResolver(manager, method.getCacheAnnotation().exceptionCacheName());
  }
}
