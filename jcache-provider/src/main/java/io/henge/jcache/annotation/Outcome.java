package io.henge.jcache.annotation;

/**
 * What came of one call of a method with a caching annotation, as far as its cache is concerned.
 */
enum Outcome {

  /** Answered from the cache, the method was not called. */
  FROM_CACHE,

  /** A value was stored. */
  STORED,

  /** Nothing was stored: the value is null, and null is not cached. */
  NULL_VALUE,

  /** Nothing was stored: the method threw an exception. */
  METHOD_FAILED,

  /** Nothing was stored: the cache refused, or the value cannot be encoded. */
  CACHE_FAILED
}
