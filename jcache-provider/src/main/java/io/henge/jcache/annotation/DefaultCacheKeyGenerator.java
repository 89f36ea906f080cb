package io.henge.jcache.annotation;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;

/** Makes keys of the key parameters alone: {@link DefaultGeneratedCacheKey}. Thread-safe. */
public class DefaultCacheKeyGenerator implements CacheKeyGenerator {

  @Override
  public GeneratedCacheKey generateCacheKey(
      CacheKeyInvocationContext<? extends Annotation> invocation) {
    return DefaultGeneratedCacheKey.of(
        Arrays.stream(invocation.getKeyParameters())
            .map(CacheInvocationParameter::getValue)
            .toArray());
  }
}
