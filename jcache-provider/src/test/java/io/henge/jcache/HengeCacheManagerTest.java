package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HengeCacheManagerTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final HengeCachingProvider otherProvider = new HengeCachingProvider(cluster.starter());
  private final CacheManager manager = provider.getCacheManager();
  private final CacheManager otherManager = otherProvider.getCacheManager();

  @AfterEach
  void close() {
    provider.close();
    otherProvider.close();
  }

  private static MutableConfiguration<String, Integer> typed() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }

  @Test
  void aManagerMakesACacheOnceButEveryMemberMayMakeIt() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    cache.put("a", 1);
    assertThatThrownBy(() -> manager.createCache("orders", typed()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("orders");
    assertThat(otherManager.createCache("orders", typed()).get("a")).isEqualTo(1);
  }

  @Test
  void aCacheOfAnotherMemberCanBeGotWithItsTypes() {
    otherManager.createCache("orders", typed()).put("a", 1);
    assertThat(manager.getCacheNames()).isEmpty();
    Cache<String, Integer> cache = manager.getCache("orders", String.class, Integer.class);
    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(manager.<String, Integer>getCache("orders")).isSameAs(cache);
    assertThat(manager.getCacheNames()).containsExactly("orders");
    assertThat(manager.<String, Integer>getCache("none")).isNull();
    assertThat(manager.getCache("none", String.class, Integer.class)).isNull();
  }

  @Test
  void membersThatDisagreeOnTheTypesAreTold() {
    otherManager.createCache("orders", typed());
    assertThatThrownBy(
            () ->
                manager.createCache(
                    "orders",
                    new MutableConfiguration<Long, Integer>().setTypes(Long.class, Integer.class)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("java.lang.Long")
        .hasMessageContaining("java.lang.String");
    assertThat(manager.getCacheNames()).isEmpty();
    assertThat(cluster.members.get(0).hosts).isEmpty();
  }

  @Test
  void aCacheThatWasNotMadeThroughJCacheIsNotGot() {
    cluster.define("raw", 1, new TreeMap<>());
    assertThat(manager.<String, Integer>getCache("raw")).isNull();
  }

  @Test
  void aTypedCacheCanBeAskedForUntypedButNotWithOtherTypes() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    assertThat(manager.<String, Integer>getCache("orders")).isSameAs(cache);
    assertThatThrownBy(() -> manager.getCache("orders", Long.class, Integer.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("java.lang.Long");
    assertThatThrownBy(() -> manager.getCache("orders", String.class, Object.class))
        .isInstanceOf(ClassCastException.class);
    manager.createCache("untyped", new MutableConfiguration<>());
    assertThat(manager.getCache("untyped", Object.class, Object.class)).isNotNull();
  }

  @Test
  void closingIsLocalAndTheEntriesAreThereAfterReopening() {
    manager.createCache("orders", typed()).put("a", 1);
    manager.getCache("orders").close();
    assertThat(manager.getCacheNames()).isEmpty();
    assertThat(manager.createCache("orders", typed()).get("a")).isEqualTo(1);
    manager.close();
    CacheManager again = provider.getCacheManager();
    assertThat(again.getCache("orders", String.class, Integer.class).get("a")).isEqualTo(1);
  }

  @Test
  void destroyingDropsTheEntriesEverywhere() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    cache.put("a", 1);
    otherManager.destroyCache("orders");
    otherManager.destroyCache("orders");
    assertThat(manager.createCache("orders", typed()).get("a")).isNull();
    assertThat(cache.isClosed()).isTrue();
    Cache<String, Integer> again = manager.getCache("orders");
    manager.destroyCache("orders");
    assertThat(again.isClosed()).isTrue();
    assertThat(manager.getCacheNames()).isEmpty();
  }

  @Test
  void theNamesAreAnImmutableSnapshot() {
    manager.createCache("orders", typed());
    Iterable<String> names = manager.getCacheNames();
    manager.destroyCache("orders");
    assertThat(names).containsExactly("orders");
    Iterator<String> iterator = names.iterator();
    iterator.next();
    assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aClosedManagerRefusesEverything() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    manager.close();
    assertThat(cache.isClosed()).isTrue();
    List<ThrowingCallable> calls =
        List.of(
            () -> manager.createCache("x", typed()),
            () -> manager.getCache("x"),
            () -> manager.getCache("x", String.class, Integer.class),
            () -> manager.getCacheNames(),
            () -> manager.destroyCache("x"),
            () -> manager.enableManagement("x", true),
            () -> manager.enableStatistics("x", true));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void nullsAreRefused() {
    List<ThrowingCallable> calls =
        List.of(
            () -> manager.createCache(null, typed()),
            () -> manager.createCache("x", null),
            () -> manager.getCache(null),
            () -> manager.getCache(null, String.class, Integer.class),
            () -> manager.getCache("x", null, Integer.class),
            () -> manager.getCache("x", String.class, null),
            () -> manager.destroyCache(null),
            () -> manager.enableManagement(null, true),
            () -> manager.enableStatistics(null, true));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void theConfigurationIsCopied() {
    MutableConfiguration<String, Integer> given = typed();
    Cache<String, Integer> cache = manager.createCache("orders", given);
    given.setStatisticsEnabled(true).setStoreByValue(false);
    CompleteConfiguration<?, ?> kept =
        cache.<CompleteConfiguration<String, Integer>>getConfiguration(complete());
    assertThat(kept.isStatisticsEnabled()).isFalse();
    assertThat(kept.isStoreByValue()).isTrue();
  }

  @Test
  void aPlainConfigurationMeansTheDefaults() {
    Cache<String, Integer> cache =
        manager.createCache(
            "orders",
            new Configuration<String, Integer>() {
              private static final long serialVersionUID = 1L;

              @Override
              public Class<String> getKeyType() {
                return String.class;
              }

              @Override
              public Class<Integer> getValueType() {
                return Integer.class;
              }

              @Override
              public boolean isStoreByValue() {
                return true;
              }
            });
    CompleteConfiguration<String, Integer> kept = cache.getConfiguration(complete());
    assertThat(kept.isReadThrough()).isFalse();
    assertThat(kept.getExpiryPolicyFactory().create()).isEqualTo(new EternalExpiryPolicy());
    assertThat(kept.getCacheEntryListenerConfigurations()).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static Class<CompleteConfiguration<String, Integer>> complete() {
    return (Class<CompleteConfiguration<String, Integer>>) (Class<?>) CompleteConfiguration.class;
  }

  @Test
  void storeByReferenceIsAcceptedAndKeptByValue() {
    Cache<String, List<String>> cache =
        manager.createCache(
            "lists", new MutableConfiguration<String, List<String>>().setStoreByValue(false));
    List<String> value = new ArrayList<>(List.of("x"));
    cache.put("a", value);
    value.add("y");
    assertThat(cache.get("a")).containsExactly("x");
  }

  @Test
  void theNumberOfBackupsAndTheModeComeFromTheSettings() {
    Properties properties = new Properties();
    properties.setProperty("henge.cache.pkg.Model$Item.backups", "2");
    properties.setProperty("henge.cache.everywhere.backups", "all");
    properties.setProperty("henge.cache.small.max-entries", "100");
    properties.setProperty("henge.cache.fast.mode", "async");
    properties.setProperty("henge.cache.fast.max-lag-operations", "50");
    provider.close();
    CacheManager configured = provider.getCacheManager(null, null, properties);
    configured.createCache("pkg.Model$Item", typed());
    configured.createCache("everywhere", typed());
    configured.createCache("other", typed());
    assertThat(cluster.definitions.get("pkg.Model$Item").copies()).isEqualTo(3);
    assertThat(cluster.definitions.get("everywhere").copies()).isEqualTo(Integer.MAX_VALUE);
    assertThat(cluster.definitions.get("other").copies()).isEqualTo(2);
    configured.createCache("small", typed());
    assertThatThrownBy(() -> otherManager.createCache("small", typed()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("max-entries: 100");
    configured.createCache("fast", typed());
    assertThatThrownBy(() -> otherManager.createCache("fast", typed()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("mode: async")
        .hasMessageContaining("max-lag-operations: 50")
        .hasMessageContaining("mode: sync");
    assertThat(otherManager.<String, Integer>getCache("fast")).isNotNull();
    assertThatThrownBy(() -> otherManager.createCache("everywhere", typed()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("backups: all")
        .hasMessageContaining("backups: 1");
    assertThat(otherManager.<String, Integer>getCache("everywhere")).isNotNull();
  }
}
