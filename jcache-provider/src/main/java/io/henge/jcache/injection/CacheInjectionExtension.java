package io.henge.jcache.injection;

import io.henge.jcache.server.ApplicationProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * Makes the provider and the default cache manager beans, unless the application has such beans of
 * its own.
 */
public class CacheInjectionExtension implements Extension {

  private final Set<Type> ofTheApplication = Collections.synchronizedSet(new HashSet<>());
  private ApplicationProvider provider;

  void begin(@Observes BeforeBeanDiscovery discovery) {
    provider = new ApplicationProvider(Thread.currentThread().getContextClassLoader());
  }

  void notice(@Observes ProcessBean<?> bean) {
    if (bean.getBean().getQualifiers().contains(Default.Literal.INSTANCE)) {
      ofTheApplication.addAll(bean.getBean().getTypes());
    }
  }

  void addBeans(@Observes AfterBeanDiscovery discovery) {
    if (!ofTheApplication.contains(CachingProvider.class)) {
      discovery
          .<CachingProvider>addBean()
          .id("henge CachingProvider")
          .types(CachingProvider.class, Object.class)
          .scope(ApplicationScoped.class)
          .createWith(context -> provider.get());
    }
    if (!ofTheApplication.contains(CacheManager.class)) {
      discovery
          .<CacheManager>addBean()
          .id("henge CacheManager")
          .types(CacheManager.class, Object.class)
          .scope(ApplicationScoped.class)
          .createWith(context -> provider.get().getCacheManager());
    }
  }

  void end(@Observes BeforeShutdown shutdown) {
    provider.close();
  }
}
