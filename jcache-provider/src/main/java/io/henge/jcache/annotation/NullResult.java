package io.henge.jcache.annotation;

/**
 * Stands for a null in a cache, which cannot hold one; an enum, because it is found by identity.
 */
enum NullResult {
  /** The null. */
  NULL;

  /** What a cache holds for a result. */
  static Object stored(Object result) {
    return result == null ? NULL : result;
  }

  /** The result for which a cache holds this. */
  static Object result(Object stored) {
    return stored == NULL ? null : stored;
  }
}
