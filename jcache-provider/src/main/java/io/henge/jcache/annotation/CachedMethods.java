package io.henge.jcache.annotation;

import static java.util.Objects.requireNonNull;

import io.henge.jcache.configuration.AnnotationSettings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.CacheException;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * What the interceptors of an application share: all that is known of its annotated methods, found
 * at the first call of each. For the interceptors only. Thread-safe.
 */
@ApplicationScoped
public class CachedMethods {

  private final ConcurrentMap<Call, MethodCaching<?>> known = new ConcurrentHashMap<>();
  private final Flights flights = new Flights();
  private final CacheAnnotationsExtension extension;
  private final Instance<Object> beans;
  private CachedMethodsBean bean;

  /** For the proxy of the container. */
  protected CachedMethods() {
    this(null, null);
  }

  /**
   * Creates it, for the container.
   *
   * @param extension knows the annotated beans
   * @param beans where generators and factories are looked for that are beans
   */
  @Inject
  public CachedMethods(CacheAnnotationsExtension extension, @Any Instance<Object> beans) {
    this.extension = extension;
    this.beans = beans;
  }

  /** What the annotation of the type means for the method that is called. */
  <A extends Annotation> MethodCaching<A> of(Class<A> type, InvocationContext context) {
    Call call = new Call(context.getTarget().getClass(), context.getMethod(), type);
    MethodCaching<?> caching = known.get(call);
    if (caching == null) {
      // Not computed inside the map: a factory or generator may call annotated methods.
      MethodCaching<?> made = caching(extension.method(call.target, call.method, type));
      MethodCaching<?> other = known.putIfAbsent(call, made);
      caching = other == null ? made : other;
    }
    @SuppressWarnings("unchecked") // the type is part of the key
    MethodCaching<A> typed = (MethodCaching<A>) caching;
    return typed;
  }

  @PostConstruct
  void show() {
    bean = CachedMethodsBean.register(() -> List.copyOf(known.values()));
  }

  @PreDestroy
  void hide() {
    bean.close();
  }

  AnnotationSettings settings() {
    return extension.settings();
  }

  /** The invocations that others wait for. */
  Flights flights() {
    return flights;
  }

  private <A extends Annotation> MethodCaching<A> caching(CacheMethod<A> method) {
    CacheResolverFactory factory = instance(method.resolverFactory());
    return new MethodCaching<>(
        method,
        instance(method.keyGenerator()),
        requireNonNull(
            factory.getCacheResolver(method),
            () -> factory.getClass().getName() + " made no resolver for " + method),
        exceptionResolver(method, factory),
        new MethodOutcomes());
  }

  @SuppressWarnings("unchecked") // only CacheResult has exception caches
  private static CacheResolver exceptionResolver(
      CacheMethod<?> method, CacheResolverFactory factory) {
    if (method.exceptionCacheName().isEmpty()) {
      return null;
    }
    CacheMethodDetails<CacheResult> details = (CacheMethodDetails<CacheResult>) method;
    return requireNonNull(
        factory.getExceptionCacheResolver(details),
        () -> factory.getClass().getName() + " made no exception cache resolver for " + method);
  }

  /** The bean of a class, or else an object of it. */
  private <T> T instance(Class<T> type) {
    Instance<T> bean = beans.select(type, Any.Literal.INSTANCE);
    if (bean.isResolvable()) {
      return bean.get();
    }
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new CacheException(
          type.getName()
              + " cannot be used: it is neither a CDI bean nor has it a public constructor without"
              + " parameters",
          e);
    }
  }

  private record Call(Class<?> target, Method method, Class<? extends Annotation> type) {}
}
