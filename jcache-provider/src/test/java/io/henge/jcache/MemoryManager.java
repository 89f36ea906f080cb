package io.henge.jcache;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import javax.cache.CacheManager;

/** The application's own cache manager, which goes before the one that Henge would provide. */
public class MemoryManager {

  @Produces
  @ApplicationScoped
  public CacheManager open() {
    return MemoryMembers.provider().getCacheManager();
  }

  public void close(@Disposes CacheManager manager) {
    manager.getCachingProvider().close();
  }
}
