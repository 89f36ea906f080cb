package io.henge.jcache;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.util.Properties;
import javax.cache.CacheManager;

/**
 * The application's own cache manager, which goes before the one that Henge would provide. Its
 * caches are local.
 */
public class LocalManager {

  @Produces
  @ApplicationScoped
  public CacheManager open() {
    Properties local = new Properties();
    local.setProperty("henge.enabled", "false");
    return new HengeCachingProvider().getCacheManager(null, null, local);
  }

  public void close(@Disposes CacheManager manager) {
    manager.getCachingProvider().close();
  }
}
