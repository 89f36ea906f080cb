package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three real members in one process, over JGroups on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeMembersIT {

  private static final int KEYS = 50;
  private static final MutableConfiguration<String, Object> CONFIGURATION =
      new MutableConfiguration<String, Object>().setTypes(String.class, Object.class);

  private final RealMembers members = new RealMembers("three", 3);
  private List<Cache<String, Object>> caches;

  @BeforeAll
  void start(@TempDir Path runDirectory) throws IOException {
    members.start(runDirectory);
  }

  @AfterAll
  void stop() {
    members.close();
  }

  @BeforeEach
  void open() {
    caches = members.newCache(CONFIGURATION);
  }

  private Cache<String, Object> cache(int i) {
    return caches.get(i % caches.size());
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add("key-" + i);
    }
    return keys;
  }

  @Test
  void everyMemberSeesEveryWriteAtOnce() {
    for (int i = 0; i < KEYS; i++) {
      String key = "key-" + i;
      cache(i).put(key, i);
      for (int reader = 0; reader < 3; reader++) {
        assertThat(cache(reader).get(key)).isEqualTo(i);
        assertThat(cache(reader).containsKey(key)).isTrue();
      }
    }
  }

  @Test
  void everySingleKeyOperationAgreesWithALocalMap() {
    for (int i = 0; i < KEYS; i++) {
      String key = "key-" + i;
      assertThat(cache(i).getAndPut(key, 1)).isNull();
      assertThat(cache(i + 1).getAndPut(key, 2)).isEqualTo(1);
      assertThat(cache(i + 2).putIfAbsent(key, 3)).isFalse();
      assertThat(cache(i).replace(key, 2, 4)).isTrue();
      assertThat(cache(i + 1).replace(key, 2, 5)).isFalse();
      assertThat(cache(i + 2).replace(key, 6)).isTrue();
      assertThat(cache(i).getAndReplace(key, 7)).isEqualTo(6);
      assertThat(cache(i + 1).remove(key, 6)).isFalse();
      assertThat(cache(i + 2).remove(key, 7)).isTrue();
      assertThat(cache(i).replace(key, 8)).isFalse();
      assertThat(cache(i + 1).getAndReplace(key, 8)).isNull();
      assertThat(cache(i + 2).putIfAbsent(key, 9)).isTrue();
      assertThat(cache(i).getAndRemove(key)).isEqualTo(9);
      assertThat(cache(i + 1).getAndRemove(key)).isNull();
      assertThat(cache(i + 2).remove(key)).isFalse();
      cache(i).put(key, 10);
      assertThat(cache(i + 1).remove(key)).isTrue();
      assertThat(cache(i + 2).get(key)).isNull();
    }
  }

  @Test
  void bulkOperationsReachAllMembers() {
    Map<String, Object> entries = new HashMap<>();
    keys().forEach(key -> entries.put(key, key.length()));
    cache(0).putAll(entries);
    assertThat(cache(1).getAll(entries.keySet())).isEqualTo(entries);
    Map<String, Object> met = new HashMap<>();
    cache(2).forEach(entry -> met.put(entry.getKey(), entry.getValue()));
    assertThat(met).isEqualTo(entries);
    cache(1).removeAll(Set.of("key-1", "key-2", "none"));
    assertThat(cache(2).getAll(Set.of("key-1", "key-2", "key-3"))).containsOnlyKeys("key-3");
    Iterator<Cache.Entry<String, Object>> iterator = cache(0).iterator();
    Set<String> left = new HashSet<>();
    while (iterator.hasNext()) {
      left.add(iterator.next().getKey());
      iterator.remove();
    }
    assertThat(left).hasSize(KEYS - 2);
    assertThat(cache(1)).isEmpty();
    cache(2).putAll(entries);
    cache(1).clear();
    assertThat(cache(0)).isEmpty();
    cache(0).putAll(entries);
    cache(2).removeAll();
    assertThat(cache(1)).isEmpty();
  }

  @Test
  void equalObjectsWithOtherBytesCompareEqual() {
    for (int i = 0; i < KEYS; i++) {
      String key = "key-" + i;
      cache(i).put(key, linked("x", "y"));
      assertThat(cache(i + 1).replace(key, linked("y", "x"), linked("a", "b"))).isTrue();
      assertThat(cache(i + 2).remove(key, linked("b", "a"))).isTrue();
    }
  }

  private static Map<String, Integer> linked(String one, String other) {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put(one, 1);
    map.put(other, 1);
    return map;
  }

  /** Travels. */
  record Add(int amount) implements EntryProcessor<String, Object, Object>, Serializable {
    @Override
    public Object process(MutableEntry<String, Object> entry, Object... arguments) {
      int sum = (entry.exists() ? (Integer) entry.getValue() : 0) + amount;
      entry.setValue(sum);
      return sum;
    }
  }

  @Test
  void processorsThatTravelAndThoseThatDoNotCountEveryCallOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    members.awaitCalm();
    long slot = members.slot();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 6; thread++) {
        int caller = thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    String key = "key-" + i % 5;
                    if (i % 2 == 0) {
                      cache(caller).invoke(key, new Add(1));
                    } else {
                      cache(caller)
                          .invoke(
                              key,
                              (entry, arguments) -> {
                                runs.incrementAndGet();
                                return new Add(1).process(entry);
                              });
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    int sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += (Integer) cache(i).get("key-" + i);
    }
    assertThat(sum).isEqualTo(1200);
    assertThat(runs.get()).isGreaterThanOrEqualTo(600);
    if (members.slot() == slot) { // code runs again only if its primary changed meanwhile
      assertThat(runs).hasValue(600);
    }
  }

  @Test
  void whatAProcessorThrowsArrivesAndNothingIsStored() {
    for (int i = 0; i < KEYS; i++) {
      String key = "key-" + i;
      for (EntryProcessor<String, Object, Object> failing :
          List.<EntryProcessor<String, Object, Object>>of(
              new Failing(),
              (entry, arguments) -> {
                entry.setValue(1);
                throw new IllegalArgumentException("not today");
              })) {
        assertThatThrownBy(() -> cache(0).invoke(key, failing))
            .isExactlyInstanceOf(EntryProcessorException.class)
            .cause()
            .isExactlyInstanceOf(IllegalArgumentException.class)
            .hasMessage("not today");
      }
      assertThat(cache(1).containsKey(key)).isFalse();
    }
  }

  /** Travels, and fails. */
  record Failing() implements EntryProcessor<String, Object, Object>, Serializable {
    @Override
    public Object process(MutableEntry<String, Object> entry, Object... arguments) {
      entry.setValue(1);
      throw new IllegalArgumentException("not today");
    }
  }

  @Test
  void invokeAllChangesEveryKey() {
    Map<String, EntryProcessorResult<Object>> results =
        cache(0).invokeAll(new HashSet<>(keys()), new Add(3));
    assertThat(results).hasSize(KEYS);
    results.values().forEach(result -> assertThat(result.get()).isEqualTo(3));
    assertThat(cache(1).getAll(new HashSet<>(keys())).values()).containsOnly(3);
  }

  @Test
  void destroyingClosesTheCacheOnAllMembers() {
    cache(0).put("a", 1);
    members.manager(1).destroyCache(cache(0).getName());
    assertThatThrownBy(() -> cache(1).get("a")).isInstanceOf(IllegalStateException.class);
    for (int i : new int[] {0, 2}) {
      // The others hear of it a moment later.
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> cache(i).put("b", 2))
                      .isInstanceOf(IllegalStateException.class));
    }
    caches = members.open(cache(0).getName(), CONFIGURATION);
    assertThat(cache(0)).isEmpty();
  }

  @Test
  void closingIsLocalAndReopeningFindsTheEntries() {
    cache(0).put("a", 1);
    String name = cache(1).getName();
    cache(1).close();
    assertThat(cache(0).get("a")).isEqualTo(1);
    Cache<String, Object> again = members.manager(1).getCache(name);
    assertThat(again.get("a")).isEqualTo(1);
  }

  @Test
  void aMemberThatLeavesTakesNothingWithIt() {
    Map<String, Object> entries = new HashMap<>();
    keys().forEach(key -> entries.put(key, key.length()));
    cache(0).putAll(entries);
    Properties properties = members.manager(2).getProperties();
    members.provider(2).close();
    assertThat(cache(0).getAll(entries.keySet())).isEqualTo(entries);
    assertThat(cache(1).getAll(entries.keySet())).isEqualTo(entries);
    Cache<String, Object> back =
        members.provider(2).getCacheManager(null, null, properties).getCache(cache(0).getName());
    assertThat(back.getAll(entries.keySet())).isEqualTo(entries);
  }
}
