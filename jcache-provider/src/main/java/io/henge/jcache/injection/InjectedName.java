package io.henge.jcache.injection;

import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Named;
import java.lang.annotation.Annotation;
import javax.cache.CacheException;
import javax.cache.annotation.CacheDefaults;

/**
 * Which cache an injection point means: the first that it has of {@link CacheName}, {@link Named},
 * Payara's {@code @NamedCache}, and {@link CacheDefaults} of its class; else the one named as its
 * class is, as Payara has it.
 */
final class InjectedName {

  private static final String OF_PAYARA = "fish.payara.cdi.jsr107.impl.NamedCache";

  private InjectedName() {}

  static String of(InjectionPoint point) {
    String named = "";
    for (Annotation qualifier : point.getQualifiers()) {
      if (qualifier instanceof CacheName name) {
        return name.value();
      }
      if (qualifier instanceof Named name) {
        named = name.value();
      }
    }
    if (named.isEmpty() && point.getAnnotated() != null) {
      named = ofPayara(point);
    }
    if (named.isEmpty()) {
      named = ofClass(point);
    }
    return named;
  }

  /** Read by its name: only Payara has the class. */
  private static String ofPayara(InjectionPoint point) {
    for (Annotation annotation : point.getAnnotated().getAnnotations()) {
      if (annotation.annotationType().getName().equals(OF_PAYARA)) {
        try {
          return (String) annotation.annotationType().getMethod("cacheName").invoke(annotation);
        } catch (ReflectiveOperationException otherPayara) {
          throw new CacheException(
              annotation + " of " + point + " cannot be read; use @CacheName", otherPayara);
        }
      }
    }
    return "";
  }

  private static String ofClass(InjectionPoint point) {
    Class<?> declaring =
        point.getMember() != null
            ? point.getMember().getDeclaringClass()
            : point.getBean() == null ? null : point.getBean().getBeanClass();
    if (declaring == null) {
      throw new CacheException(
          "Which cache is meant? Name it by @CacheName, where nothing else tells: " + point);
    }
    CacheDefaults defaults = declaring.getAnnotation(CacheDefaults.class);
    return defaults == null || defaults.cacheName().isEmpty()
        ? declaring.getName()
        : defaults.cacheName();
  }
}
