package io.henge.jcache.annotation;

import io.henge.jcache.annotation.Flights.Flight;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.annotation.CacheResult;

/** Answers from the cache, or else calls the method and stores its result. */
@Interceptor
@CacheResult
@Priority(InterceptorOrder.RESULT)
public class CacheResultInterceptor implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A proxy, which survives the passivation of a bean. */
  @SuppressWarnings("serial")
  @Inject
  private CachedMethods methods;

  /** Goes around each call of a method with {@link CacheResult}. */
  @AroundInvoke
  public Object aroundInvoke(InvocationContext context) throws Exception {
    MethodCaching<CacheResult> caching = methods.of(CacheResult.class, context);
    CacheInvocation<CacheResult> invocation = new CacheInvocation<>(caching.method(), context);
    Call call =
        new Call(
            context,
            caching,
            caching.cache(invocation),
            caching.exceptionCache(invocation),
            caching.key(invocation));
    if (caching.method().getCacheAnnotation().skipGet()) {
      return invoke(call);
    }
    Answer known = known(call);
    if (known != null) {
      return give(known, call);
    }
    if (caching.method().asynchronous() || !methods.settings().singleFlight()) {
      return invoke(call);
    }
    try (Flight flight = methods.flights().join(call.cache.getName(), call.key)) {
      Answer meanwhile = flight.waited() ? known(call) : null;
      return meanwhile == null ? invoke(call) : give(meanwhile, call);
    }
  }

  private static Object give(Answer known, Call call) throws Exception {
    call.caching.outcomes().count(Outcome.FROM_CACHE);
    return known.give(call);
  }

  /** What the caches have, or null. */
  private Answer known(Call call) {
    try {
      if (call.exceptions != null && call.exceptions.get(call.key) instanceof Throwable failure) {
        return new Answer(null, failure);
      }
      Object stored = call.cache.get(call.key);
      return stored == null ? null : new Answer(NullResult.result(stored), null);
    } catch (RuntimeException refused) {
      call.caching.outcomes().cacheFailed(refused);
      throw refused;
    }
  }

  private Object invoke(Call call) throws Exception {
    Object result;
    try {
      result = call.context.proceed();
    } catch (Throwable failure) {
      remember(call, failure);
      throw failure;
    }
    if (!call.method().asynchronous() || result == null) {
      store(call, result);
      return result;
    }
    return ((CompletionStage<?>) result)
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                store(call, value);
              } else {
                remember(call, failure instanceof CompletionException ? cause(failure) : failure);
              }
            });
  }

  private static Throwable cause(Throwable failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }

  private void store(Call call, Object result) {
    if (result != null || methods.settings().cacheNull()) {
      call.caching.store(call.cache, call.key, result);
      return;
    }
    call.caching.outcomes().count(Outcome.NULL_VALUE);
    if (call.method().getCacheAnnotation().skipGet()) {
      call.cache.remove(call.key); // what was stored before is not the result any more
    }
  }

  private static void remember(Call call, Throwable failure) {
    call.caching.outcomes().count(Outcome.METHOD_FAILED);
    if (call.exceptions == null || !cached(call.method().rule().failures(), failure)) {
      return;
    }
    try {
      call.exceptions.put(call.key, failure);
    } catch (RuntimeException notStored) {
      failure.addSuppressed(notStored); // the method's failure is what the caller has to know
    }
  }

  /** All by default; but what is wrong with the machine is no result, unless it is asked for. */
  private static boolean cached(ExceptionFilter filter, Throwable failure) {
    return failure instanceof Error
        ? filter.includes(failure) && filter.counts(failure)
        : filter.empty() || filter.counts(failure);
  }

  /**
   * One call.
   *
   * @param exceptions the cache for exceptions, or null
   */
  private record Call(
      InvocationContext context,
      MethodCaching<CacheResult> caching,
      Cache<Object, Object> cache,
      Cache<Object, Object> exceptions,
      Object key) {

    CacheMethod<CacheResult> method() {
      return caching.method();
    }
  }

  /**
   * What is known without a call.
   *
   * @param failure null if there is a result
   */
  private record Answer(Object result, Throwable failure) {

    Object give(Call call) throws Exception {
      if (call.method().asynchronous()) {
        return failure == null
            ? CompletableFuture.completedFuture(result)
            : CompletableFuture.failedFuture(failure);
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof Exception exception) {
        throw exception;
      }
      return result;
    }
  }
}
