package io.henge.jcache.annotation;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Changes a cache before or after the method, as its annotation says; after a method that returns a
 * stage means after the stage.
 */
abstract class ChangingInterceptor<A extends Annotation> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Class<A> type;

  /** A proxy, which survives the passivation of a bean. */
  @SuppressWarnings("serial")
  @Inject
  private CachedMethods methods;

  ChangingInterceptor(Class<A> type) {
    this.type = type;
  }

  /** Changes the cache. */
  abstract void change(MethodCaching<A> caching, CacheInvocation<A> invocation);

  /** What the container shares out. */
  CachedMethods methods() {
    return methods;
  }

  /** Goes around each call of a method with the annotation. */
  @AroundInvoke
  public Object aroundInvoke(InvocationContext context) throws Exception {
    MethodCaching<A> caching = methods.of(type, context);
    CacheInvocation<A> invocation = new CacheInvocation<>(caching.method(), context);
    if (!caching.method().rule().afterInvocation()) {
      change(caching, invocation);
      return context.proceed();
    }
    Object result;
    try {
      result = context.proceed();
    } catch (Throwable failure) {
      changeAfter(failure, caching, invocation);
      throw failure;
    }
    if (caching.method().asynchronous() && result != null) {
      return ((CompletionStage<?>) result)
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  change(caching, invocation);
                } else {
                  changeAfter(failure, caching, invocation);
                }
              });
    }
    change(caching, invocation);
    return result;
  }

  private void changeAfter(
      Throwable failure, MethodCaching<A> caching, CacheInvocation<A> invocation) {
    Throwable own =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    ExceptionFilter filter = caching.method().rule().failures();
    if (filter.empty() || !filter.counts(own)) {
      caching.outcomes().count(Outcome.METHOD_FAILED);
      return;
    }
    try {
      change(caching, invocation);
    } catch (RuntimeException notChanged) {
      own.addSuppressed(notChanged); // the method's failure is what the caller has to know
    }
  }
}
