package io.henge.jcache;

import io.henge.jcache.codec.DecodedEntry;
import io.henge.jcache.codec.ObjectCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.node.ReplicatedCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The entries of one cache with the application's types, on the engine's bytes. Arguments are not
 * null and of the declared types. Thread-safe.
 */
final class EntryStore<K, V> {

  private static final byte[] YES = {1};
  private static final int COMPARE_AND_SET_ATTEMPTS = 4;
  private static final int REMOVED_TOGETHER = 256;

  private final ReplicatedCache engine;
  private final ObjectCodec codec;
  private final EntryTypes<K, V> types;

  private final EntryLifetimes lifetimes;

  EntryStore(
      ReplicatedCache engine, ObjectCodec codec, EntryTypes<K, V> types, EntryLifetimes lifetimes) {
    this.engine = engine;
    this.codec = codec;
    this.types = types;
    this.lifetimes = lifetimes;
  }

  V get(K key) {
    return value(engine.get(key(key)));
  }

  Map<K, V> getAll(Collection<? extends K> keys) {
    Map<Bytes, K> encoded = encoded(keys);
    Map<Bytes, byte[]> found = engine.getAll(encoded.keySet());
    Map<K, V> values = new HashMap<>();
    encoded.forEach(
        (bytes, key) -> {
          V value = value(found.get(bytes));
          if (value != null) {
            values.put(key, value);
          }
        });
    return values;
  }

  boolean containsKey(K key) {
    return engine.containsKey(key(key));
  }

  void put(K key, V value) {
    engine.put(key(key), codec.encode(value));
  }

  void putAll(Map<? extends K, ? extends V> entries) {
    Map<Bytes, byte[]> encoded = new LinkedHashMap<>();
    entries.forEach((key, value) -> encoded.put(new Bytes(key(key)), codec.encode(value)));
    engine.putAll(encoded);
  }

  V getAndPut(K key, V value) {
    return value(engine.getAndPut(key(key), codec.encode(value)));
  }

  boolean putIfAbsent(K key, V value) {
    return engine.putIfAbsent(key(key), codec.encode(value));
  }

  boolean remove(K key) {
    return engine.remove(key(key));
  }

  boolean remove(K key, V expected) {
    return changeIfEqual(key(key), expected, null);
  }

  V getAndRemove(K key) {
    return value(engine.getAndRemove(key(key)));
  }

  boolean replace(K key, V value) {
    return engine.replace(key(key), codec.encode(value));
  }

  boolean replace(K key, V expected, V value) {
    return changeIfEqual(key(key), expected, codec.encode(value));
  }

  V getAndReplace(K key, V value) {
    return value(engine.getAndReplace(key(key), codec.encode(value)));
  }

  void removeAll(Collection<? extends K> keys) {
    engine.removeAll(encoded(keys).keySet());
  }

  /** Removes what is there, a batch after the other; a cache writer is told of each entry. */
  void removeAll() {
    if (engine instanceof ReservingCache reserving && reserving.writes()) {
      reserving.removePresent();
      return;
    }
    Iterator<Map.Entry<byte[], byte[]>> all = engine.iterator();
    List<Bytes> batch = new ArrayList<>();
    while (all.hasNext()) {
      batch.add(new Bytes(all.next().getKey()));
      if (batch.size() == REMOVED_TOGETHER || !all.hasNext()) {
        engine.removeAll(batch);
        batch.clear();
      }
    }
  }

  void clear() {
    engine.clear();
  }

  /** Entries as they are met; weakly consistent. */
  Iterator<DecodedEntry<K, V>> iterator() {
    Iterator<Map.Entry<byte[], byte[]>> entries = engine.iterator();
    return new Iterator<>() {
      private DecodedEntry<K, V> next;

      @Override
      public boolean hasNext() {
        while (next == null && entries.hasNext()) {
          next = decoded(entries.next());
        }
        return next != null;
      }

      @Override
      public DecodedEntry<K, V> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("There are no more entries");
        }
        DecodedEntry<K, V> found = next;
        next = null;
        return found;
      }
    };
  }

  /** An entry, or null if it counts as absent. */
  private DecodedEntry<K, V> decoded(Map.Entry<byte[], byte[]> entry) {
    Object key = codec.decodeEntry(entry.getKey());
    V value = key == null ? null : value(entry.getValue());
    return value == null ? null : new DecodedEntry<>(types.key(key), value);
  }

  /**
   * Replaces, or removes if {@code replacement} is null, the value that equals {@code expected}.
   *
   * <p>The engine compares bytes, the specification objects, and equal objects may have different
   * bytes. So when the expected bytes are not there, what is there is read, compared as an object,
   * and changed only if its bytes are still the same. Each answer is right at one moment of the
   * call: "no" when the other value was read, "yes" when the bytes were exchanged. Whoever loses
   * that race several times takes a reservation.
   */
  private boolean changeIfEqual(byte[] key, V expected, byte[] replacement) {
    byte[] bytes = codec.encode(expected);
    for (int attempt = 0; attempt < COMPARE_AND_SET_ATTEMPTS; attempt++) {
      if (compareAndSet(key, bytes, replacement)) {
        return true;
      }
      byte[] present = engine.peek(key); // the comparison was the access
      if (present == null || !equal(present, bytes, expected)) {
        return false;
      }
      bytes = present;
    }
    return changeReserved(key, expected, codec.encode(expected), replacement);
  }

  private boolean compareAndSet(byte[] key, byte[] expected, byte[] replacement) {
    return replacement == null
        ? engine.remove(key, expected)
        : engine.replace(key, expected, replacement);
  }

  private boolean changeReserved(byte[] key, V expected, byte[] expectedBytes, byte[] replacement) {
    Change change = replacement == null ? Change.REMOVE : Change.SET;
    byte[] result =
        engine.invokeHere(
            key,
            present -> {
              if (present == null) {
                return new EntryOutcome(Change.NONE, null, null);
              }
              if (!equal(present, expectedBytes, expected)) {
                return new EntryOutcome(Change.NONE, null, null, lifetimes.access());
              }
              return change == Change.SET
                  ? new EntryOutcome(change, replacement, YES, lifetimes.update())
                  : new EntryOutcome(change, null, YES);
            });
    return result != null;
  }

  /** Equal as objects, or else as bytes: some values have no equals of their own. */
  private boolean equal(byte[] present, byte[] expectedBytes, V expected) {
    return Arrays.equals(present, expectedBytes) || expected.equals(codec.decodeEntry(present));
  }

  private byte[] key(K key) {
    return codec.encodeKey(key);
  }

  private V value(byte[] bytes) {
    Object value = bytes == null ? null : codec.decodeEntry(bytes);
    return value == null ? null : types.value(value);
  }

  private Map<Bytes, K> encoded(Collection<? extends K> keys) {
    Map<Bytes, K> encoded = new LinkedHashMap<>();
    for (K key : keys) {
      encoded.put(new Bytes(key(key)), key);
    }
    return encoded;
  }
}
