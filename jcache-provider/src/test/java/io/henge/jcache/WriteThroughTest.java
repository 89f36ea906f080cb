package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.node.ValueTooLargeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteThroughTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final Store store = new Store();

  /** Behind the cache; remembers each call. */
  private static final class Store implements CacheWriter<Object, Object>, AutoCloseable {
    final Map<Object, Object> rows = new TreeMap<>();
    final List<String> calls = new ArrayList<>();
    RuntimeException failure;

    /** Number of rows that bulk calls do before they fail; all if negative. */
    int limit = -1;

    boolean closed;

    @Override
    public void write(Cache.Entry<?, ?> entry) {
      calls.add("write " + entry.getKey() + "=" + entry.getValue());
      fail();
      rows.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void delete(Object key) {
      calls.add("delete " + key);
      fail();
      rows.remove(key);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
      calls.add("writeAll " + entries.size());
      for (Iterator<Cache.Entry<?, ?>> i = entries.iterator(); i.hasNext(); i.remove()) {
        Cache.Entry<?, ?> entry = i.next();
        countDown();
        rows.put(entry.getKey(), entry.getValue());
      }
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      calls.add("deleteAll " + keys.size());
      for (Object key : List.copyOf(keys)) {
        countDown();
        rows.remove(key);
        keys.remove(key);
      }
    }

    private void countDown() {
      if (limit == 0) {
        throw new IllegalStateException("the database is full");
      }
      limit--;
    }

    private void fail() {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private MutableConfiguration<String, Integer> configuration() {
    return new MutableConfiguration<String, Integer>()
        .setTypes(String.class, Integer.class)
        .setWriteThrough(true)
        .setCacheWriterFactory(() -> store);
  }

  private Cache<String, Integer> open() {
    return open(configuration());
  }

  private Cache<String, Integer> open(MutableConfiguration<String, Integer> as) {
    return provider.getCacheManager().createCache("orders", as);
  }

  @Test
  void everyWriteReachesTheStoreAsItReachesTheCache() {
    Cache<String, Integer> cache = open();
    cache.put("a", 1);
    cache.getAndPut("a", 2);
    cache.putIfAbsent("b", 3);
    cache.replace("b", 4);
    cache.getAndReplace("b", 5);
    cache.replace("b", 5, 6);
    cache.remove("a");
    cache.put("c", 7);
    cache.getAndRemove("c");
    cache.put("d", 8);
    cache.remove("d", 8);
    assertThat(store.calls)
        .containsExactly(
            "write a=1",
            "write a=2",
            "write b=3",
            "write b=4",
            "write b=5",
            "write b=6",
            "delete a",
            "write c=7",
            "delete c",
            "write d=8",
            "delete d");
    assertThat(store.rows).isEqualTo(Map.of("b", 6));
    assertThat(cache.get("b")).isEqualTo(6);
  }

  @Test
  void theStoreHearsOfRemovalsOfWhatIsAbsentButNotOfWhatIsNotDone() {
    Cache<String, Integer> cache = open();
    cache.put("there", 1);
    store.calls.clear();
    assertThat(cache.putIfAbsent("there", 2)).isFalse();
    assertThat(cache.replace("absent", 2)).isFalse();
    assertThat(cache.getAndReplace("absent", 2)).isNull();
    assertThat(cache.replace("there", 2, 3)).isFalse();
    assertThat(cache.remove("there", 2)).isFalse();
    cache.get("there");
    cache.iterator().next();
    cache.clear();
    assertThat(store.calls).isEmpty();
    assertThat(cache.remove("absent")).isFalse();
    assertThat(cache.getAndRemove("absent")).isNull();
    cache.removeAll(Set.of("absent"));
    assertThat(store.calls).containsExactly("delete absent", "delete absent", "deleteAll 1");
    assertThat(store.rows).isEqualTo(Map.of("there", 1));
  }

  @Test
  void aWriterThatFailsLeavesTheCacheAsItWas() {
    Cache<String, Integer> cache = open();
    cache.put("a", 1);
    store.failure = new CacheException("the database is down");
    assertThatThrownBy(() -> cache.put("a", 2))
        .isInstanceOf(CacheWriterException.class)
        .hasMessageContaining("orders")
        .hasCause(store.failure);
    assertThatThrownBy(() -> cache.remove("a")).isInstanceOf(CacheWriterException.class);
    assertThatThrownBy(() -> cache.invoke("a", (entry, arguments) -> set(entry, 2)))
        .isInstanceOf(CacheWriterException.class);
    Iterator<Cache.Entry<String, Integer>> entries = cache.iterator();
    entries.next();
    assertThatThrownBy(entries::remove).isInstanceOf(CacheWriterException.class);
    assertThat(cache.get("a")).isEqualTo(1);
    store.failure = new CacheWriterException("as it should be");
    assertThatThrownBy(() -> cache.put("a", 2)).isSameAs(store.failure);
  }

  private static Void set(javax.cache.processor.MutableEntry<String, Integer> entry, int value) {
    entry.setValue(value);
    return null;
  }

  @Test
  void bulkWritesGoToTheStoreInBatches() {
    Cache<String, Integer> cache = open();
    cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
    assertThat(store.calls).containsExactly("writeAll 2", "writeAll 1");
    assertThat(store.rows).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
    cache.removeAll(new LinkedHashSet<>(List.of("a", "b", "d")));
    assertThat(store.rows).isEqualTo(Map.of("c", 3));
    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("c", 3));
  }

  @Test
  void theCacheFollowsABulkWriteThatFailedHalfWay() {
    for (int done = 0; done < 4; done++) {
      Cache<String, Integer> cache = open();
      store.limit = done;
      assertThatThrownBy(() -> cache.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4)))
          .isInstanceOf(CacheWriterException.class)
          .hasRootCauseMessage("the database is full");
      assertThat(store.rows).hasSize(done);
      assertThat(cache.getAll(Set.of("a", "b", "c", "d"))).isEqualTo(store.rows);
      store.limit = -1;
      cache.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4));
      store.limit = done;
      assertThatThrownBy(cache::removeAll).isInstanceOf(CacheWriterException.class);
      assertThat(store.rows).hasSize(4 - done);
      assertThat(cache.getAll(Set.of("a", "b", "c", "d"))).isEqualTo(store.rows);
      provider.getCacheManager().destroyCache("orders");
      store.rows.clear();
    }
  }

  @Test
  void removeAllTellsTheStoreOfWhatIsThereOnly() {
    Cache<String, Integer> cache = open();
    cache.removeAll();
    assertThat(store.calls).isEmpty();
    store.rows.put("in the store only", 1);
    cache.putAll(Map.of("a", 1, "b", 2));
    cache.removeAll();
    assertThat(store.calls).containsExactly("writeAll 2", "deleteAll 2");
    assertThat(new TreeSet<>(store.rows.keySet())).containsExactly("in the store only");
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void theNetEffectOfAProcessorReachesTheStore() {
    Cache<String, Integer> cache = open();
    cache.invoke(
        "a",
        (entry, arguments) -> {
          entry.setValue(1);
          entry.setValue(2);
          return null;
        });
    cache.invoke(
        "b",
        (entry, arguments) -> {
          entry.setValue(1);
          entry.remove();
          return null;
        });
    cache.invoke(
        "a",
        (entry, arguments) -> {
          entry.remove();
          entry.setValue(3);
          return null;
        });
    cache.invoke(
        "absent",
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
    assertThat(store.calls).containsExactly("write a=2", "write a=3", "delete absent");
    assertThat(cluster.calls).doesNotContain("invokeAtPrimary");
  }

  @Test
  void aProcessorDoesNotWriteBackWhatItLoads() {
    CacheLoader<String, Integer> loader =
        new CacheLoader<>() {
          @Override
          public Integer load(String key) {
            return 5;
          }

          @Override
          public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            throw new AssertionError();
          }
        };
    Cache<String, Integer> cache =
        open(configuration().setReadThrough(true).setCacheLoaderFactory(() -> loader));
    assertThat(cache.<Integer>invoke("a", (entry, arguments) -> entry.getValue())).isEqualTo(5);
    assertThat(cache.get("b")).isEqualTo(5);
    assertThat(cache.containsKey("a")).isTrue();
    assertThat(store.calls).isEmpty();
  }

  @Test
  void anEntryThatTheCacheWouldRefuseIsNotWritten() {
    MutableConfiguration<String, Object> as =
        new MutableConfiguration<String, Object>()
            .setTypes(String.class, Object.class)
            .setWriteThrough(true)
            .setCacheWriterFactory(() -> store);
    Cache<String, Object> cache = provider.getCacheManager().createCache("orders", as);
    byte[] large = new byte[FakeReplicatedCache.LARGEST_ENTRY_BYTES];
    assertThatThrownBy(() -> cache.put("a", large)).isInstanceOf(ValueTooLargeException.class);
    assertThatThrownBy(() -> cache.putAll(Map.of("a", large)))
        .isInstanceOf(ValueTooLargeException.class);
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "a",
                    (entry, arguments) -> {
                      entry.setValue(large);
                      return null;
                    }))
        .isInstanceOf(ValueTooLargeException.class);
    assertThat(store.calls).isEmpty();
  }

  @Test
  void writtenEntriesLiveAsThePolicySays() {
    Cache<String, Integer> cache =
        open(
            configuration()
                .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
    cache.put("a", 1);
    cache.putAll(Map.of("b", 1));
    assertThat(cluster.outcomes).containsExactly("SET 60000000000", "SET 60000000000");
  }

  @Test
  void closingTheCacheClosesTheWriter() {
    open().close();
    assertThat(store.closed).isTrue();
  }

  @Test
  void withoutWriteThroughTheWriterIsNotCalled() {
    Cache<String, Integer> cache = open(configuration().setWriteThrough(false));
    cache.put("a", 1);
    cache.removeAll();
    assertThat(store.calls).isEmpty();
    cache.close();
    assertThat(store.closed).isTrue();
  }
}
