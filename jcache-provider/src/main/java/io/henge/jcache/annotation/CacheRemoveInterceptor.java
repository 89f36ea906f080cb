package io.henge.jcache.annotation;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemove;

/** Removes the entry of the method's key parameters. */
@Interceptor
@CacheRemove
@Priority(InterceptorOrder.REMOVE)
public class CacheRemoveInterceptor extends ChangingInterceptor<CacheRemove> {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public CacheRemoveInterceptor() {
    super(CacheRemove.class);
  }

  @Override
  void change(MethodCaching<CacheRemove> caching, CacheInvocation<CacheRemove> invocation) {
    caching.cache(invocation).remove(caching.key(invocation));
  }
}
