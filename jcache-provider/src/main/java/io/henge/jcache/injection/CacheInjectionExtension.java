package io.henge.jcache.injection;

import io.henge.jcache.annotation.CacheAnnotationsExtension;
import io.henge.jcache.server.ApplicationProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * Makes the provider, the default cache manager and all caches that are asked for beans, unless the
 * application has such beans of its own; and lets the member live as long as the application.
 */
public class CacheInjectionExtension implements Extension {

  private static final Logger LOG =
      System.getLogger(CacheInjectionExtension.class.getPackageName());

  private final Set<Bean<?>> ofTheApplication = ConcurrentHashMap.newKeySet();
  private final Set<CacheRequest> requests = ConcurrentHashMap.newKeySet();
  private ApplicationProvider provider;
  private List<String> providersLeftOut = List.of();
  private boolean manages;

  void begin(@Observes BeforeBeanDiscovery discovery) {
    provider = new ApplicationProvider(Thread.currentThread().getContextClassLoader());
    providersLeftOut = provider.leaveOutTheServers();
  }

  void notice(@Observes ProcessBean<?> event) {
    Bean<?> bean = event.getBean();
    if (has(bean, CachingProvider.class)
        || has(bean, CacheManager.class)
        || has(bean, Cache.class)) {
      ofTheApplication.add(bean);
    }
  }

  private static boolean has(Bean<?> bean, Class<?> type) {
    return bean.getTypes().stream().anyMatch(each -> CacheRequest.raw(each) == type);
  }

  void notice(@Observes ProcessInjectionPoint<?, ?> event) {
    CacheRequest.of(event.getInjectionPoint()).ifPresent(requests::add);
  }

  void addBeans(@Observes AfterBeanDiscovery discovery, BeanManager beans) {
    if (isMissing(CachingProvider.class)) {
      discovery
          .<CachingProvider>addBean()
          .id("io.henge.jcache CachingProvider")
          .types(CachingProvider.class, Object.class)
          .scope(ApplicationScoped.class)
          .createWith(context -> provider.get());
    }
    manages = isMissing(CacheManager.class);
    if (manages) {
      discovery
          .<CacheManager>addBean()
          .id("io.henge.jcache CacheManager")
          .types(CacheManager.class, Object.class)
          .scope(ApplicationScoped.class)
          .createWith(context -> provider.get().getCacheManager());
    }
    requests.stream()
        .filter(request -> ofTheApplication.stream().noneMatch(request::isAnsweredBy))
        .collect(Collectors.groupingBy(CacheRequest::qualifiers))
        .forEach((qualifiers, alike) -> addCache(discovery, alike, beans));
  }

  private boolean isMissing(Class<?> type) {
    return ofTheApplication.stream()
        .noneMatch(
            bean -> has(bean, type) && bean.getQualifiers().contains(Default.Literal.INSTANCE));
  }

  /** One bean for all points with the same qualifiers, so that wildcards find no two. */
  private static void addCache(
      AfterBeanDiscovery discovery, List<CacheRequest> alike, BeanManager beans) {
    Set<Type> types = alike.stream().map(CacheRequest::type).collect(Collectors.toSet());
    types.add(Object.class);
    Set<Annotation> qualifiers = alike.get(0).beanQualifiers();
    discovery
        .<Cache<?, ?>>addBean()
        .id("io.henge.jcache Cache " + qualifiers)
        .types(types)
        .qualifiers(qualifiers)
        .scope(Dependent.class)
        .createWith(context -> cache(beans, context));
  }

  private static Cache<?, ?> cache(BeanManager beans, CreationalContext<?> context) {
    InjectionPoint point = PointOfPoint.current(beans, context);
    CacheRequest request = CacheRequest.of(point).orElse(CacheRequest.ANY);
    return new InjectedCache<>(
        reference(beans, CacheManager.class, context),
        InjectedName.of(point),
        CacheRequest.raw(request.keyType()),
        CacheRequest.raw(request.valueType()));
  }

  private static <T> T reference(BeanManager beans, Class<T> type, CreationalContext<?> context) {
    Bean<?> bean = beans.resolve(beans.getBeans(type));
    return type.cast(beans.getReference(bean, type, context));
  }

  void start(@Observes AfterDeploymentValidation validation, BeanManager beans) {
    CacheAnnotationsExtension annotations = beans.getExtension(CacheAnnotationsExtension.class);
    tellWhatWasLeftOut(annotations);
    if (manages && (annotations.anyMethods() || !requests.isEmpty())) {
      try {
        CacheManager unused = provider.get().getCacheManager();
      } catch (CacheException cannotStart) {
        validation.addDeploymentProblem(cannotStart);
      }
    }
  }

  private void tellWhatWasLeftOut(CacheAnnotationsExtension annotations) {
    Set<String> classes = new TreeSet<>(annotations.leftOut());
    if (!providersLeftOut.isEmpty() || !classes.isEmpty()) {
      LOG.log(
          Level.INFO,
          "Henge provides the caches of this application. The server''s own are left out here:"
              + " provider {0}, interceptors and producers {1}",
          providersLeftOut.isEmpty() ? "none" : String.join(", ", providersLeftOut),
          classes.isEmpty()
              ? "none"
              : classes.stream()
                  .map(name -> name.substring(name.lastIndexOf('.') + 1))
                  .collect(Collectors.joining(", ")));
    }
  }

  void end(@Observes BeforeShutdown shutdown) {
    provider.close();
  }
}
