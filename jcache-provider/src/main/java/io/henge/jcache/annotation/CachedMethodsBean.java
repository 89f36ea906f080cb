package io.henge.jcache.annotation;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows the outcomes of an application's annotated methods until it is closed. */
final class CachedMethodsBean implements CachedMethodsMXBean, AutoCloseable {

  /** The annotations that are to store something. */
  private static final Set<Class<?>> STORING = Set.of(CacheResult.class, CachePut.class);

  private static final int MOST_APPLICATIONS = 1000;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Supplier<List<MethodCaching<?>>> methods;
  private ObjectName name;

  private CachedMethodsBean(Supplier<List<MethodCaching<?>>> methods) {
    this.methods = methods;
  }

  /** Registers a bean under the first number that no other application's has. */
  static CachedMethodsBean register(Supplier<List<MethodCaching<?>>> methods) {
    CachedMethodsBean bean = new CachedMethodsBean(methods);
    for (int number = 1; bean.name == null; number++) {
      try {
        ObjectName free = new ObjectName("io.henge:type=CachedMethods,number=" + number);
        bean.server.registerMBean(bean, free);
        bean.name = free;
      } catch (InstanceAlreadyExistsException taken) {
        if (number == MOST_APPLICATIONS) {
          throw new IllegalStateException(number + " applications have such a bean", taken);
        }
      } catch (JMException failed) {
        throw new IllegalStateException("The bean of cached methods is refused", failed);
      }
    }
    return bean;
  }

  ObjectName name() {
    return name;
  }

  @Override
  public CachedMethodView[] getMethods() {
    return methods.get().stream()
        .filter(caching -> STORING.contains(annotationOf(caching)))
        .map(CachedMethodsBean::view)
        .sorted(
            Comparator.comparing(CachedMethodView::getMethod)
                .thenComparing(CachedMethodView::getAnnotation))
        .toArray(CachedMethodView[]::new);
  }

  private static Class<?> annotationOf(MethodCaching<?> caching) {
    return caching.method().getCacheAnnotation().annotationType();
  }

  private static CachedMethodView view(MethodCaching<?> caching) {
    Method method = caching.method().getMethod();
    MethodOutcomes outcomes = caching.outcomes();
    return new CachedMethodView(
        method.getDeclaringClass().getSimpleName() + "." + method.getName(),
        annotationOf(caching).getSimpleName(),
        caching.method().getCacheName(),
        outcomes.of(Outcome.FROM_CACHE),
        outcomes.of(Outcome.STORED),
        outcomes.of(Outcome.NULL_VALUE),
        outcomes.of(Outcome.METHOD_FAILED),
        outcomes.of(Outcome.CACHE_FAILED),
        outcomes.lastFailure());
  }

  @Override
  public void close() {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException gone) {
      // Somebody else took it away, which is what was wanted.
    } catch (JMException failed) {
      throw new IllegalStateException(name + " cannot be unregistered", failed);
    }
  }
}
