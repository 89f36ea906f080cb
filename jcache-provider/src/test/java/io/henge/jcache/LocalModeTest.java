package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.configuration.InvalidSettingsException;
import io.henge.replication.node.Engine;
import io.henge.replication.node.NodeState;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CacheLoader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code henge.enabled=false} gives, beside what the specification's test kit and the tests of
 * annotations and injection see, which run in this mode too.
 */
class LocalModeTest {

  private final HengeCachingProvider provider = new HengeCachingProvider();

  /** Neither serializable nor equal to any other. */
  private static final class Thing {}

  /** Not serializable either. */
  private record Name(String text) {}

  @AfterEach
  void close() {
    provider.close();
  }

  private static Properties local() {
    Properties properties = new Properties();
    properties.setProperty("henge.enabled", "false");
    return properties;
  }

  private CacheManager manager(String... more) {
    Properties properties = local();
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return provider.getCacheManager(null, null, properties);
  }

  private static MutableConfiguration<Object, Object> byReference() {
    return new MutableConfiguration<>().setStoreByValue(false);
  }

  @SuppressWarnings("unchecked") // a HengeCache of the same types
  private static <K, V> HengeCache<K, V> extended(Cache<K, V> cache) {
    return cache.unwrap(HengeCache.class);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("henge-"))
        .collect(Collectors.toSet());
  }

  @Test
  void aMemberStaysAloneWhateverIsSetAboutTheCluster() {
    CacheManager manager =
        manager(
            "henge.discovery",
            "static://192.0.2.1[7800],192.0.2.2[7800]",
            "henge.transport.bind-address",
            "192.0.2.3",
            "henge.node.role",
            "lite",
            "henge.cache.orders.backups",
            "all",
            "henge.cache.orders.mode",
            "async");
    Cache<String, String> cache = manager.createCache("orders", new MutableConfiguration<>());
    cache.put("a", "1");
    assertThat(cache.get("a")).isEqualTo("1");
    assertThat(manager.unwrap(Engine.class).state()).isEqualTo(NodeState.RUNNING);
    assertThat(extended(cache).locate("a").backups()).isEmpty();
  }

  @Test
  void otherMembersDoNotSeeItsCaches() {
    manager().createCache("mine", new MutableConfiguration<String, String>()).put("a", "1");
    try (HengeCachingProvider another = new HengeCachingProvider()) {
      assertThat(another.getCacheManager(null, null, local()).<String, String>getCache("mine"))
          .isNull();
    }
  }

  @Test
  void noThreadIsLeftBehind() {
    Set<Thread> before = threads();
    Cache<String, String> cache =
        manager().createCache("orders", new MutableConfiguration<String, String>());
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(
            () -> (CacheEntryCreatedListener<String, String>) events -> {}, null, false, true));
    cache.put("a", "1");
    assertThat(threads()).hasSizeGreaterThan(before.size());
    provider.close();
    Awaitility.await().untilAsserted(() -> assertThat(before).containsAll(threads()));
  }

  @Test
  void theEntriesOfAClosedCacheAreGone() {
    CacheManager manager = manager();
    Cache<String, String> cache = manager.createCache("a", new MutableConfiguration<>());
    cache.put("k", "v");
    cache.close();
    assertThat(manager.<String, String>getCache("a")).isNull();
    Cache<String, Integer> other = manager.createCache("a", new MutableConfiguration<>());
    assertThat(other.iterator().hasNext()).isFalse();
  }

  @Test
  void aBadValueIsRefused() {
    Properties properties = new Properties();
    properties.setProperty("henge.enabled", "no");
    assertThatThrownBy(() -> provider.getCacheManager(null, null, properties))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.enabled=no")
        .hasMessageContaining("true or false");
  }

  @Test
  void storeByReferenceIsSupportedWhereTheApplicationIsLocal() {
    assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isFalse();
    System.setProperty("henge.enabled", "false");
    try {
      assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();
    } finally {
      System.clearProperty("henge.enabled");
    }
  }

  @Test
  void byDefaultValuesAreCopied() {
    Cache<String, List<String>> cache =
        manager().createCache("lists", new MutableConfiguration<>());
    List<String> list = new ArrayList<>(List.of("a"));
    cache.put("k", list);
    list.add("b");
    assertThat(cache.get("k")).containsExactly("a").isNotSameAs(list);
  }

  @Test
  void byReferenceTheVeryObjectsComeBackFromEveryOperation() {
    Cache<Object, Object> cache = manager().createCache("things", byReference());
    Name key = new Name("k");
    Thing one = new Thing();
    Thing two = new Thing();
    cache.put(key, one);
    assertThat(cache.get(new Name("k"))).isSameAs(one);
    assertThat(cache.getAll(Set.of(key)).get(key)).isSameAs(one);
    Cache.Entry<Object, Object> met = cache.iterator().next();
    assertThat(met.getKey()).isSameAs(key);
    assertThat(met.getValue()).isSameAs(one);
    assertThat(cache.replace(key, new Thing(), two)).isFalse();
    assertThat(cache.replace(key, one, two)).isTrue();
    assertThat(cache.getAndPut(key, one)).isSameAs(two);
    assertThat(cache.<Object>invoke(key, (entry, arguments) -> entry.getValue())).isSameAs(one);
    assertThat(
            cache.<Object>invoke(
                key,
                (entry, arguments) -> {
                  entry.setValue(arguments[0]);
                  return arguments[0];
                },
                two))
        .isSameAs(two);
    assertThat(extended(cache).size()).isEqualTo(1);
    assertThat(extended(cache).locate(key).local()).isTrue();
    assertThat(cache.getAndRemove(new Name("k"))).isSameAs(two);
    assertThat(cache.containsKey(key)).isFalse();
  }

  @Test
  void byReferenceAnIteratorAndRemoveAllTakeEntriesOut() {
    Cache<Object, Object> cache = manager().createCache("things", byReference());
    for (int i = 0; i < 600; i++) {
      cache.put(new Name("k" + i), new Thing());
    }
    Iterator<Cache.Entry<Object, Object>> entries = cache.iterator();
    Object first = entries.next().getKey();
    entries.remove();
    assertThat(cache.containsKey(first)).isFalse();
    cache.removeAll();
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void byReferenceListenersAndLoadersAreGivenTheVeryObjects() {
    Map<Object, Object> source = new HashMap<>();
    CacheLoader<Object, Object> loader =
        new CacheLoader<>() {
          @Override
          public Object load(Object key) {
            return source.get(key);
          }

          @Override
          public Map<Object, Object> loadAll(Iterable<?> keys) {
            Map<Object, Object> all = new HashMap<>();
            keys.forEach(key -> all.put(key, load(key)));
            return all;
          }
        };
    Noting listener = new Noting();
    Cache<Object, Object> cache =
        manager()
            .createCache(
                "things",
                byReference()
                    .setReadThrough(true)
                    .setCacheLoaderFactory(() -> loader)
                    .addCacheEntryListenerConfiguration(
                        new MutableCacheEntryListenerConfiguration<>(
                            () -> listener, null, true, true)));
    Name key = new Name("k");
    Thing loaded = new Thing();
    Thing put = new Thing();
    source.put(key, loaded);
    assertThat(cache.get(key)).isSameAs(loaded);
    cache.put(key, put);
    cache.removeAll();
    assertThat(listener.seen).hasSize(3);
    assertThat(listener.seen.get(0)).containsExactly(key, loaded);
    assertThat(listener.seen.get(1)).containsExactly(key, put, loaded);
    assertThat(listener.seen.get(2)).containsExactly(key, put, put);
    assertThat(listener.seen.get(2).get(0)).isSameAs(key);
  }

  @Test
  void byReferenceEntriesAreBoundedByTheirNumberOnly() {
    CacheManager manager =
        manager("henge.cache.few.max-entries", "100", "henge.cache.sized.max-bytes", "100000");
    Cache<Object, Object> few = manager.createCache("few", byReference());
    for (int i = 0; i < 2_000; i++) {
      few.put(new Name("k" + i), new Thing());
    }
    assertThat(extended(few).size()).isBetween(20L, 110L);
    assertThatThrownBy(() -> manager.createCache("sized", byReference()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("henge.cache.sized.max-bytes")
        .hasMessageContaining("max-entries");
    assertThat(manager.<Object, Object>getCache("sized")).isNull();
  }

  @Test
  void byReferenceWhatHasLeftTheCacheIsLetGoOf() {
    Cache<Object, Object> cache = manager().createCache("things", byReference());
    List<WeakReference<Object>> gone = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Thing thing = new Thing();
      gone.add(new WeakReference<>(thing));
      cache.put(new Name("k" + i % 2_000), thing);
    }
    cache.removeAll();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              System.gc();
              cache.get(new Name("absent"));
              // The logs of the partitions hold the newest few.
              assertThat(gone.stream().filter(thing -> thing.get() != null).count())
                  .isLessThan(1_000);
            });
  }

  @Test
  void manyThreadsKeepOneCountByReference() throws InterruptedException {
    Cache<Object, Object> cache = manager().createCache("counts", byReference());
    Map<Thread, Throwable> failures = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 500; n++) {
                  cache.invoke(
                      new Name("n"),
                      (entry, arguments) -> {
                        entry.setValue(entry.exists() ? (Integer) entry.getValue() + 1 : 1);
                        return null;
                      });
                }
              });
      thread.setUncaughtExceptionHandler(failures::put);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(cache.get(new Name("n"))).isEqualTo(2_000);
  }

  /** Notes key, value and, if there is one, old value of each event. */
  private static final class Noting
      implements CacheEntryCreatedListener<Object, Object>,
          CacheEntryUpdatedListener<Object, Object>,
          CacheEntryRemovedListener<Object, Object> {

    private final List<List<Object>> seen = new CopyOnWriteArrayList<>();

    private void note(Iterable<CacheEntryEvent<?, ?>> events) {
      for (CacheEntryEvent<?, ?> event : events) {
        seen.add(
            event.isOldValueAvailable()
                ? List.of(event.getKey(), event.getValue(), event.getOldValue())
                : List.of(event.getKey(), event.getValue()));
      }
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
      note(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<?, ?>> events) {
      note(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<?, ?>> events) {
      note(events);
    }
  }
}
