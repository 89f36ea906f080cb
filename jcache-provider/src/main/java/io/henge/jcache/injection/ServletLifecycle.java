package io.henge.jcache.injection;

import io.henge.jcache.server.ApplicationProvider;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;

/**
 * Ends the member with the web application where no CDI container does. With one, the application's
 * own listeners and beans can use caches to their very end.
 */
public final class ServletLifecycle implements ServletContainerInitializer {

  @Override
  public void onStartup(Set<Class<?>> none, ServletContext context) {
    new ApplicationProvider(context.getClassLoader()).leaveOutTheServers();
    context.addListener(new End());
  }

  private static final class End implements ServletContextListener {

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      if (!endsWithCdi(event.getServletContext().getClassLoader())) {
        new ApplicationProvider(event.getServletContext().getClassLoader()).close();
      }
    }
  }

  private static boolean endsWithCdi(ClassLoader application) {
    try {
      Class.forName("jakarta.enterprise.inject.spi.CDI", false, application);
    } catch (ClassNotFoundException noCdi) {
      return false;
    }
    try {
      return CDI.current().getBeanManager().getExtension(CacheInjectionExtension.class) != null;
    } catch (IllegalStateException | IllegalArgumentException notInThisApplication) {
      return false;
    }
  }
}
