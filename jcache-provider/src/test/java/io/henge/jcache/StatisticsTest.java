package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.management.CacheStatistics;
import io.henge.replication.node.statistics.CallStatistics;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Statistics and MXBeans of a cache; the cluster is in memory. */
class StatisticsTest {

  private static final URI HERE = URI.create("henge:statistics-test");

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final CacheManager manager = provider.getCacheManager(HERE, null, new Properties());

  @AfterEach
  void close() throws Exception {
    provider.close();
    assertThat(beans()).as("left behind").isEmpty();
  }

  private Set<ObjectName> beans() throws Exception {
    return server.queryNames(
        new ObjectName("javax.cache:*,CacheManager=henge.statistics-test"), null);
  }

  private static MutableConfiguration<String, Integer> typed() {
    return new MutableConfiguration<String, Integer>()
        .setTypes(String.class, Integer.class)
        .setStatisticsEnabled(true);
  }

  private CacheStatistics statistics(Cache<?, ?> cache) {
    return cache.unwrap(ClusteredCache.class).management().statistics();
  }

  /** Hits, misses, puts, removals. */
  private static List<Long> counts(CacheStatistics statistics) {
    return List.of(
        statistics.getCacheHits(),
        statistics.getCacheMisses(),
        statistics.getCachePuts(),
        statistics.getCacheRemovals());
  }

  record Setting(Integer value) implements EntryProcessor<String, Integer, Object>, Serializable {
    @Override
    public Object process(MutableEntry<String, Integer> entry, Object... arguments) {
      if (value == null) {
        entry.remove();
      } else {
        entry.setValue(value);
      }
      return null;
    }
  }

  record Failing() implements EntryProcessor<String, Integer, Object>, Serializable {
    @Override
    public Object process(MutableEntry<String, Integer> entry, Object... arguments) {
      entry.setValue(9);
      throw new IllegalStateException("not today");
    }
  }

  private static void failing(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(EntryProcessorException.class);
  }

  private static Arguments operation(
      String name, Consumer<Cache<String, Integer>> call, int... expected) {
    return Arguments.of(
        name,
        call,
        List.of((long) expected[0], (long) expected[1], (long) expected[2], (long) expected[3]));
  }

  /** On a cache with a = 1 and b = 2. */
  static Stream<Arguments> operations() {
    EntryProcessor<String, Integer, Object> local =
        (entry, arguments) -> new Setting((Integer) arguments[0]).process(entry);
    EntryProcessor<String, Integer, Object> nothing = (entry, arguments) -> null;
    return Stream.of(
        operation("get, there", cache -> cache.get("a"), 1, 0, 0, 0),
        operation("get, absent", cache -> cache.get("x"), 0, 1, 0, 0),
        operation("getAll", cache -> cache.getAll(Set.of("a", "b", "x")), 2, 1, 0, 0),
        operation("containsKey", cache -> cache.containsKey("a"), 0, 0, 0, 0),
        operation("put, new", cache -> cache.put("x", 3), 0, 0, 1, 0),
        operation("put, again", cache -> cache.put("a", 3), 0, 0, 1, 0),
        operation("putAll", cache -> cache.putAll(Map.of("a", 3, "x", 3)), 0, 0, 2, 0),
        operation("getAndPut, there", cache -> cache.getAndPut("a", 3), 1, 0, 1, 0),
        operation("getAndPut, absent", cache -> cache.getAndPut("x", 3), 0, 1, 1, 0),
        operation("putIfAbsent, there", cache -> cache.putIfAbsent("a", 3), 1, 0, 0, 0),
        operation("putIfAbsent, absent", cache -> cache.putIfAbsent("x", 3), 0, 1, 1, 0),
        operation("remove, there", cache -> cache.remove("a"), 0, 0, 0, 1),
        operation("remove, absent", cache -> cache.remove("x"), 0, 0, 0, 0),
        operation("remove, equal", cache -> cache.remove("a", 1), 1, 0, 0, 1),
        operation("remove, different", cache -> cache.remove("a", 7), 1, 0, 0, 0),
        operation("remove, nothing to compare", cache -> cache.remove("x", 7), 0, 1, 0, 0),
        operation("getAndRemove, there", cache -> cache.getAndRemove("a"), 1, 0, 0, 1),
        operation("getAndRemove, absent", cache -> cache.getAndRemove("x"), 0, 1, 0, 0),
        operation("replace, there", cache -> cache.replace("a", 3), 1, 0, 1, 0),
        operation("replace, absent", cache -> cache.replace("x", 3), 0, 1, 0, 0),
        operation("replace, equal", cache -> cache.replace("a", 1, 3), 1, 0, 1, 0),
        operation("replace, different", cache -> cache.replace("a", 7, 3), 1, 0, 0, 0),
        operation("replace, nothing to compare", cache -> cache.replace("x", 7, 3), 0, 1, 0, 0),
        operation("getAndReplace, there", cache -> cache.getAndReplace("a", 3), 1, 0, 1, 0),
        operation("getAndReplace, absent", cache -> cache.getAndReplace("x", 3), 0, 1, 0, 0),
        operation("removeAll of keys", cache -> cache.removeAll(Set.of("a", "x")), 0, 0, 0, 1),
        operation("removeAll", Cache::removeAll, 0, 0, 0, 2),
        operation("clear", Cache::clear, 0, 0, 0, 0),
        operation("iteration", cache -> cache.forEach(entry -> {}), 2, 0, 0, 0),
        operation(
            "iteration with removal",
            cache -> {
              for (Iterator<Cache.Entry<String, Integer>> i = cache.iterator(); i.hasNext(); ) {
                i.next();
                i.remove();
              }
            },
            2,
            0,
            0,
            2),
        operation("invoke, nothing", cache -> cache.invoke("a", nothing), 1, 0, 0, 0),
        operation("invoke, nothing there", cache -> cache.invoke("x", nothing), 0, 1, 0, 0),
        operation("invoke, set", cache -> cache.invoke("a", local, 3), 1, 0, 1, 0),
        operation("invoke, create", cache -> cache.invoke("x", local, 3), 0, 1, 1, 0),
        operation("invoke, remove", cache -> cache.invoke("a", local, (Object) null), 1, 0, 0, 1),
        operation(
            "invoke, remove absent", cache -> cache.invoke("x", local, (Object) null), 0, 1, 0, 0),
        operation(
            "invoke, failing",
            cache -> failing(() -> cache.invoke("a", new Failing())),
            1,
            0,
            0,
            0),
        operation(
            "invoke here, failing",
            cache ->
                failing(
                    () ->
                        cache.invoke(
                            "x", (entry, arguments) -> new Failing().process(entry, arguments))),
            0,
            1,
            0,
            0),
        operation("travelling, set", cache -> cache.invoke("a", new Setting(3)), 1, 0, 1, 0),
        operation("travelling, create", cache -> cache.invoke("x", new Setting(3)), 0, 1, 1, 0),
        operation("travelling, remove", cache -> cache.invoke("a", new Setting(null)), 1, 0, 0, 1),
        operation(
            "invokeAll", cache -> cache.invokeAll(Set.of("a", "x"), new Setting(3)), 1, 1, 2, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void eachOperationCountsAsTheSpecificationSays(
      String name, Consumer<Cache<String, Integer>> call, List<Long> expected) {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    cache.putAll(Map.of("a", 1, "b", 2));
    statistics(cache).clear();
    call.accept(cache);
    assertThat(counts(statistics(cache))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void anAskedPolicyDoesNotChangeTheCounts(
      String name, Consumer<Cache<String, Integer>> call, List<Long> expected) {
    Cache<String, Integer> cache =
        manager.createCache(
            "orders", typed().setExpiryPolicyFactory(() -> living(Duration.ONE_DAY)));
    cache.putAll(Map.of("a", 1, "b", 2));
    statistics(cache).clear();
    call.accept(cache);
    assertThat(counts(statistics(cache))).isEqualTo(expected);
  }

  private static ExpiryPolicy living(Duration duration) {
    return new ExpiryPolicy() {
      @Override
      public Duration getExpiryForCreation() {
        return duration;
      }

      @Override
      public Duration getExpiryForAccess() {
        return null;
      }

      @Override
      public Duration getExpiryForUpdate() {
        return null;
      }
    };
  }

  @Test
  void whatNeverCameToBeIsNoPut() {
    for (ExpiryPolicy policy :
        List.of(living(Duration.ZERO), new CreatedExpiryPolicy(Duration.ZERO))) {
      String name = policy.getClass().getSimpleName();
      Cache<String, Integer> cache =
          manager.createCache("none" + name, typed().setExpiryPolicyFactory(() -> policy));
      cache.put("a", 1);
      cache.putAll(Map.of("b", 1, "c", 1));
      cache.invoke("d", new Setting(1));
      cache.getAndPut("e", 1);
      assertThat(statistics(cache).getCachePuts()).as(name).isZero();
      cache.unwrap(ClusteredCache.class).close();
    }
  }

  @Test
  void nothingIsCountedUntilItIsSwitchedOn() {
    Cache<String, Integer> cache =
        manager.createCache("orders", typed().setStatisticsEnabled(false));
    cache.put("a", 1);
    cache.get("a");
    assertThat(counts(statistics(cache))).containsOnly(0L);
    manager.enableStatistics("orders", true);
    cache.get("a");
    assertThat(counts(statistics(cache))).isEqualTo(List.of(1L, 0L, 0L, 0L));
    manager.enableStatistics("orders", false);
    cache.get("a");
    assertThat(counts(statistics(cache))).isEqualTo(List.of(1L, 0L, 0L, 0L));
  }

  @Test
  void timesAreMeansOfWhatWasCounted() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    CacheStatistics statistics = statistics(cache);
    assertThat(statistics.getAverageGetTime()).isZero();
    long start = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(10);
    statistics.read(true, start);
    statistics.readMany(3, 4, start);
    assertThat(statistics.getCacheGets()).isEqualTo(8);
    assertThat(statistics.getAverageGetTime()).isGreaterThanOrEqualTo(2 * 10_000f / 8);
    assertThat(statistics.getCacheHitPercentage()).isEqualTo(50f);
    statistics.clear();
    assertThat(statistics.getAverageGetTime()).isZero();
    assertThat(statistics.getCacheHitPercentage()).isZero();
  }

  @Test
  void evictionsAreThoseOfThisMemberWhileTheyAreCounted() {
    FakeEngine engine = cluster.members.get(0);
    engine.evictions = 5;
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    CacheStatistics statistics = statistics(cache);
    assertThat(statistics.getCacheEvictions()).as("before it was opened").isZero();
    engine.evictions = 12;
    assertThat(statistics.getCacheEvictions()).isEqualTo(7);
    engine.evictions = 3;
    assertThat(statistics.getCacheEvictions()).as("the engine began again").isEqualTo(10);
    manager.enableStatistics("orders", false);
    engine.evictions = 100;
    manager.enableStatistics("orders", true);
    engine.evictions = 101;
    assertThat(statistics.getCacheEvictions()).isEqualTo(11);
    statistics.clear();
    assertThat(statistics.getCacheEvictions()).isZero();
  }

  @Test
  void everyOperationOnOneKeyIsTimedAndThoseOnManyCountForTheMean() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    cache.put("a", 1);
    cache.getAndPut("a", 2);
    cache.putAll(Map.of("b", 1, "c", 1));
    cache.invokeAll(Set.of("a", "b", "c"), new Setting(3));
    cache.getAndRemove("c");
    cache.removeAll(Set.of("a", "b"));
    cache.remove("a");
    CallStatistics calls = cluster.members.get(0).counters.values().iterator().next().get();
    assertThat(calls.enabled()).isTrue();
    assertThat(calls.puts()).isEqualTo(7);
    assertThat(calls.put().calls()).isEqualTo(2);
    assertThat(calls.put().percentile(0.99)).isPositive();
    assertThat(calls.put().average()).isPositive();
    assertThat(calls.hits()).isEqualTo(5);
    assertThat(calls.get().calls()).isEqualTo(2);
    assertThat(calls.removals()).isEqualTo(3);
    assertThat(calls.remove().calls()).isEqualTo(1);
  }

  @Test
  void aClosedCacheIsNotAskedForItsFiguresAnyMore() {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    assertThat(cluster.members.get(0).counters).hasSize(1);
    cache.close();
    assertThat(cluster.members.get(0).counters).isEmpty();
  }

  @Test
  void manyThreadsAreCountedExactly() throws Exception {
    Cache<String, Integer> cache = manager.createCache("orders", typed());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String key = "key-" + thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 250; i++) {
                    cache.get(key);
                    cache.put(key, i);
                    cache.remove(key);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(counts(statistics(cache))).isEqualTo(List.of(0L, 1000L, 1000L, 1000L));
  }

  @Test
  void beansComeAndGoWithWhatIsEnabledAndWithTheCache() throws Exception {
    manager.createCache("a:b=c,d", typed().setManagementEnabled(true));
    ObjectName statistics =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager=henge.statistics-test,Cache=a.b.c.d");
    ObjectName configuration =
        new ObjectName(
            "javax.cache:type=CacheConfiguration,CacheManager=henge.statistics-test,Cache=a.b.c.d");
    assertThat(beans()).containsExactlyInAnyOrder(statistics, configuration);
    assertThat(server.getAttribute(configuration, "StatisticsEnabled")).isEqualTo(true);
    manager.enableStatistics("a:b=c,d", true);
    manager.enableStatistics("a:b=c,d", false);
    assertThat(beans()).containsOnly(configuration);
    assertThat(server.getAttribute(configuration, "StatisticsEnabled")).isEqualTo(false);
    manager.enableManagement("a:b=c,d", false);
    assertThat(beans()).isEmpty();
    manager.enableManagement("a:b=c,d", true);
    manager.enableStatistics("a:b=c,d", true);
    manager.getCache("a:b=c,d").close();
    assertThat(beans()).isEmpty();
    manager.createCache("again", typed().setManagementEnabled(true));
    manager.destroyCache("again");
    assertThat(beans()).isEmpty();
  }

  @Test
  void anotherApplicationsBeanOfTheSameNameStays() throws Exception {
    manager.createCache("orders", typed());
    HengeCachingProvider other = new HengeCachingProvider(new FakeCluster().starter());
    Cache<String, Integer> second =
        other.getCacheManager(HERE, null, new Properties()).createCache("orders", typed());
    second.put("a", 1);
    assertThat(statistics(second).getCachePuts()).isEqualTo(1);
    other.close();
    assertThat(beans()).hasSize(1);
    assertThat(server.getAttribute(beans().iterator().next(), "CachePuts")).isEqualTo(0L);
  }

  @Test
  void aCacheThatIsNotThereCannotBeManaged() {
    assertThatThrownBy(() -> manager.enableStatistics("none", true))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("none");
  }
}
