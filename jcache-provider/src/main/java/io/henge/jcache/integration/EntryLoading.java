package io.henge.jcache.integration;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.node.ReplicatedCache;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Loads what is missing into one cache. The loader runs while its keys are reserved: whoever else
 * misses one of them, on any member, waits and then finds the value; whoever writes or removes one
 * does so after the load is stored. Within a member callers that miss the same key wait for one
 * load together. Thread-safe.
 */
public final class EntryLoading<K, V> {

  private final String cacheName;
  private final EntryLoader<K, V> loader;
  private final ReplicatedCache store;
  private final EntryCodec codec;
  private final EntryTypes<K, V> types;
  private final EntryLifetimes lifetimes;
  private final Duration patience;
  private final ConcurrentMap<Bytes, Load> underWay = new ConcurrentHashMap<>();

  /**
   * Creates the loading of a cache.
   *
   * @param store what is loaded goes there, past any writer
   * @param patience how long to wait for another thread's load
   */
  EntryLoading(
      String cacheName,
      EntryLoader<K, V> loader,
      ReplicatedCache store,
      EntryCodec codec,
      EntryTypes<K, V> types,
      EntryLifetimes lifetimes,
      Duration patience) {
    this.cacheName = cacheName;
    this.loader = loader;
    this.store = store;
    this.codec = codec;
    this.types = types;
    this.lifetimes = lifetimes;
    this.patience = patience;
  }

  /** Loads a key that a read found missing; null if the loader has nothing. */
  public V load(K key) {
    return readThrough(List.of(key), keys -> Collections.singletonMap(key, loader.load(key)))
        .get(key);
  }

  /** Loads keys that a read found missing; what the loader does not have is left out. */
  public Map<K, V> loadMissing(Collection<? extends K> keys) {
    return keys.isEmpty() ? Map.of() : readThrough(keys, loader::loadAll);
  }

  /** Loads keys into the cache, those that are present too if asked. */
  void loadInto(Collection<? extends K> keys, boolean replacePresent) {
    Map<Bytes, K> wanted = encoded(keys);
    store.invokeAllHere(
        wanted.keySet(),
        present -> {
          Map<Bytes, K> loading = new LinkedHashMap<>();
          present.forEach(
              (bytes, value) -> {
                if (codec.countsAsAbsent(value) || replacePresent) {
                  loading.put(bytes, wanted.get(bytes));
                }
              });
          Map<Bytes, EntryOutcome> outcomes = new HashMap<>();
          load(loading, loader::loadAll)
              .forEach((bytes, value) -> outcomes.put(bytes, loaded(value, present.get(bytes))));
          return outcomes;
        });
  }

  private Map<K, V> readThrough(
      Collection<? extends K> keys, Function<Collection<K>, Map<K, V>> load) {
    Map<Bytes, K> wanted = encoded(keys);
    Map<Bytes, Load> mine = new LinkedHashMap<>();
    Map<Bytes, Load> others = new LinkedHashMap<>();
    for (Bytes key : wanted.keySet()) {
      Load begun = new Load();
      Load running = underWay.putIfAbsent(key, begun);
      (running == null ? mine : others).put(key, running == null ? begun : running);
    }
    Map<K, V> values = new HashMap<>();
    // One's own loads end before those of others are waited for, so that no two threads wait for
    // each other.
    lead(mine, wanted, load).forEach((key, value) -> put(values, wanted.get(key), value));
    others.forEach(
        (key, running) ->
            put(values, wanted.get(key), running.await("a key of cache " + cacheName, patience)));
    return values;
  }

  private Map<Bytes, byte[]> lead(
      Map<Bytes, Load> mine, Map<Bytes, K> wanted, Function<Collection<K>, Map<K, V>> load) {
    if (mine.isEmpty()) {
      return Map.of();
    }
    Map<Bytes, byte[]> values = new HashMap<>();
    try {
      store.invokeAllHere(
          mine.keySet(),
          present -> {
            Map<Bytes, EntryOutcome> outcomes = loadAbsent(present, wanted, load, values);
            // Who misses a key from now on may do so because of a later removal, and must look
            // again. Whoever waits already may have the result: it is stored while they wait.
            present.keySet().forEach(key -> underWay.remove(key, mine.get(key)));
            return outcomes;
          });
      mine.forEach((key, begun) -> begun.end(values.get(key)));
      return values;
    } catch (RuntimeException | Error failure) {
      mine.values().forEach(begun -> begun.fail(failure));
      throw failure;
    } finally {
      mine.forEach(underWay::remove);
    }
  }

  private Map<Bytes, EntryOutcome> loadAbsent(
      Map<Bytes, byte[]> present,
      Map<Bytes, K> wanted,
      Function<Collection<K>, Map<K, V>> load,
      Map<Bytes, byte[]> values) {
    Map<Bytes, EntryOutcome> outcomes = new HashMap<>();
    Map<Bytes, K> absent = new LinkedHashMap<>();
    present.forEach(
        (key, value) -> {
          values.put(key, value);
          if (codec.countsAsAbsent(value)) {
            absent.put(key, wanted.get(key));
          } else {
            outcomes.put(key, new EntryOutcome(Change.NONE, null, null, lifetimes.access()));
          }
        });
    load(absent, load)
        .forEach(
            (key, value) -> {
              values.put(key, value);
              outcomes.put(key, loaded(value, present.get(key)));
            });
    return outcomes;
  }

  /** Calls the loader, and encodes what it has. */
  private Map<Bytes, byte[]> load(Map<Bytes, K> keys, Function<Collection<K>, Map<K, V>> load) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<K, V> loaded = load.apply(List.copyOf(keys.values()));
    Map<Bytes, byte[]> encoded = new LinkedHashMap<>();
    keys.forEach(
        (bytes, key) -> {
          V value = loaded.get(key);
          if (value != null) {
            encoded.put(bytes, codec.encodeValue(value));
          }
        });
    return encoded;
  }

  private EntryOutcome loaded(byte[] value, byte[] present) {
    return new EntryOutcome(Change.SET, value, null, lifetimes.written(present != null));
  }

  private Map<Bytes, K> encoded(Collection<? extends K> keys) {
    Map<Bytes, K> encoded = new LinkedHashMap<>();
    keys.forEach(key -> encoded.put(new Bytes(codec.encodeKey(key)), key));
    return encoded;
  }

  private void put(Map<K, V> values, K key, byte[] value) {
    Object decoded = value == null ? null : codec.decodeEntry(value);
    if (decoded != null) {
      values.put(key, types.value(decoded));
    }
  }
}
