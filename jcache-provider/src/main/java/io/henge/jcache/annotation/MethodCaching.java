package io.henge.jcache.annotation;

import static java.util.Objects.requireNonNull;

import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * One annotation on one method with what makes its keys and finds its caches; the same for all
 * calls.
 *
 * @param method the annotation on the method
 * @param generator makes the keys
 * @param resolver finds the cache
 * @param exceptionResolver finds the cache for exceptions; null if they are not cached
 * @param outcomes what came of its calls
 */
record MethodCaching<A extends Annotation>(
    CacheMethod<A> method,
    CacheKeyGenerator generator,
    CacheResolver resolver,
    CacheResolver exceptionResolver,
    MethodOutcomes outcomes) {

  GeneratedCacheKey key(CacheInvocation<A> invocation) {
    return requireNonNull(
        generator.generateCacheKey(invocation),
        () -> generator.getClass().getName() + " made no key for " + method);
  }

  Cache<Object, Object> cache(CacheInvocation<A> invocation) {
    return resolve(resolver, invocation);
  }

  /** The cache for exceptions, or null if they are not cached. */
  Cache<Object, Object> exceptionCache(CacheInvocation<A> invocation) {
    return exceptionResolver == null ? null : resolve(exceptionResolver, invocation);
  }

  /**
   * Stores a value.
   *
   * @throws RuntimeException what the cache throws; it is counted
   */
  void store(Cache<Object, Object> cache, Object key, Object value) {
    try {
      cache.put(key, NullResult.stored(value));
    } catch (RuntimeException refused) {
      outcomes.cacheFailed(refused);
      throw refused;
    }
    outcomes.count(Outcome.STORED);
  }

  private Cache<Object, Object> resolve(CacheResolver by, CacheInvocation<A> invocation) {
    Cache<Object, Object> cache = by.resolveCache(invocation);
    return requireNonNull(cache, () -> by.getClass().getName() + " found no cache for " + method);
  }
}
