package io.henge.jcache;

import javax.cache.spi.CachingProvider;

/** Providers for tests of other packages: their members are in memory, each alone. */
public final class MemoryMembers {

  private MemoryMembers() {}

  /** A provider whose member is alone in its cluster. */
  public static CachingProvider provider() {
    return new HengeCachingProvider(new FakeCluster().starter());
  }
}
