package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three real members in one process whose caches have one store behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreIT {

  private final RealMembers members = new RealMembers("store", 3, RealMembers.PATIENT);

  private List<Cache<String, Integer>> caches;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Store store;

  /** A database that says if two calls on one key overlap. */
  private static final class Store
      implements CacheLoader<String, Integer>, CacheWriter<String, Integer> {

    final Map<String, Integer> rows = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> loads = new ConcurrentHashMap<>();
    final List<String> overlaps = new CopyOnWriteArrayList<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    volatile Runnable duringLoad = () -> {};

    private void exclusively(String key, Runnable change) {
      if (!busy.add(key)) {
        overlaps.add(key);
      }
      change.run();
      busy.remove(key);
    }

    @Override
    public Integer load(String key) {
      Integer[] found = new Integer[1];
      exclusively(
          key,
          () -> {
            loads.computeIfAbsent(key, missing -> new AtomicInteger()).incrementAndGet();
            found[0] = rows.get(key);
            duringLoad.run();
          });
      return found[0];
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      Map<String, Integer> found = new HashMap<>();
      keys.forEach(key -> found.put(key, load(key)));
      return found;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
      exclusively(entry.getKey(), () -> rows.put(entry.getKey(), entry.getValue()));
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {
      exclusively((String) key, () -> rows.remove(key));
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(this::delete);
    }
  }

  @BeforeAll
  void start(@TempDir Path runDirectory) throws IOException {
    members.start(runDirectory);
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    members.close();
  }

  @BeforeEach
  void open() {
    store = new Store();
    caches =
        members.newCache(
            new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(() -> store)
                .setCacheWriterFactory(() -> store));
  }

  @AfterEach
  void nothingOverlapped() {
    assertThat(store.overlaps).isEmpty();
  }

  private Cache<String, Integer> cache(int i) {
    return caches.get(i % caches.size());
  }

  private static void await(Future<?> end) throws Exception {
    end.get(120, TimeUnit.SECONDS);
  }

  @Test
  void oneLoadServesAllThatMissAKeyOnAllMembers() throws Exception {
    CyclicBarrier together = new CyclicBarrier(12);
    for (int round = 0; round < 10; round++) {
      String key = "key-" + round;
      store.rows.put(key, round);
      int expected = round;
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Cache<String, Integer> cache = cache(i);
        boolean bulk = i >= 6;
        readers.add(
            threads.submit(
                () -> {
                  together.await();
                  Integer value = bulk ? cache.getAll(Set.of(key)).get(key) : cache.get(key);
                  assertThat(value).isEqualTo(expected);
                  return null;
                }));
      }
      for (Future<?> reader : readers) {
        await(reader);
      }
      assertThat(store.loads.get(key)).hasValue(1);
    }
  }

  @Test
  void aWriteOrRemovalDuringALoadIsNotHiddenByIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = "key-" + round;
      boolean removal = round % 2 == 0;
      store.rows.put(key, 1);
      CountDownLatch loading = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      store.duringLoad =
          () -> {
            loading.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          };
      Cache<String, Integer> reading = cache(round);
      Cache<String, Integer> writing = cache(round + 1);
      Future<Integer> read = threads.submit(() -> reading.get(key));
      loading.await();
      Future<?> written =
          threads.submit(
              () -> {
                if (removal) {
                  writing.remove(key);
                } else {
                  writing.put(key, 2);
                }
              });
      go.countDown();
      assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(1);
      await(written);
      store.duringLoad = () -> {};
      assertThat(cache(round + 2).get(key)).isEqualTo(removal ? null : 2);
    }
  }

  @Test
  void theStoreAndTheCacheAgreeAfterOverlappingWritesOfAllMembers() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      keys.add("key-" + i);
    }
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int seed = i;
      writers.add(threads.submit(() -> write(cache(seed), keys, new Random(seed))));
    }
    for (Future<?> writer : writers) {
      await(writer);
    }
    Map<String, Integer> inCache = new HashMap<>();
    cache(0).forEach(entry -> inCache.put(entry.getKey(), entry.getValue()));
    assertThat(inCache).isEqualTo(store.rows);
  }

  /** Bulk writes of many keys in any order: reserved in that order they would block each other. */
  private static void write(Cache<String, Integer> cache, List<String> keys, Random random) {
    for (int i = 0; i < 8; i++) {
      Map<String, Integer> some = new LinkedHashMap<>();
      while (some.size() < 20) {
        some.put(keys.get(random.nextInt(keys.size())), random.nextInt());
      }
      String one = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(5)) {
        case 0 -> cache.removeAll(some.keySet());
        case 1 -> cache.remove(one);
        case 2 ->
            cache.invoke(
                one,
                (entry, arguments) -> {
                  entry.setValue(entry.exists() ? entry.getValue() + 1 : 0);
                  return null;
                });
        default -> cache.putAll(some);
      }
    }
  }

  @Test
  void bulkLoadsOfOverlappingKeysLoadEachOnce() throws Exception {
    Set<String> keys = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      keys.add("key-" + i);
      store.rows.put("key-" + i, i);
    }
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Cache<String, Integer> cache = cache(i);
      readers.add(
          threads.submit(
              () -> {
                assertThat(cache.getAll(keys)).isEqualTo(store.rows);
              }));
    }
    for (Future<?> reader : readers) {
      await(reader);
    }
    assertThat(store.loads).hasSize(200);
    store.loads.forEach((key, count) -> assertThat(count).as(key).hasValue(1));
  }
}
