package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two members in this process and one in another, which dies while the store is at work. */
class StoreFailoverIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String VICTIM = "victim";
  private static final String CACHE = "orders";
  private static final int CANDIDATES = 400;

  private final Map<String, String> settings = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RealMembers members;
  private Process victim;

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    Path runDirectory = Files.createDirectory(directory.resolve("run"));
    settings.put("henge.cluster.name", "store-failover-" + UUID.randomUUID());
    settings.put("henge.transport.bind-port", Integer.toString(freePort()));
    settings.put("henge.run-dir", runDirectory.toString());
    settings.put("henge.cluster.partitions", "32");
    settings.put("henge.operation-timeout", "60s");
    settings.put("henge.drain-timeout", "0s"); // nobody needs the entries afterwards
    members = new RealMembers("store-failover", 2, settings);
    members.start(runDirectory);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    if (victim != null) {
      victim.destroyForcibly();
    }
    members.close();
  }

  private void startVictim(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dhenge.node.name=" + VICTIM));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Victim.class.getName());
    command.addAll(List.of(arguments));
    victim =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private static MutableConfiguration<String, Integer> over(Store store) {
    return new MutableConfiguration<String, Integer>()
        .setTypes(String.class, Integer.class)
        .setReadThrough(true)
        .setWriteThrough(true)
        .setCacheLoaderFactory(() -> store)
        .setCacheWriterFactory(() -> store);
  }

  /** A member of its own process; told a key, it writes that and dies before the cache has it. */
  static final class Victim {
    public static void main(String[] arguments) throws InterruptedException {
      CacheManager manager =
          new HengeCachingProvider().getCacheManager(null, null, new Properties());
      manager.createCache("ready", new MutableConfiguration<>());
      if (arguments.length == 2) {
        Store store = new Store(Path.of(arguments[0]));
        store.afterWrite = () -> Runtime.getRuntime().halt(1);
        manager.createCache(CACHE, over(store)).put(arguments[1], 7);
      }
      Thread.currentThread().join();
    }
  }

  /** A store of files, so that processes share it; it counts what it is told. */
  private static final class Store
      implements CacheLoader<String, Integer>, CacheWriter<String, Integer> {

    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Path rows;

    /** Runs at the end of each call. */
    volatile Runnable afterLoad = () -> {};

    volatile Runnable afterWrite = () -> {};

    Store(Path rows) {
      this.rows = rows;
    }

    Map<String, Integer> content() throws IOException {
      Map<String, Integer> content = new HashMap<>();
      try (var files = Files.list(rows)) {
        for (Path file : files.toList()) {
          content.put(file.getFileName().toString(), read(file));
        }
      }
      return content;
    }

    int callsOn(String key) {
      return calls.getOrDefault(key, new AtomicInteger()).get();
    }

    private void called(String key) {
      calls.computeIfAbsent(key, missing -> new AtomicInteger()).incrementAndGet();
    }

    private static Integer read(Path file) {
      try {
        return Files.exists(file) ? Integer.valueOf(Files.readString(file)) : null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void set(String key, Integer value) {
      try {
        if (value == null) {
          Files.deleteIfExists(rows.resolve(key));
        } else {
          Files.writeString(rows.resolve(key), value.toString());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Integer load(String key) {
      called(key);
      Integer value = read(rows.resolve(key));
      afterLoad.run();
      return value;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      Map<String, Integer> found = new HashMap<>();
      for (String key : keys) {
        called(key);
        found.put(key, read(rows.resolve(key)));
      }
      afterLoad.run();
      return found;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
      called(entry.getKey());
      set(entry.getKey(), entry.getValue());
      afterWrite.run();
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      for (Cache.Entry<? extends String, ? extends Integer> entry : entries) {
        called(entry.getKey());
        set(entry.getKey(), entry.getValue());
      }
      entries.clear();
      afterWrite.run();
    }

    @Override
    public void delete(Object key) {
      called((String) key);
      set((String) key, null);
      afterWrite.run();
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (Object key : keys) {
        called((String) key);
        set((String) key, null);
      }
      keys.clear();
      afterWrite.run();
    }
  }

  @SuppressWarnings("unchecked") // the class has parameters
  private static HengeCache<String, Integer> extended(Cache<String, Integer> cache) {
    return cache.unwrap(HengeCache.class);
  }

  /** Keys whose entries the victim leads and another member has a copy of. */
  private static List<String> keysOfTheVictim(Cache<String, Integer> cache, int count) {
    List<String> led = new ArrayList<>();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              led.clear();
              HengeCache<String, Integer> henge = extended(cache);
              for (int i = 0; i < CANDIDATES; i++) {
                KeyHolders holders = henge.locate("key-" + i);
                if (holders.primary().equals(VICTIM) && !holders.backups().isEmpty()) {
                  led.add("key-" + i);
                }
              }
              return led.size() >= count;
            });
    return led;
  }

  /** An operation whose store call is under way when the victim dies. */
  private record Pending(String key, Future<?> end) {}

  @Test
  void operationsWhosePrimaryDiesWhileTheStoreIsAtWorkAreDoneOnce() throws Exception {
    Store store = new Store(Files.createDirectory(directory.resolve("rows")));
    List<Cache<String, Integer>> caches = members.open(CACHE, over(store));
    Cache<String, Integer> cache = caches.get(0);
    startVictim();
    List<String> keys = keysOfTheVictim(cache, 32);
    for (String key : keys.subList(16, 26)) {
      cache.put(key, 0);
    }
    for (String key : keys.subList(26, 32)) {
      store.set(key, 5);
    }
    store.calls.clear();

    Map<String, Callable<?>> operations = new LinkedHashMap<>();
    operations.put(keys.get(0), () -> put(cache, keys.get(0)));
    operations.put(keys.get(1), () -> cache.getAndPut(keys.get(1), 1));
    operations.put(keys.get(2), () -> cache.putIfAbsent(keys.get(2), 1));
    operations.put(keys.get(3), () -> increment(cache, keys.get(3)));
    operations.put(keys.get(4), () -> putAll(cache, keys.subList(4, 7)));
    operations.put(keys.get(16), () -> cache.replace(keys.get(16), 1));
    operations.put(keys.get(17), () -> cache.replace(keys.get(17), 0, 1));
    operations.put(keys.get(18), () -> cache.getAndReplace(keys.get(18), 1));
    operations.put(keys.get(19), () -> cache.remove(keys.get(19)));
    operations.put(keys.get(20), () -> cache.remove(keys.get(20), 0));
    operations.put(keys.get(21), () -> cache.getAndRemove(keys.get(21)));
    operations.put(keys.get(22), () -> increment(cache, keys.get(22)));
    operations.put(keys.get(23), () -> removeAll(cache, keys.subList(23, 26)));
    operations.put(keys.get(26), () -> cache.get(keys.get(26)));
    operations.put(keys.get(27), () -> cache.getAll(Set.copyOf(keys.subList(27, 29))));
    operations.put(keys.get(29), () -> loadAll(cache, Set.copyOf(keys.subList(29, 32))));
    CountDownLatch underWay = new CountDownLatch(operations.size());
    CountDownLatch dead = new CountDownLatch(1);
    store.afterWrite = () -> meet(underWay, dead);
    store.afterLoad = store.afterWrite;
    List<Pending> pending = new ArrayList<>();
    operations.forEach(
        (key, operation) -> pending.add(new Pending(key, threads.submit(operation))));
    assertThat(underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    victim.destroyForcibly().waitFor();
    dead.countDown();
    assertAllSucceed(pending);

    assertThat(content(caches.get(1))).isEqualTo(store.content());
    for (String key : store.calls.keySet()) {
      assertThat(store.callsOn(key)).as(key).isEqualTo(1);
    }
    assertThat(store.content()).containsEntry(keys.get(3), 1).containsEntry(keys.get(22), 1);
    assertThat(store.content()).doesNotContainKeys(keys.get(19), keys.get(23));
  }

  @Test
  void writesThatQueueBehindOneWhosePrimaryDiesAreNotLost() throws Exception {
    Store store = new Store(Files.createDirectory(directory.resolve("rows")));
    List<Cache<String, Integer>> caches = members.open(CACHE, over(store));
    startVictim();
    Set<String> keys = new LinkedHashSet<>(keysOfTheVictim(caches.get(0), 8).subList(0, 8));
    CountDownLatch underWay = new CountDownLatch(keys.size());
    CountDownLatch dead = new CountDownLatch(1);
    store.afterWrite = () -> meet(underWay, dead);
    List<Pending> pending = new ArrayList<>();
    for (String key : keys) {
      pending.add(new Pending(key, threads.submit(() -> increment(caches.get(0), key))));
    }
    assertThat(underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    for (String key : keys) {
      for (Cache<String, Integer> cache : caches) {
        pending.add(new Pending(key, threads.submit(() -> increment(cache, key))));
      }
    }
    victim.destroyForcibly().waitFor();
    dead.countDown();
    assertAllSucceed(pending);

    assertThat(content(caches.get(1))).isEqualTo(store.content());
    for (String key : keys) {
      assertThat(store.content()).containsEntry(key, 3);
      // once each; the first one again if another came between
      assertThat(store.callsOn(key)).as(key).isBetween(3, 4);
    }
  }

  @Test
  void aCallerThatDiesBetweenTheStoreAndTheCacheHoldsNobodyUp() throws Exception {
    Store store = new Store(Files.createDirectory(directory.resolve("rows")));
    List<Cache<String, Integer>> caches = members.open(CACHE, over(store));
    startVictim(directory.resolve("rows").toString(), "order");
    assertThat(victim.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(caches.get(1).containsKey("order")).isFalse();
    assertThat(store.content()).containsEntry("order", 7);
    assertThat(caches.get(0).get("order")).as("loaded").isEqualTo(7);
    assertThat(increment(caches.get(1), "order")).isEqualTo(8);
    assertThat(content(caches.get(0))).isEqualTo(store.content());
  }

  private static void assertAllSucceed(List<Pending> pending) {
    for (Pending each : pending) {
      assertThat(each.end())
          .as(each.key())
          .succeedsWithin(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void meet(CountDownLatch underWay, CountDownLatch dead) {
    underWay.countDown();
    try {
      dead.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Integer> content(Cache<String, Integer> cache) {
    Map<String, Integer> content = new HashMap<>();
    cache.forEach(entry -> content.put(entry.getKey(), entry.getValue()));
    return content;
  }

  private static Object put(Cache<String, Integer> cache, String key) {
    cache.put(key, 1);
    return null;
  }

  private static Object putAll(Cache<String, Integer> cache, List<String> keys) {
    Map<String, Integer> entries = new HashMap<>();
    keys.forEach(key -> entries.put(key, 1));
    cache.putAll(entries);
    return null;
  }

  private static Object removeAll(Cache<String, Integer> cache, List<String> keys) {
    cache.removeAll(Set.copyOf(keys));
    return null;
  }

  private static Object loadAll(Cache<String, Integer> cache, Set<String> keys) throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, false, done);
    return done.get();
  }

  private static Integer increment(Cache<String, Integer> cache, String key) {
    return cache.invoke(
        key,
        (entry, arguments) -> {
          entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
          return entry.getValue();
        });
  }
}
