package io.henge.jcache.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.HengeCachingProvider;
import io.henge.jcache.LocalManager;
import io.henge.jcache.annotation.CacheAnnotationsExtension;
import io.henge.jcache.server.ApplicationProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InjectionTest {

  private static SeContainer container;
  private static Shop shop;

  @BeforeAll
  static void start() {
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new CacheAnnotationsExtension(), new CacheInjectionExtension())
            .addBeanClasses(
                LocalManager.class, Shop.class, WithDefaults.class, Basket.class, OwnCaches.class)
            .initialize();
    shop = container.select(Shop.class).get();
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  private static CacheManager manager() {
    return container.select(CacheManager.class).get();
  }

  @Test
  void theNameComesFromTheQualifier() {
    assertThat(shop.named().getName()).isEqualTo("by-name");
    assertThat(shop.standard().getName()).isEqualTo("by-standard-name");
  }

  @Test
  void orElseFromTheDefaultsOfTheClassOrElseFromTheClass() {
    assertThat(container.select(WithDefaults.class).get().cache().getName())
        .isEqualTo("by-defaults");
    assertThat(shop.unnamed().getName()).isEqualTo(Shop.class.getName());
  }

  @Test
  void aCacheIsMadeAtItsFirstUseWithTheTypesOfThePoint() {
    shop.named().put("a", 1);
    Cache<String, Integer> made = manager().getCache("by-name", String.class, Integer.class);
    assertThat(made.get("a")).isEqualTo(1);
    shop.lists().put("l", List.of("x"));
    assertThat(manager().getCache("lists", String.class, List.class)).isNotNull();
  }

  @Test
  void wildcardsRawTypesAndInstancesAreInjectedToo() {
    shop.named().put("w", 2);
    assertThat(shop.any().getName()).isEqualTo("by-name");
    assertThat(shop.later().get("w")).isEqualTo(2);
  }

  @Test
  void aCacheThatWasClosedOrDestroyedIsFoundAgain() {
    shop.standard().put("a", "1");
    manager().getCache("by-standard-name").close();
    shop.standard().put("a", "2");
    assertThat(shop.standard().get("a")).isEqualTo("2");
    manager().destroyCache("by-standard-name");
    assertThat(shop.standard().get("a")).isNull();
  }

  @Test
  void typesThatDisagreeAreShown() {
    manager()
        .createCache(
            "typed", new MutableConfiguration<Long, Long>().setTypes(Long.class, Long.class));
    assertThatThrownBy(() -> shop.disagreeing().get("a"))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("typed")
        .hasMessageContaining("java.lang.Long")
        .hasMessageContaining("Cache<java.lang.String, java.lang.String>");
  }

  @Test
  void whatTheApplicationProducesItselfGoesBefore() {
    assertThat(shop.own().getName()).isEqualTo("made by the application");
  }

  @Test
  void theProviderIsInjectedAsTheOneOfTheApplication() {
    assertThat(shop.provider().getDefaultURI()).hasToString("henge:default");
    assertThat(shop.provider()).isInstanceOf(CachingProvider.class);
    assertThat(new ApplicationProvider(getClass().getClassLoader()).get())
        .isInstanceOf(HengeCachingProvider.class);
  }

  @Test
  void anInjectedCacheComesBackFromPassivation() throws Exception {
    shop.named().put("p", 7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(shop.named());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((Cache<?, ?>) in.readObject()).iterator().hasNext()).isTrue();
    }
  }

  @ApplicationScoped
  public static class Shop {

    @Inject
    @CacheName("by-name")
    private Cache<String, Integer> named;

    @Inject
    @Named("by-standard-name")
    private Cache<String, String> standard;

    @Inject private Cache<String, String> unnamed;

    @Inject
    @CacheName("lists")
    private Cache<String, List<String>> lists;

    @Inject
    @CacheName("by-name")
    private Cache<?, ?> any;

    @Inject
    @CacheName("by-name")
    private Instance<Cache<String, Integer>> later;

    @Inject
    @CacheName("typed")
    private Cache<String, String> disagreeing;

    @Inject
    @CacheName("own")
    private Cache<String, String> own;

    @Inject private CachingProvider provider;

    public Cache<String, Integer> named() {
      return named;
    }

    public Cache<String, String> standard() {
      return standard;
    }

    public Cache<String, String> unnamed() {
      return unnamed;
    }

    public Cache<String, List<String>> lists() {
      return lists;
    }

    public Cache<?, ?> any() {
      return any;
    }

    public Cache<String, Integer> later() {
      return later.get();
    }

    public Cache<String, String> disagreeing() {
      return disagreeing;
    }

    public Cache<String, String> own() {
      return own;
    }

    public CachingProvider provider() {
      return provider;
    }
  }

  @ApplicationScoped
  @CacheDefaults(cacheName = "by-defaults")
  public static class WithDefaults {

    @Inject private Cache<String, Long> cache;

    public Cache<String, Long> cache() {
      return cache;
    }
  }

  /** Passivating: the container refuses it if what is injected cannot be serialized. */
  @SessionScoped
  public static class Basket implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    @Inject
    @CacheName("baskets")
    private Cache<String, String> cache;

    @SuppressWarnings("serial")
    @Inject
    private CacheManager manager;

    public CacheManager manager() {
      return cache == null ? null : manager;
    }
  }

  @ApplicationScoped
  public static class OwnCaches {

    @Produces
    @CacheName("own")
    Cache<String, String> own(CacheManager manager) {
      return manager.createCache("made by the application", new MutableConfiguration<>());
    }
  }
}
