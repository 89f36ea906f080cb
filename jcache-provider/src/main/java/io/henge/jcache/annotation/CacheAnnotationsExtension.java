package io.henge.jcache.annotation;

import io.henge.jcache.configuration.AnnotationSettings;
import io.henge.jcache.configuration.InvalidSettingsException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.ProcessSyntheticAnnotatedType;
import jakarta.enterprise.util.Nonbinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Makes the caching annotations interceptor bindings of an application, with Henge's interceptors
 * and no other's: those that a server brings are left out, so that nothing is cached twice. What is
 * wrong with an annotated method is found when the application is deployed.
 */
public class CacheAnnotationsExtension implements Extension {

  private static final List<Class<?>> BEANS =
      List.of(
          CachedMethods.class,
          DefaultCacheKeyGenerator.class,
          DefaultCacheResolverFactory.class,
          CacheResultInterceptor.class,
          CachePutInterceptor.class,
          CacheRemoveInterceptor.class,
          CacheRemoveAllInterceptor.class);

  /** Payara's own interceptors and producers, for Hazelcast. */
  private static final String OF_THE_SERVER = "fish.payara.cdi.jsr107.";

  private final ConcurrentMap<Class<?>, AnnotatedType<?>> annotated = new ConcurrentHashMap<>();
  private final Set<String> leftOut = Collections.synchronizedSet(new TreeSet<>());
  private BeanManager beans;
  private AnnotationSettings settings;

  /** What the application set. */
  AnnotationSettings settings() {
    return settings;
  }

  /** Names of the server's classes that this application does without. */
  public List<String> leftOut() {
    synchronized (leftOut) {
      return List.copyOf(leftOut);
    }
  }

  /** Whether any bean has an annotated method. */
  public boolean anyMethods() {
    return !annotated.isEmpty();
  }

  void bind(@Observes BeforeBeanDiscovery discovery, BeanManager manager) {
    beans = manager;
    for (Class<? extends Annotation> annotation : CacheRule.ANNOTATIONS) {
      // The API's own Nonbinding is the one of javax, which no container of today knows.
      discovery
          .configureInterceptorBinding(annotation)
          .methods()
          .forEach(member -> member.add(Nonbinding.Literal.INSTANCE));
    }
    for (Class<?> bean : BEANS) {
      discovery.addAnnotatedType(bean, bean.getName());
    }
  }

  void leaveOut(@Observes ProcessSyntheticAnnotatedType<?> type) {
    String name = type.getAnnotatedType().getJavaClass().getName();
    if (name.startsWith(OF_THE_SERVER)) {
      leftOut.add(name);
      type.veto();
    }
  }

  void remember(@Observes ProcessManagedBean<?> bean) {
    remember(bean.getAnnotatedBeanClass(), bean::addDefinitionError);
  }

  void rememberSession(@Observes ProcessSessionBean<?> bean) {
    remember(bean.getAnnotatedBeanClass(), bean::addDefinitionError);
  }

  void readSettings(@Observes AfterBeanDiscovery discovery) {
    try {
      settings = AnnotationSettings.read(Thread.currentThread().getContextClassLoader());
    } catch (InvalidSettingsException e) {
      discovery.addDefinitionError(e);
    }
  }

  private void remember(AnnotatedType<?> bean, Consumer<Throwable> problems) {
    for (Class<? extends Annotation> annotation : CacheRule.ANNOTATIONS) {
      for (AnnotatedMethod<?> method : bean.getMethods()) {
        if (method.isAnnotationPresent(annotation)) {
          annotated.put(bean.getJavaClass(), bean);
          check(bean, method, annotation, problems);
        }
      }
      if (bean.isAnnotationPresent(annotation)) {
        annotated.put(bean.getJavaClass(), bean);
      }
    }
  }

  private static void check(
      AnnotatedType<?> bean,
      AnnotatedMethod<?> method,
      Class<? extends Annotation> annotation,
      Consumer<Throwable> problems) {
    try {
      CacheMethod<?> unused = CacheMethod.of(bean, method, annotation);
    } catch (IllegalArgumentException e) {
      problems.accept(e);
    }
  }

  /**
   * What an annotation on a method means.
   *
   * @param target class of the object that is called, which may be one that a container derived
   */
  <A extends Annotation> CacheMethod<A> method(Class<?> target, Method method, Class<A> type) {
    AnnotatedType<?> bean = bean(target, method);
    AnnotatedMethod<?> found = null;
    for (AnnotatedMethod<?> each : bean.getMethods()) {
      if (each.getJavaMember().equals(method)) {
        return CacheMethod.of(bean, each, type);
      }
      if (overrides(each, method)) {
        found = each;
      }
    }
    if (found == null) {
      throw new IllegalStateException(method + " is not a method of bean " + bean);
    }
    return CacheMethod.of(bean, found, type);
  }

  private AnnotatedType<?> bean(Class<?> target, Method method) {
    for (Class<?> type = target; type != null; type = type.getSuperclass()) {
      AnnotatedType<?> bean = annotated.get(type);
      if (bean != null) {
        return bean;
      }
    }
    // An object that the container made no bean of, such as one of an InterceptionFactory.
    return beans.createAnnotatedType(method.getDeclaringClass());
  }

  private static boolean overrides(AnnotatedMethod<?> one, Method other) {
    return one.getJavaMember().getName().equals(other.getName())
        && Arrays.equals(one.getJavaMember().getParameterTypes(), other.getParameterTypes());
  }
}
