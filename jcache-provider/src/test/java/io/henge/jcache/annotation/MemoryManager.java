package io.henge.jcache.annotation;

import io.henge.jcache.MemoryMembers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import javax.cache.CacheManager;

/** The application's own cache manager, which goes before the one that Henge would provide. */
public class MemoryManager {

  @Produces
  @ApplicationScoped
  CacheManager open() {
    return MemoryMembers.provider().getCacheManager();
  }

  void close(@Disposes CacheManager manager) {
    manager.getCachingProvider().close();
  }
}
