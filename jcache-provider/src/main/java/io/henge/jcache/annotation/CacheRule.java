package io.henge.jcache.annotation;

import java.lang.annotation.Annotation;
import java.util.List;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * The members that the caching annotations share, by whatever name.
 *
 * @param cacheName empty for the default
 * @param resolverFactory the interface itself for the default
 * @param keyGenerator the interface itself for the default
 * @param afterInvocation whether it acts after the method; meaningless for {@link CacheResult}
 * @param failures the exceptions of the method that it acts on
 */
record CacheRule(
    String cacheName,
    Class<? extends CacheResolverFactory> resolverFactory,
    Class<? extends CacheKeyGenerator> keyGenerator,
    boolean afterInvocation,
    ExceptionFilter failures) {

  /** The annotations, the one that may spare the others their work last. */
  static final List<Class<? extends Annotation>> ANNOTATIONS =
      List.of(CacheRemoveAll.class, CacheRemove.class, CachePut.class, CacheResult.class);

  /** Reads one of the {@link #ANNOTATIONS}. */
  static CacheRule of(Annotation annotation) {
    if (annotation instanceof CacheResult result) {
      return new CacheRule(
          result.cacheName(),
          result.cacheResolverFactory(),
          result.cacheKeyGenerator(),
          true,
          ExceptionFilter.of(result.cachedExceptions(), result.nonCachedExceptions()));
    }
    if (annotation instanceof CachePut put) {
      return new CacheRule(
          put.cacheName(),
          put.cacheResolverFactory(),
          put.cacheKeyGenerator(),
          put.afterInvocation(),
          ExceptionFilter.of(put.cacheFor(), put.noCacheFor()));
    }
    if (annotation instanceof CacheRemove remove) {
      return new CacheRule(
          remove.cacheName(),
          remove.cacheResolverFactory(),
          remove.cacheKeyGenerator(),
          remove.afterInvocation(),
          ExceptionFilter.of(remove.evictFor(), remove.noEvictFor()));
    }
    if (annotation instanceof CacheRemoveAll removeAll) {
      return new CacheRule(
          removeAll.cacheName(),
          removeAll.cacheResolverFactory(),
          CacheKeyGenerator.class,
          removeAll.afterInvocation(),
          ExceptionFilter.of(removeAll.evictFor(), removeAll.noEvictFor()));
    }
    throw new IllegalArgumentException(annotation + " is no caching annotation");
  }
}
