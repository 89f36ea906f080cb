package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.Lifetimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.integration.CompletionListenerFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadThroughTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final Store store = new Store();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Behind the cache; counts what is loaded. */
  private static final class Store implements CacheLoader<String, List<String>>, AutoCloseable {
    final Map<String, List<String>> rows = new ConcurrentHashMap<>();
    final List<String> loads = new CopyOnWriteArrayList<>();
    volatile Function<String, List<String>> answer = rows::get;
    volatile boolean closed;

    @Override
    public List<String> load(String key) {
      loads.add(key);
      return answer.apply(key);
    }

    @Override
    public Map<String, List<String>> loadAll(Iterable<? extends String> keys) {
      List<String> asked = new ArrayList<>();
      keys.forEach(asked::add);
      loads.add(asked.stream().sorted().toList().toString());
      Map<String, List<String>> found = new HashMap<>();
      asked.forEach(key -> found.put(key, answer.apply(key)));
      found.put("unasked", List.of("unasked"));
      return found;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    provider.close();
  }

  @SuppressWarnings("unchecked") // a list of strings has no other class
  private MutableConfiguration<String, List<String>> configuration() {
    return new MutableConfiguration<String, List<String>>()
        .setTypes(String.class, (Class<List<String>>) (Class<?>) List.class)
        .setCacheLoaderFactory(() -> store);
  }

  private Cache<String, List<String>> open() {
    return open(configuration().setReadThrough(true));
  }

  private Cache<String, List<String>> open(MutableConfiguration<String, List<String>> as) {
    return provider.getCacheManager().createCache("orders", as);
  }

  @Test
  void aMissIsLoadedOnceAndStored() {
    Cache<String, List<String>> cache = open();
    store.rows.put("a", List.of("1"));
    assertThat(cache.get("a")).containsExactly("1");
    store.rows.put("a", List.of("2"));
    assertThat(cache.get("a")).containsExactly("1");
    assertThat(cache.containsKey("b")).isFalse();
    assertThat(cache.get("b")).isNull();
    assertThat(store.loads).containsExactly("a", "b");
    assertThat(cluster.outcomes).contains("SET " + Lifetimes.ETERNAL);
  }

  @Test
  void whatWasLoadedIsACopy() {
    Cache<String, List<String>> cache = open();
    List<String> row = new ArrayList<>(List.of("1"));
    store.rows.put("a", row);
    cache.get("a").add("changed by the reader");
    row.add("changed by the store");
    assertThat(cache.get("a")).containsExactly("1");
  }

  @Test
  void withoutReadThroughReadsDoNotLoad() {
    Cache<String, List<String>> cache = open(configuration());
    store.rows.put("a", List.of("1"));
    assertThat(cache.get("a")).isNull();
    assertThat(cache.getAll(Set.of("a"))).isEmpty();
    assertThat(cache.<Boolean>invoke("a", (entry, arguments) -> entry.getValue() == null)).isTrue();
    assertThat(store.loads).isEmpty();
  }

  @Test
  void getAllLoadsWhatIsMissingInBatchesAndStoresWhatWasAskedForOnly() {
    Cache<String, List<String>> cache = open();
    cache.put("a", List.of("0"));
    store.rows.putAll(Map.of("b", List.of("1"), "c", List.of("2")));
    assertThat(cache.getAll(Set.of("a", "b", "c", "d")))
        .isEqualTo(Map.of("a", List.of("0"), "b", List.of("1"), "c", List.of("2")));
    assertThat(String.join("", store.loads)).contains("b", "c", "d").doesNotContain("a");
    assertThat(cache.containsKey("c")).isTrue();
    assertThat(cache.containsKey("unasked")).isFalse();
  }

  @Test
  void anEntryThatExpiresAtOnceIsAnsweredButNotStored() {
    Cache<String, List<String>> cache =
        open(
            configuration()
                .setReadThrough(true)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO)));
    store.rows.put("a", List.of("1"));
    assertThat(cache.get("a")).containsExactly("1");
    assertThat(cluster.outcomes).containsExactly("SET 0");
  }

  @Test
  void aFailureOfTheLoaderReachesTheCallerAndNothingIsStored() {
    Cache<String, List<String>> cache = open();
    IllegalStateException failure = new IllegalStateException("the database is down");
    store.answer =
        key -> {
          throw failure;
        };
    assertThatThrownBy(() -> cache.get("a"))
        .isInstanceOf(CacheLoaderException.class)
        .hasMessageContaining("orders")
        .hasCause(failure);
    assertThatThrownBy(() -> cache.getAll(Set.of("a", "b"))).hasCause(failure);
    CacheLoaderException own = new CacheLoaderException("as it should be");
    store.answer =
        key -> {
          throw own;
        };
    assertThatThrownBy(() -> cache.get("a")).isSameAs(own);
    store.answer = key -> List.of("1");
    assertThat(cache.get("a")).containsExactly("1");
  }

  @Test
  void aLoadedValueOfAnotherTypeIsRefused() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // what a loader may do by mistake
    Function<String, List<String>> wrong = (Function) (Function<String, Integer>) key -> 5;
    store.answer = wrong;
    assertThatThrownBy(() -> open().get("a"))
        .isInstanceOf(CacheLoaderException.class)
        .hasCauseInstanceOf(ClassCastException.class);
  }

  @Test
  void callersThatMissOneKeyShareOneLoad() throws Exception {
    Cache<String, List<String>> cache = open();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    store.answer =
        key -> {
          loading.countDown();
          await(go);
          return List.of("1");
        };
    List<Future<List<String>>> callers = new ArrayList<>();
    callers.add(threads.submit(() -> cache.get("a")));
    await(loading);
    List<Thread> waiting = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 10; i++) {
      callers.add(
          threads.submit(
              () -> {
                waiting.add(Thread.currentThread());
                return cache.getAll(Set.of("a")).get("a");
              }));
    }
    Awaitility.await()
        .until(
            () ->
                waiting.size() == 10
                    && waiting.stream()
                        .allMatch(
                            thread ->
                                Arrays.toString(thread.getStackTrace())
                                    .contains("integration.Load.await")));
    go.countDown();
    for (Future<List<String>> caller : callers) {
      assertThat(caller.get(10, TimeUnit.SECONDS)).containsExactly("1");
    }
    assertThat(store.loads).containsExactly("a");
    assertThat(cluster.calls).containsOnlyOnce("invokeAllHere");
  }

  @Test
  void theFailureOfASharedLoadReachesAllThatWait() throws Exception {
    Cache<String, List<String>> cache = open();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    store.answer =
        key -> {
          loading.countDown();
          await(go);
          throw new IllegalStateException("the database is down");
        };
    Future<List<String>> first = threads.submit(() -> cache.get("a"));
    await(loading);
    int before = cluster.calls.size();
    Future<List<String>> second = threads.submit(() -> cache.get("a"));
    Awaitility.await().until(() -> cluster.calls.size() > before);
    go.countDown();
    for (Future<List<String>> caller : List.of(first, second)) {
      assertThatThrownBy(() -> caller.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(CacheLoaderException.class)
          .hasMessageContaining("the database is down")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(store.loads.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void aLoaderThatReadsItsOwnKeyThroughTheCacheIsToldSo() {
    Cache<String, List<String>> cache = open();
    store.answer = cache::get;
    assertThatThrownBy(() -> cache.get("a"))
        .isInstanceOf(CacheLoaderException.class)
        .hasMessageContaining("reads through the cache");
  }

  @Test
  void processorsLoadWhatTheyReadAndStoreIt() {
    Cache<String, List<String>> cache = open();
    store.rows.put("a", List.of("1"));
    List<String> read = cache.invoke("a", (entry, arguments) -> entry.getValue());
    assertThat(read).containsExactly("1");
    assertThat(cache.containsKey("a")).isTrue();
    assertThat(cache.<Boolean>invoke("b", (entry, arguments) -> entry.exists())).isFalse();
    cache.invoke(
        "c",
        (entry, arguments) -> {
          entry.setValue(List.of("set"));
          return entry.getValue();
        });
    assertThat(store.loads).containsExactly("a");
  }

  @Test
  void aProcessorThatRemovesWhatItLoadedLeavesNothing() {
    Cache<String, List<String>> cache = open();
    store.rows.put("a", List.of("1"));
    boolean there =
        cache.invoke(
            "a",
            (entry, arguments) -> {
              boolean loaded = entry.getValue() != null && entry.exists();
              entry.remove();
              return loaded && !entry.exists() && entry.getValue() == null;
            });
    assertThat(there).isTrue();
    assertThat(cluster.outcomes).containsExactly("NONE " + Lifetimes.UNCHANGED);
  }

  @Test
  void loadAllSkipsOrReplacesWhatIsThere() throws Exception {
    Cache<String, List<String>> cache = open(configuration());
    cache.put("a", List.of("0"));
    store.rows.putAll(Map.of("a", List.of("1"), "b", List.of("1")));
    loadAll(cache, false).get();
    assertThat(cache.get("a")).containsExactly("0");
    assertThat(cache.get("b")).containsExactly("1");
    store.rows.put("b", List.of("2"));
    loadAll(cache, true).get();
    assertThat(cache.getAll(Set.of("a", "b", "unasked")))
        .isEqualTo(Map.of("a", List.of("1"), "b", List.of("2")));
    assertThat(store.loads).containsExactly("[b]", "[a, b]");
  }

  private static CompletionListenerFuture loadAll(
      Cache<String, List<String>> cache, boolean replace) {
    CompletionListenerFuture end = new CompletionListenerFuture();
    cache.loadAll(Set.of("a", "b"), replace, end);
    return end;
  }

  @Test
  void loadAllTellsItsListenerOfFailuresAndNobodyElse() {
    Cache<String, List<String>> cache = open(configuration());
    store.answer =
        key -> {
          throw new NoClassDefFoundError("org/example/Driver");
        };
    assertThatThrownBy(() -> loadAll(cache, true).get())
        .isInstanceOf(ExecutionException.class)
        .rootCause()
        .isInstanceOf(NoClassDefFoundError.class);
    store.answer =
        key -> {
          throw new IllegalStateException("the database is down");
        };
    assertThatThrownBy(() -> loadAll(cache, true).get())
        .cause()
        .isInstanceOf(CacheLoaderException.class);
    cache.loadAll(Set.of("a"), true, null);
    // The thread of the first load, which ends by its Error, may be late.
    Awaitility.await().dontCatchUncaughtExceptions().until(() -> store.loads.size() == 3);
  }

  @Test
  void loadAllRunsOnAThreadWithTheApplicationsLoader() throws Exception {
    Cache<String, List<String>> cache = open(configuration());
    List<Object> seen = new CopyOnWriteArrayList<>();
    store.answer =
        key -> {
          seen.add(Thread.currentThread().getContextClassLoader());
          seen.add(Thread.currentThread());
          return null;
        };
    loadAll(cache, true).get();
    assertThat(seen)
        .contains(cache.getCacheManager().getClassLoader())
        .doesNotContain(Thread.currentThread());
  }

  @Test
  void closingTheCacheClosesTheLoaderAndEndsLoads() {
    Cache<String, List<String>> cache = open(configuration());
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(4);
    store.answer =
        key -> {
          begun.countDown();
          await(never);
          return null;
        };
    List<CompletionListenerFuture> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      CompletionListenerFuture end = new CompletionListenerFuture();
      cache.loadAll(Set.of("key" + i), true, end);
      calls.add(end);
    }
    cache.close();
    for (CompletionListenerFuture call : calls) {
      assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
    assertThat(store.closed).isTrue();
  }

  @Test
  void withoutALoaderLoadAllIsDoneAtOnce() {
    Cache<String, List<String>> cache = open(configuration().setCacheLoaderFactory(null));
    CompletionListenerFuture end = new CompletionListenerFuture();
    cache.loadAll(Set.of("a"), true, end);
    assertThat(end.isDone()).isTrue();
    cache.loadAll(Set.of("a"), true, (CompletionListener) null);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
