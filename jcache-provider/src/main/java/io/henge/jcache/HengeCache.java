package io.henge.jcache;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/**
 * What Henge adds to a {@link Cache}, by {@code cache.unwrap(HengeCache.class)}: operations that do
 * not block their caller, lifetimes of single entries, the size, and where a key lives. None of it
 * is part of JSR-107. All methods throw and return what their namesakes of {@link Cache} do; stages
 * complete with the exception. Thread-safe.
 *
 * <p>Stages are completed by a few threads that all caches of a manager share; when these are all
 * busy and 1024 calls wait, the caller does its operation itself. Work that takes long is to be
 * continued on threads of one's own ({@code thenApplyAsync}).
 */
public interface HengeCache<K, V> {

  /** The cache itself. */
  Cache<K, V> cache();

  /**
   * Counts the entries of all members; exact if nothing changes meanwhile. Asks every member that
   * holds some.
   */
  long size();

  /**
   * Tells which members hold a key, whether it has an entry or not, as this member knows it.
   *
   * @throws IllegalStateException if this member is in no cluster at the moment
   */
  KeyHolders locate(K key);

  /**
   * Sets a value that lives for a time of its own, whatever the cache's expiry policy says, until
   * it is written again. Runs as an entry processor: exactly once, with writers, listeners and
   * statistics.
   *
   * @param lifetime at least a millisecond, at most 100 years
   */
  void put(K key, V value, Duration lifetime);

  /** Sets a value as {@link #put} does if there is none; tells whether it did. */
  boolean putIfAbsent(K key, V value, Duration lifetime);

  /**
   * Gives an entry another time to live, counted from now; tells whether there was one. It is no
   * access to it.
   */
  boolean expireAfter(K key, Duration lifetime);

  /** {@link Cache#get} without blocking. */
  CompletionStage<V> getAsync(K key);

  /** {@link Cache#getAll} without blocking. */
  CompletionStage<Map<K, V>> getAllAsync(Set<? extends K> keys);

  /** {@link Cache#containsKey} without blocking. */
  CompletionStage<Boolean> containsKeyAsync(K key);

  /** {@link Cache#put} without blocking. */
  CompletionStage<Void> putAsync(K key, V value);

  /** {@link #put(Object, Object, Duration)} without blocking. */
  CompletionStage<Void> putAsync(K key, V value, Duration lifetime);

  /** {@link Cache#getAndPut} without blocking. */
  CompletionStage<V> getAndPutAsync(K key, V value);

  /** {@link Cache#putAll} without blocking. */
  CompletionStage<Void> putAllAsync(Map<? extends K, ? extends V> entries);

  /** {@link Cache#putIfAbsent} without blocking. */
  CompletionStage<Boolean> putIfAbsentAsync(K key, V value);

  /** {@link Cache#remove(Object)} without blocking. */
  CompletionStage<Boolean> removeAsync(K key);

  /** {@link Cache#remove(Object, Object)} without blocking. */
  CompletionStage<Boolean> removeAsync(K key, V oldValue);

  /** {@link Cache#getAndRemove} without blocking. */
  CompletionStage<V> getAndRemoveAsync(K key);

  /** {@link Cache#replace(Object, Object)} without blocking. */
  CompletionStage<Boolean> replaceAsync(K key, V value);

  /** {@link Cache#replace(Object, Object, Object)} without blocking. */
  CompletionStage<Boolean> replaceAsync(K key, V oldValue, V newValue);

  /** {@link Cache#getAndReplace} without blocking. */
  CompletionStage<V> getAndReplaceAsync(K key, V value);

  /** {@link Cache#removeAll(Set)} without blocking. */
  CompletionStage<Void> removeAllAsync(Set<? extends K> keys);

  /** {@link Cache#removeAll()} without blocking. */
  CompletionStage<Void> removeAllAsync();

  /** {@link Cache#clear} without blocking. */
  CompletionStage<Void> clearAsync();

  /** {@link Cache#invoke} without blocking. */
  <T> CompletionStage<T> invokeAsync(K key, EntryProcessor<K, V, T> processor, Object... arguments);

  /** {@link Cache#invokeAll} without blocking. */
  <T> CompletionStage<Map<K, EntryProcessorResult<T>>> invokeAllAsync(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments);
}
