package io.henge.jcache.annotation;

import java.beans.ConstructorProperties;

/** What came of the calls of one annotated method since the application started. */
public final class CachedMethodView {

  private final String method;
  private final String annotation;
  private final String cache;
  private final long fromCache;
  private final long stored;
  private final long nullValues;
  private final long methodFailures;
  private final long cacheFailures;
  private final String lastCacheFailure;

  /** Creates the view. */
  @ConstructorProperties({
    "method",
    "annotation",
    "cache",
    "fromCache",
    "stored",
    "nullValues",
    "methodFailures",
    "cacheFailures",
    "lastCacheFailure"
  })
  public CachedMethodView(
      String method,
      String annotation,
      String cache,
      long fromCache,
      long stored,
      long nullValues,
      long methodFailures,
      long cacheFailures,
      String lastCacheFailure) {
    this.method = method;
    this.annotation = annotation;
    this.cache = cache;
    this.fromCache = fromCache;
    this.stored = stored;
    this.nullValues = nullValues;
    this.methodFailures = methodFailures;
    this.cacheFailures = cacheFailures;
    this.lastCacheFailure = lastCacheFailure;
  }

  /** Its class and name, without packages. */
  public String getMethod() {
    return method;
  }

  /** CacheResult or CachePut. */
  public String getAnnotation() {
    return annotation;
  }

  /** The cache that the annotation names. */
  public String getCache() {
    return cache;
  }

  /** Calls that were answered from the cache. */
  public long getFromCache() {
    return fromCache;
  }

  /** Calls after which a value was stored. */
  public long getStored() {
    return stored;
  }

  /** Calls after which nothing was stored, since the value was null. */
  public long getNullValues() {
    return nullValues;
  }

  /** Calls after which nothing was stored, since the method threw an exception. */
  public long getMethodFailures() {
    return methodFailures;
  }

  /** Calls after which nothing was stored, since the cache refused. */
  public long getCacheFailures() {
    return cacheFailures;
  }

  /** Why the cache last refused; empty if it never did. */
  public String getLastCacheFailure() {
    return lastCacheFailure;
  }
}
