package io.henge.jcache.annotation;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.Cache;
import javax.cache.annotation.CachePut;

/** Stores the parameter with {@link javax.cache.annotation.CacheValue}. */
@Interceptor
@CachePut
@Priority(InterceptorOrder.PUT)
public class CachePutInterceptor extends ChangingInterceptor<CachePut> {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public CachePutInterceptor() {
    super(CachePut.class);
  }

  @Override
  void change(MethodCaching<CachePut> caching, CacheInvocation<CachePut> invocation) {
    Cache<Object, Object> cache = caching.cache(invocation);
    Object key = caching.key(invocation);
    Object value = invocation.getValueParameter().getValue();
    if (value != null || methods().settings().cacheNull()) {
      caching.store(cache, key, value);
    } else {
      caching.outcomes().count(Outcome.NULL_VALUE);
      cache.remove(key); // what was stored before is not the value any more
    }
  }
}
