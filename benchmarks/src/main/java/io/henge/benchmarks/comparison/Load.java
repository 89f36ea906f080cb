package io.henge.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * A closed loop: some threads of this process, each with one operation under way. Keys are drawn
 * evenly from those that were filled in; a key that is missing counts as a miss, an operation that
 * throws as an error. Used by one thread; reused, so that the threads are warm.
 */
final class Load implements AutoCloseable {

  private static final int VALUES = 64;
  private static final int MIXED_WRITES_PERCENT = 10;

  /** What one thread did. */
  private static final class Tally {
    private final Latencies latencies = new Latencies();
    private long errors;
    private long misses;
    private long longestGap;
    private String firstError;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String[] keys;
  private final byte[][] values;
  private final Turn turn = new Turn();

  Load(int keyCount, int valueBytes) {
    keys = new String[keyCount];
    for (int i = 0; i < keyCount; i++) {
      keys[i] = key(i);
    }
    values = new byte[VALUES][valueBytes];
    for (byte[] value : values) {
      ThreadLocalRandom.current().nextBytes(value);
    }
  }

  /** The key of a number. */
  static String key(int number) {
    return "key-" + number;
  }

  /** Does {@code count} operations per thread. */
  Measured operations(
      Cache<String, byte[]> cache, Operation operation, int threadCount, int count) {
    return run(cache, operation, threadCount, count, Long.MAX_VALUE);
  }

  /** Goes on for some milliseconds. */
  Measured time(Cache<String, byte[]> cache, Operation operation, int threadCount, long millis) {
    return run(
        cache,
        operation,
        threadCount,
        Integer.MAX_VALUE,
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Measured run(
      Cache<String, byte[]> cache, Operation operation, int threadCount, int count, long until) {
    ProcessUse before = ProcessUse.now();
    long start = System.nanoTime();
    List<CompletableFuture<Tally>> running = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      running.add(
          CompletableFuture.supplyAsync(() -> loop(cache, operation, count, until), threads));
    }
    Tally all = new Tally();
    for (CompletableFuture<Tally> each : running) {
      Tally one = each.join();
      all.latencies.add(one.latencies);
      all.errors += one.errors;
      all.misses += one.misses;
      all.longestGap = Math.max(all.longestGap, one.longestGap);
      all.firstError = all.firstError == null ? one.firstError : all.firstError;
    }
    if (threadCount == 0) {
      idleUntil(until);
    }
    long nanos = System.nanoTime() - start;
    return new Measured(
        nanos,
        all.errors,
        all.misses,
        all.longestGap,
        ProcessUse.now().since(before),
        all.latencies,
        all.firstError == null ? "-" : all.firstError);
  }

  private static void idleUntil(long until) {
    CompletableFuture<Void> never = new CompletableFuture<>();
    never
        .completeOnTimeout(null, Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)
        .join();
  }

  private Tally loop(Cache<String, byte[]> cache, Operation operation, int count, long until) {
    Tally tally = new Tally();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long begun = System.nanoTime();
    long answered = begun;
    for (int i = 0; i < count && begun - until < 0; i++) {
      try {
        if (!once(cache, operation, random)) {
          tally.misses++;
        }
        long now = System.nanoTime();
        tally.latencies.record(now - begun);
        tally.longestGap = Math.max(tally.longestGap, now - answered);
        answered = now;
        begun = now;
      } catch (CacheException | IllegalStateException e) {
        tally.errors++;
        tally.firstError = tally.firstError == null ? e.toString() : tally.firstError;
        begun = System.nanoTime();
      }
    }
    tally.longestGap = Math.max(tally.longestGap, System.nanoTime() - answered);
    return tally;
  }

  /** Returns whether the key was there. */
  private boolean once(Cache<String, byte[]> cache, Operation operation, ThreadLocalRandom random) {
    String key = keys[random.nextInt(keys.length)];
    return switch (operation) {
      case GET -> cache.get(key) != null;
      case PUT -> put(cache, key, random);
      case MIXED ->
          random.nextInt(100) < MIXED_WRITES_PERCENT
              ? put(cache, key, random)
              : cache.get(key) != null;
      case INVOKE -> cache.invoke(key, turn) != null;
    };
  }

  private boolean put(Cache<String, byte[]> cache, String key, ThreadLocalRandom random) {
    cache.put(key, values[random.nextInt(VALUES)]);
    return true;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
