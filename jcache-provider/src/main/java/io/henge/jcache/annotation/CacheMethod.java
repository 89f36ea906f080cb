package io.henge.jcache.annotation;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** What one annotation on one method of a bean means; the same for all its calls. Immutable. */
final class CacheMethod<A extends Annotation> implements CacheMethodDetails<A> {

  private final Method method;
  private final Set<Annotation> annotations;
  private final A annotation;
  private final CacheRule rule;
  private final CacheDefaults defaults;
  private final String cacheName;
  private final List<Set<Annotation>> parameters;
  private final List<Integer> keyPositions;
  private final int valuePosition;

  private CacheMethod(AnnotatedType<?> bean, AnnotatedMethod<?> annotated, A annotation) {
    this.method = annotated.getJavaMember();
    this.annotations = Set.copyOf(annotated.getAnnotations());
    this.annotation = annotation;
    this.rule = CacheRule.of(annotation);
    this.defaults = defaults(bean);
    this.cacheName = cacheName(method, rule, defaults);
    this.parameters =
        annotated.getParameters().stream()
            .<Set<Annotation>>map(parameter -> Set.copyOf(parameter.getAnnotations()))
            .toList();
    this.valuePosition = valuePosition(annotated);
    this.keyPositions = keyPositions(annotated, valuePosition);
  }

  /**
   * Reads a method's annotation, or its bean's if the method has none.
   *
   * @throws IllegalArgumentException if the method is annotated in a way that makes no sense
   */
  static <A extends Annotation> CacheMethod<A> of(
      AnnotatedType<?> bean, AnnotatedMethod<?> method, Class<A> type) {
    A annotation = method.getAnnotation(type);
    if (annotation == null) {
      annotation = bean.getAnnotation(type);
    }
    if (annotation == null) {
      throw new IllegalArgumentException(method + " is not annotated with " + type.getName());
    }
    return new CacheMethod<>(bean, method, annotation);
  }

  /** A bean inherits the defaults of its superclass, whose methods it inherits. */
  private static CacheDefaults defaults(AnnotatedType<?> bean) {
    CacheDefaults own = bean.getAnnotation(CacheDefaults.class);
    Class<?> type = bean.getJavaClass();
    while (own == null && type != null) {
      own = type.getAnnotation(CacheDefaults.class);
      type = type.getSuperclass();
    }
    return own;
  }

  private static String cacheName(Method method, CacheRule rule, CacheDefaults defaults) {
    if (!rule.cacheName().isEmpty()) {
      return rule.cacheName();
    }
    if (defaults != null && !defaults.cacheName().isEmpty()) {
      return defaults.cacheName();
    }
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getTypeName)
        .collect(
            Collectors.joining(
                ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }

  private int valuePosition(AnnotatedMethod<?> annotated) {
    List<Integer> values = positions(annotated, CacheValue.class);
    if (!(annotation instanceof CachePut)) {
      return -1;
    }
    if (values.size() == 1) {
      return values.get(0);
    }
    if (values.isEmpty() && annotated.getParameters().size() == 1) {
      throw new IllegalArgumentException(
          "@CachePut on "
              + method
              + " needs a parameter with @CacheValue, the value, and at least one more for the key");
    }
    throw new IllegalArgumentException(
        "@CachePut on "
            + method
            + " needs exactly one parameter with @CacheValue; it has "
            + values.size());
  }

  private static List<Integer> keyPositions(AnnotatedMethod<?> annotated, int valuePosition) {
    List<Integer> keys = positions(annotated, CacheKey.class);
    if (!keys.isEmpty()) {
      return keys;
    }
    List<Integer> others = new ArrayList<>();
    for (AnnotatedParameter<?> parameter : annotated.getParameters()) {
      if (parameter.getPosition() != valuePosition) {
        others.add(parameter.getPosition());
      }
    }
    return List.copyOf(others);
  }

  private static List<Integer> positions(
      AnnotatedMethod<?> annotated, Class<? extends Annotation> type) {
    return annotated.getParameters().stream()
        .filter(parameter -> parameter.isAnnotationPresent(type))
        .map(AnnotatedParameter::getPosition)
        .sorted()
        .toList();
  }

  @Override
  public Method getMethod() {
    return method;
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return annotations;
  }

  @Override
  public A getCacheAnnotation() {
    return annotation;
  }

  @Override
  public String getCacheName() {
    return cacheName;
  }

  CacheRule rule() {
    return rule;
  }

  /** The annotations of each parameter. */
  List<Set<Annotation>> parameters() {
    return parameters;
  }

  /** The parameters that make the key, ascending. */
  List<Integer> keyPositions() {
    return keyPositions;
  }

  /** The parameter to be stored, or -1 if the annotation is another than {@link CachePut}. */
  int valuePosition() {
    return valuePosition;
  }

  /** The cache for exceptions; empty if they are not cached. */
  String exceptionCacheName() {
    return annotation instanceof CacheResult result ? result.exceptionCacheName() : "";
  }

  /** The method's generator, its class's, or the default. */
  Class<? extends CacheKeyGenerator> keyGenerator() {
    if (rule.keyGenerator() != CacheKeyGenerator.class) {
      return rule.keyGenerator();
    }
    return defaults == null || defaults.cacheKeyGenerator() == CacheKeyGenerator.class
        ? DefaultCacheKeyGenerator.class
        : defaults.cacheKeyGenerator();
  }

  /** The method's factory or its class's; empty for the default. */
  Class<? extends CacheResolverFactory> resolverFactory() {
    if (rule.resolverFactory() != CacheResolverFactory.class) {
      return rule.resolverFactory();
    }
    return defaults == null || defaults.cacheResolverFactory() == CacheResolverFactory.class
        ? DefaultCacheResolverFactory.class
        : defaults.cacheResolverFactory();
  }

  /** Whether the method returns a stage, and its value is what counts. */
  boolean asynchronous() {
    return method.getReturnType() == CompletionStage.class
        || method.getReturnType() == CompletableFuture.class;
  }

  @Override
  public String toString() {
    return "@" + annotation.annotationType().getSimpleName() + " on " + method;
  }
}
