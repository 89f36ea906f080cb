package io.henge.jcache.integration;

import io.henge.jcache.codec.DecodedEntry;
import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/**
 * The cache writer of one cache: called before an entry changes, which then changes only if the
 * writer did not fail. Whatever exception it throws comes out as {@link CacheWriterException}.
 * Thread-safe if the writer is.
 */
public final class EntryWriter<K, V> {

  private final String cacheName;
  private final CacheWriter<K, V> writer;
  private final EntryCodec codec;
  private final EntryTypes<K, V> types;

  EntryWriter(
      String cacheName, CacheWriter<K, V> writer, EntryCodec codec, EntryTypes<K, V> types) {
    this.cacheName = cacheName;
    this.writer = writer;
    this.codec = codec;
    this.types = types;
  }

  /** Writes an entry. */
  public void write(K key, V value) {
    orThrow(calling("write", () -> writer.write(new DecodedEntry<>(key, value))));
  }

  /** Deletes an entry, which need not be there. */
  public void delete(K key) {
    orThrow(calling("delete", () -> writer.delete(key)));
  }

  /** Does to the store what is about to be done to an entry; a REMOVE counts also if absent. */
  public void before(byte[] key, EntryOutcome outcome) {
    switch (outcome.change()) {
      case SET -> write(key(key), types.value(codec.decode(outcome.value())));
      case REMOVE -> delete(key(key));
      case NONE -> {}
    }
  }

  /**
   * Does to the store what is about to be done to several entries. If the writer fails, what it
   * left in the collection that it was given is taken out of {@code outcomes}: that was not done,
   * the rest was.
   *
   * @return the failure, or null
   */
  public CacheWriterException beforeAll(Map<Bytes, EntryOutcome> outcomes) {
    Map<K, Bytes> set = keys(outcomes, Change.SET);
    Collection<Cache.Entry<? extends K, ? extends V>> entries = new ArrayList<>();
    set.forEach(
        (key, bytes) ->
            entries.add(
                new DecodedEntry<>(key, types.value(codec.decode(outcomes.get(bytes).value())))));
    CacheWriterException failure =
        entries.isEmpty() ? null : calling("writeAll", () -> writer.writeAll(entries));
    if (failure != null) {
      takeOut(entries, Cache.Entry::getKey, set, outcomes);
    }
    Map<K, Bytes> removed = keys(outcomes, Change.REMOVE);
    if (failure != null || removed.isEmpty()) {
      outcomes.keySet().removeAll(removed.values());
      return failure;
    }
    Collection<K> deleted = new ArrayList<>(removed.keySet());
    failure = calling("deleteAll", () -> writer.deleteAll(deleted));
    if (failure != null) {
      takeOut(deleted, key -> key, removed, outcomes);
    }
    return failure;
  }

  private Map<K, Bytes> keys(Map<Bytes, EntryOutcome> outcomes, Change change) {
    Map<K, Bytes> keys = new LinkedHashMap<>();
    outcomes.forEach(
        (bytes, outcome) -> {
          if (outcome.change() == change) {
            keys.put(key(bytes.array()), bytes);
          }
        });
    return keys;
  }

  private static <K, T> void takeOut(
      Collection<T> left,
      Function<T, ? extends K> keyOf,
      Map<K, Bytes> keys,
      Map<Bytes, EntryOutcome> outcomes) {
    Set<Object> notDone = new HashSet<>();
    left.forEach(each -> notDone.add(keyOf.apply(each)));
    keys.forEach(
        (key, bytes) -> {
          if (notDone.contains(key)) {
            outcomes.remove(bytes);
          }
        });
  }

  private K key(byte[] bytes) {
    return types.key(codec.decode(bytes));
  }

  private CacheWriterException calling(String method, Runnable call) {
    try {
      call.run();
      return null;
    } catch (CacheWriterException asItShouldBe) {
      return asItShouldBe;
    } catch (Exception e) {
      return new CacheWriterException(
          "The cache writer of cache " + cacheName + " failed in " + method + ": " + e, e);
    }
  }

  private static void orThrow(CacheWriterException failure) {
    if (failure != null) {
      throw failure;
    }
  }
}
