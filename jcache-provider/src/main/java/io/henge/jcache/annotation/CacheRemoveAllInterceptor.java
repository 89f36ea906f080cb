package io.henge.jcache.annotation;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemoveAll;

/** Removes all entries of the cache. */
@Interceptor
@CacheRemoveAll
@Priority(InterceptorOrder.REMOVE_ALL)
public class CacheRemoveAllInterceptor extends ChangingInterceptor<CacheRemoveAll> {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public CacheRemoveAllInterceptor() {
    super(CacheRemoveAll.class);
  }

  @Override
  void change(MethodCaching<CacheRemoveAll> caching, CacheInvocation<CacheRemoveAll> invocation) {
    caching.cache(invocation).removeAll();
  }
}
