package io.henge.jcache.processor;

import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorResult;

/** What one key of an {@code invokeAll} came to: a value or a failure. */
record InvocationResult<T>(T value, CacheException failure) implements EntryProcessorResult<T> {

  @Override
  public T get() {
    if (failure != null) {
      throw failure;
    }
    return value;
  }
}
