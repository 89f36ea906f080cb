package io.henge.arquillian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.henge.sample.Increment;
import io.henge.sample.SharedCaches;
import jakarta.inject.Inject;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside one server: the sample application as it was built, and what is around it there. */
@ExtendWith(ArquillianExtension.class)
class OneServerIT {

  private static final String PROVIDER = "io.henge.jcache.HengeCachingProvider";

  @Inject private SharedCaches caches;

  @Deployment
  static WebArchive sample() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, new File(System.getProperty("servers.sample")));
  }

  @Test
  void theServiceLoaderFindsTheProviderOfTheApplicationAndNoOther() {
    List<String> providers =
        StreamSupport.stream(Caching.getCachingProviders().spliterator(), false)
            .map(provider -> provider.getClass().getName())
            .toList();
    assertEquals(List.of(PROVIDER), providers);
    CachingProvider provider = Caching.getCachingProvider();
    assertSame(SharedCaches.class.getClassLoader(), provider.getClass().getClassLoader());
  }

  @Test
  void hazelcastIsOff() {
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(thread -> thread.getName().toLowerCase(Locale.ROOT))
            .filter(name -> name.startsWith("hz.") || name.contains("hazelcast"))
            .toList();
    assertEquals(List.of(), threads);
  }

  @Test
  void injectedCachesStoreAndCount() {
    Cache<String, String> carts = caches.carts();
    carts.put("ada", "two books");
    assertEquals("two books", carts.get("ada"));
    assertTrue(carts.remove("ada"));
    assertFalse(carts.containsKey("ada"));
    assertEquals(1L, caches.counters().invoke("visits", new Increment()));
    assertEquals(2L, caches.counters().invoke("visits", new Increment()));
  }

  @Test
  void aCacheIsClosedWithItsManagerOnly() {
    assertSame(caches.carts(), caches.manager().getCache("carts", String.class, String.class));
    assertFalse(caches.manager().isClosed());
    assertEquals(PROVIDER, caches.manager().getCachingProvider().getClass().getName());
  }
}
