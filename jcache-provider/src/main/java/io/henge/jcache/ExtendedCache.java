package io.henge.jcache;

import static java.util.Objects.requireNonNull;

import io.henge.jcache.processor.LifetimeProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/**
 * What Henge adds to one cache, by way of the cache's own operations, so that all that belongs to
 * these happens.
 *
 * @param counter counts the entries
 * @param locator finds the members that hold a key
 */
record ExtendedCache<K, V>(
    Cache<K, V> cache,
    AsynchronousCalls calls,
    LongSupplier counter,
    Function<K, KeyHolders> locator)
    implements HengeCache<K, V> {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  @Override
  public long size() {
    return counter.getAsLong();
  }

  @Override
  public KeyHolders locate(K key) {
    return locator.apply(key);
  }

  @Override
  public void put(K key, V value, Duration lifetime) {
    requireNonNull(value, "the value may not be null");
    cache.invoke(key, LifetimeProcessor.put(nanos(lifetime)), value);
  }

  @Override
  public boolean putIfAbsent(K key, V value, Duration lifetime) {
    requireNonNull(value, "the value may not be null");
    return cache.invoke(key, LifetimeProcessor.putIfAbsent(nanos(lifetime)), value);
  }

  @Override
  public boolean expireAfter(K key, Duration lifetime) {
    return cache.invoke(key, LifetimeProcessor.expire(nanos(lifetime)));
  }

  private static long nanos(Duration lifetime) {
    if (lifetime.toMillis() < 1 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "An entry cannot live for " + lifetime + "; allowed is from 1 ms to 100 years");
    }
    return lifetime.toNanos();
  }

  @Override
  public CompletionStage<V> getAsync(K key) {
    return calls.call(() -> cache.get(key));
  }

  @Override
  public CompletionStage<Map<K, V>> getAllAsync(Set<? extends K> keys) {
    return calls.call(() -> cache.getAll(keys));
  }

  @Override
  public CompletionStage<Boolean> containsKeyAsync(K key) {
    return calls.call(() -> cache.containsKey(key));
  }

  @Override
  public CompletionStage<Void> putAsync(K key, V value) {
    return calls.run(() -> cache.put(key, value));
  }

  @Override
  public CompletionStage<Void> putAsync(K key, V value, Duration lifetime) {
    return calls.run(() -> put(key, value, lifetime));
  }

  @Override
  public CompletionStage<V> getAndPutAsync(K key, V value) {
    return calls.call(() -> cache.getAndPut(key, value));
  }

  @Override
  public CompletionStage<Void> putAllAsync(Map<? extends K, ? extends V> entries) {
    return calls.run(() -> cache.putAll(entries));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsentAsync(K key, V value) {
    return calls.call(() -> cache.putIfAbsent(key, value));
  }

  @Override
  public CompletionStage<Boolean> removeAsync(K key) {
    return calls.call(() -> cache.remove(key));
  }

  @Override
  public CompletionStage<Boolean> removeAsync(K key, V oldValue) {
    return calls.call(() -> cache.remove(key, oldValue));
  }

  @Override
  public CompletionStage<V> getAndRemoveAsync(K key) {
    return calls.call(() -> cache.getAndRemove(key));
  }

  @Override
  public CompletionStage<Boolean> replaceAsync(K key, V value) {
    return calls.call(() -> cache.replace(key, value));
  }

  @Override
  public CompletionStage<Boolean> replaceAsync(K key, V oldValue, V newValue) {
    return calls.call(() -> cache.replace(key, oldValue, newValue));
  }

  @Override
  public CompletionStage<V> getAndReplaceAsync(K key, V value) {
    return calls.call(() -> cache.getAndReplace(key, value));
  }

  @Override
  public CompletionStage<Void> removeAllAsync(Set<? extends K> keys) {
    return calls.run(() -> cache.removeAll(keys));
  }

  @Override
  public CompletionStage<Void> removeAllAsync() {
    return calls.run(cache::removeAll);
  }

  @Override
  public CompletionStage<Void> clearAsync() {
    return calls.run(cache::clear);
  }

  @Override
  public <T> CompletionStage<T> invokeAsync(
      K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    return calls.call(() -> cache.invoke(key, processor, arguments));
  }

  @Override
  public <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAllAsync(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    return calls.call(() -> cache.invokeAll(keys, processor, arguments));
  }
}
