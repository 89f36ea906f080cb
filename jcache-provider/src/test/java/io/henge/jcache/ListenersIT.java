package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cache entry listeners on three real members, over JGroups on loopback. */
class ListenersIT {

  private final RealMembers members = new RealMembers("listeners", 3);

  @BeforeEach
  void start(@TempDir Path runDirectory) throws IOException {
    members.start(runDirectory);
  }

  @AfterEach
  void stop() {
    members.close();
  }

  private static MutableConfiguration<String, Integer> typed() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }

  private Cache<String, Integer> cache(int member, MutableConfiguration<String, Integer> wanted) {
    return members.manager(member).createCache("stock", wanted);
  }

  /** Notes all events by key. */
  private static final class Notes
      implements CacheEntryCreatedListener<String, Integer>,
          CacheEntryUpdatedListener<String, Integer>,
          CacheEntryRemovedListener<String, Integer>,
          CacheEntryExpiredListener<String, Integer> {

    private final Map<String, List<String>> byKey = new ConcurrentHashMap<>();

    private void note(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      for (CacheEntryEvent<? extends String, ? extends Integer> event : events) {
        byKey
            .computeIfAbsent(event.getKey(), key -> new CopyOnWriteArrayList<>())
            .add(
                event.getEventType()
                    + " "
                    + (event.isOldValueAvailable() ? event.getOldValue() : "")
                    + ">"
                    + event.getValue());
      }
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      note(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      note(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      note(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
      note(events);
    }

    private List<String> of(String key) {
      return byKey.getOrDefault(key, List.of());
    }

    private int total() {
      return byKey.values().stream().mapToInt(List::size).sum();
    }
  }

  private static MutableCacheEntryListenerConfiguration<String, Integer> listening(
      Notes notes, boolean oldValues, boolean synchronous) {
    return new MutableCacheEntryListenerConfiguration<>(() -> notes, null, oldValues, synchronous);
  }

  /** Travels. */
  record Add(int amount) implements EntryProcessor<String, Integer, Integer>, Serializable {
    @Override
    public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
      int sum = (entry.exists() ? entry.getValue() : 0) + amount;
      entry.setValue(sum);
      return sum;
    }
  }

  @Test
  void synchronousListenersHaveHeardOfEveryKindOfOperationWhenItReturns() {
    Notes notes = new Notes();
    Cache<String, Integer> cache =
        cache(0, typed().addCacheEntryListenerConfiguration(listening(notes, true, true)));
    for (int i = 0; i < 20; i++) {
      String key = "k" + i;
      List<String> expected = new ArrayList<>();
      cache.put(key, 1);
      expected.add("CREATED >1");
      assertThat(notes.of(key)).isEqualTo(expected);
      cache.putAll(Map.of(key, 2));
      expected.add("UPDATED 1>2");
      assertThat(notes.of(key)).isEqualTo(expected);
      assertThat(cache.invoke(key, new Add(3))).isEqualTo(5);
      expected.add("UPDATED 2>5");
      assertThat(notes.of(key)).isEqualTo(expected);
      cache.invoke(key, (entry, arguments) -> new Add(1).process(entry));
      expected.add("UPDATED 5>6");
      assertThat(notes.of(key)).isEqualTo(expected);
      assertThat(cache.replace(key, 6, 7)).isTrue();
      expected.add("UPDATED 6>7");
      assertThat(cache.replace(key, 6, 8)).isFalse();
      assertThat(cache.putIfAbsent(key, 8)).isFalse();
      assertThat(notes.of(key)).isEqualTo(expected);
      assertThat(cache.getAndRemove(key)).isEqualTo(7);
      expected.add("REMOVED 7>7");
      assertThat(cache.remove(key)).isFalse();
      assertThat(notes.of(key)).isEqualTo(expected);
      cache.put(key, 9);
      cache.invoke(
          key,
          (entry, arguments) -> {
            entry.remove();
            return null;
          });
      expected.add("CREATED >9");
      expected.add("REMOVED 9>9");
      assertThat(notes.of(key)).isEqualTo(expected);
    }
    cache.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4));
    Iterator<Cache.Entry<String, Integer>> entries = cache.iterator();
    String first = entries.next().getKey();
    entries.remove();
    assertThat(notes.of(first)).hasSize(2);
    cache.removeAll(Set.of("a", "b"));
    cache.removeAll();
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(notes.of(key)).hasSize(2);
    }
    int before = notes.total();
    cache.put("e", 1);
    cache.clear();
    assertThat(notes.total()).isEqualTo(before + 1);
  }

  @Test
  void everyMemberHearsWhatAnyMemberDoes() {
    List<Notes> all = new ArrayList<>();
    List<Cache<String, Integer>> caches = new ArrayList<>();
    for (int member = 0; member < 3; member++) {
      Notes notes = new Notes();
      all.add(notes);
      caches.add(
          cache(
              member,
              typed()
                  .addCacheEntryListenerConfiguration(listening(notes, member == 1, member > 0))));
    }
    for (int i = 0; i < 60; i++) {
      caches.get(i % 3).put("k" + i, 1);
      caches.get((i + 1) % 3).put("k" + i, 2);
      caches.get((i + 2) % 3).remove("k" + i);
    }
    Awaitility.await()
        .untilAsserted(
            () -> {
              for (int i = 0; i < 60; i++) {
                assertThat(all.get(0).of("k" + i))
                    .containsExactly("CREATED >1", "UPDATED >2", "REMOVED >null");
                assertThat(all.get(1).of("k" + i))
                    .containsExactly("CREATED >1", "UPDATED 1>2", "REMOVED 2>2");
                assertThat(all.get(2).of("k" + i)).isEqualTo(all.get(0).of("k" + i));
              }
            });
  }

  @Test
  void whatExpiresIsToldOnce() {
    Notes notes = new Notes();
    Cache<String, Integer> cache =
        cache(
            0,
            typed()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 100)))
                .addCacheEntryListenerConfiguration(listening(notes, true, true)));
    for (int i = 0; i < 50; i++) {
      cache.put("k" + i, i);
    }
    Awaitility.await()
        .untilAsserted(
            () -> {
              for (int i = 0; i < 50; i++) {
                cache.get("k" + i);
                assertThat(notes.of("k" + i))
                    .containsExactly("CREATED >" + i, "EXPIRED " + i + ">" + i);
              }
            });
  }

  @Test
  void listenersComeAndGoWhileTheCacheIsOpen() {
    Notes notes = new Notes();
    Cache<String, Integer> cache = cache(0, typed());
    MutableCacheEntryListenerConfiguration<String, Integer> configuration =
        listening(notes, false, true);
    cache.registerCacheEntryListener(configuration);
    assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(listenersOf(cache)).hasSize(1);
    cache.put("a", 1);
    cache.deregisterCacheEntryListener(configuration);
    cache.deregisterCacheEntryListener(configuration);
    assertThat(listenersOf(cache)).isEmpty();
    cache.put("a", 2);
    cache.registerCacheEntryListener(configuration);
    cache.put("a", 3);
    assertThat(notes.of("a")).containsExactly("CREATED >1", "UPDATED >3");
  }

  @SuppressWarnings("unchecked") // there is no class of a parameterized type
  private static Iterable<?> listenersOf(Cache<String, Integer> cache) {
    CompleteConfiguration<?, ?> configuration = cache.getConfiguration(CompleteConfiguration.class);
    return configuration.getCacheEntryListenerConfigurations();
  }

  @Test
  void aListenersExceptionReachesTheOperationThatWasDone() {
    CacheEntryCreatedListener<String, Integer> failing =
        events -> {
          throw new IllegalStateException("not today");
        };
    Cache<String, Integer> cache =
        cache(
            0,
            typed()
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        () -> failing, null, false, true)));
    assertThatThrownBy(() -> cache.put("a", 1))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasRootCauseMessage("not today");
    assertThatThrownBy(() -> cache.invoke("b", new Add(1)))
        .isInstanceOf(CacheEntryListenerException.class);
    Map<String, EntryProcessorResult<Integer>> results =
        cache.invokeAll(Set.of("c", "d"), new Add(1));
    for (String key : List.of("c", "d")) {
      assertThatThrownBy(() -> results.get(key).get())
          .isInstanceOf(CacheEntryListenerException.class);
    }
    for (String key : List.of("a", "b", "c", "d")) {
      assertThat(cache.get(key)).isEqualTo(1);
    }
  }

  @Test
  void aListenerMayUseTheProviderFromAnotherThreadWhileTheOperationWaits() {
    CacheEntryCreatedListener<String, Integer> curious =
        events ->
            events.forEach(
                event -> {
                  Cache<?, ?> source = event.getSource();
                  CompletableFuture.runAsync(
                          () -> {
                            Cache<String, Integer> same =
                                source
                                    .getCacheManager()
                                    .getCachingProvider()
                                    .getCacheManager(source.getCacheManager().getURI(), null)
                                    .getCache(source.getName(), String.class, Integer.class);
                            assertThat(same.get(event.getKey())).isEqualTo(event.getValue());
                          })
                      .join();
                });
    Cache<String, Integer> cache =
        cache(
            0,
            typed()
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        () -> curious, null, false, true)));
    for (int i = 0; i < 20; i++) {
      cache.put("k" + i, i);
    }
    assertThat(cache).hasSize(20);
  }

  @Test
  void nothingIsMissedOrToldTwiceWhenMembersGo() throws Exception {
    Notes notes = new Notes();
    Cache<String, Integer> writing = cache(1, typed());
    cache(2, typed().addCacheEntryListenerConfiguration(listening(notes, true, false)));
    int rounds = 150;
    int keys = 10;
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int round = 1; round <= rounds; round++) {
                Map<String, Integer> all = new HashMap<>();
                for (int key = 0; key < keys; key++) {
                  all.put("k" + key, round);
                }
                writing.putAll(all);
                // However slow this machine is, the listener does not fall behind what is kept.
                int heard = (round - 20) * keys;
                Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> notes.total() >= heard);
              }
            });
    Awaitility.await().until(() -> notes.total() > 5 * keys);
    members.provider(0).close(); // hands over first
    writer.get(60, TimeUnit.SECONDS);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(notes.total()).isEqualTo(rounds * keys));
    List<String> expected = new ArrayList<>(List.of("CREATED >1"));
    for (int round = 2; round <= rounds; round++) {
      expected.add("UPDATED " + (round - 1) + ">" + round);
    }
    for (int key = 0; key < keys; key++) {
      assertThat(notes.of("k" + key)).isEqualTo(expected);
    }
  }

  @Test
  void noThreadOfListenersIsLeftWhenTheCacheIsClosed() {
    Notes notes = new Notes();
    Cache<String, Integer> cache =
        cache(0, typed().addCacheEntryListenerConfiguration(listening(notes, true, true)));
    cache.put("a", 1);
    assertThat(notes.of("a")).hasSize(1);
    cache.close();
    Awaitility.await()
        .until(
            () ->
                new HashSet<>(Thread.getAllStackTraces().keySet())
                    .stream().noneMatch(thread -> thread.getName().contains("listener-stock")));
  }
}
