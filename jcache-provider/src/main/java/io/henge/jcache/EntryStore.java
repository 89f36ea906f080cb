package io.henge.jcache;

import io.henge.jcache.codec.DecodedEntry;
import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.management.CacheStatistics;
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
  private static final byte[] NO = {0};
  private static final int COMPARE_AND_SET_ATTEMPTS = 4;
  private static final int REMOVED_TOGETHER = 256;

  private final ReplicatedCache engine;
  private final EntryCodec codec;
  private final EntryTypes<K, V> types;

  private final EntryLifetimes lifetimes;
  private final CacheStatistics statistics;

  /** How the present value compares with the one that is expected. */
  private enum Comparison {
    /** There is none. */
    ABSENT,
    /** There is another one, and it stayed. */
    DIFFERENT,
    /** It was, and was changed. */
    EQUAL
  }

  EntryStore(
      ReplicatedCache engine,
      EntryCodec codec,
      EntryTypes<K, V> types,
      EntryLifetimes lifetimes,
      CacheStatistics statistics) {
    this.statistics = statistics;
    this.engine = engine;
    this.codec = codec;
    this.types = types;
    this.lifetimes = lifetimes;
  }

  V get(K key) {
    byte[] encoded = key(key);
    long start = statistics.start();
    V value = value(engine.get(encoded));
    statistics.read(value != null, start);
    return value;
  }

  Map<K, V> getAll(Collection<? extends K> keys) {
    Map<Bytes, K> encoded = encoded(keys);
    long start = statistics.start();
    Map<Bytes, byte[]> found = engine.getAll(encoded.keySet());
    Map<K, V> values = new HashMap<>();
    encoded.forEach(
        (bytes, key) -> {
          V value = value(found.get(bytes));
          if (value != null) {
            values.put(key, value);
          }
        });
    statistics.readMany(values.size(), encoded.size() - values.size(), start);
    return values;
  }

  boolean containsKey(K key) {
    return engine.containsKey(key(key));
  }

  void put(K key, V value) {
    byte[] encoded = key(key);
    byte[] bytes = codec.encodeValue(value);
    long start = statistics.start();
    engine.put(encoded, bytes);
    statistics.put(true, start);
  }

  void putAll(Map<? extends K, ? extends V> entries) {
    Map<Bytes, byte[]> encoded = new LinkedHashMap<>();
    entries.forEach((key, value) -> encoded.put(new Bytes(key(key)), codec.encodeValue(value)));
    long start = statistics.start();
    engine.putAll(encoded);
    statistics.putMany(encoded.size(), start);
  }

  V getAndPut(K key, V value) {
    byte[] encoded = key(key);
    byte[] bytes = codec.encodeValue(value);
    long start = statistics.start();
    byte[] previous = engine.getAndPut(encoded, bytes);
    statistics.read(previous != null, start);
    statistics.put(true, start);
    return value(previous);
  }

  boolean putIfAbsent(K key, V value) {
    byte[] encoded = key(key);
    byte[] bytes = codec.encodeValue(value);
    long start = statistics.start();
    boolean absent = engine.putIfAbsent(encoded, bytes);
    statistics.read(!absent, start);
    statistics.put(absent, start);
    return absent;
  }

  boolean remove(K key) {
    byte[] encoded = key(key);
    long start = statistics.start();
    boolean present = engine.remove(encoded);
    statistics.removed(present, start);
    return present;
  }

  boolean remove(K key, V expected) {
    byte[] encoded = key(key);
    long start = statistics.start();
    Comparison comparison = changeIfEqual(encoded, expected, null);
    statistics.read(comparison != Comparison.ABSENT, start);
    statistics.removed(comparison == Comparison.EQUAL, start);
    return comparison == Comparison.EQUAL;
  }

  V getAndRemove(K key) {
    byte[] encoded = key(key);
    long start = statistics.start();
    byte[] previous = engine.getAndRemove(encoded);
    statistics.read(previous != null, start);
    statistics.removed(previous != null, start);
    return value(previous);
  }

  boolean replace(K key, V value) {
    byte[] encoded = key(key);
    byte[] bytes = codec.encodeValue(value);
    long start = statistics.start();
    boolean present = engine.replace(encoded, bytes);
    statistics.read(present, start);
    statistics.put(present, start);
    return present;
  }

  boolean replace(K key, V expected, V value) {
    byte[] encoded = key(key);
    byte[] bytes = codec.encodeValue(value);
    long start = statistics.start();
    Comparison comparison = changeIfEqual(encoded, expected, bytes);
    statistics.read(comparison != Comparison.ABSENT, start);
    statistics.put(comparison == Comparison.EQUAL, start);
    return comparison == Comparison.EQUAL;
  }

  V getAndReplace(K key, V value) {
    byte[] encoded = key(key);
    byte[] bytes = codec.encodeValue(value);
    long start = statistics.start();
    byte[] previous = engine.getAndReplace(encoded, bytes);
    statistics.read(previous != null, start);
    statistics.put(previous != null, start);
    return value(previous);
  }

  void removeAll(Collection<? extends K> keys) {
    Collection<Bytes> encoded = encoded(keys).keySet();
    long start = statistics.start();
    statistics.removedMany(engine.removeAll(encoded), start);
  }

  /** Removes what is there, a batch after the other; a cache writer is told of each entry. */
  void removeAll() {
    long start = statistics.start();
    statistics.removedMany(removePresent(), start);
  }

  private long removePresent() {
    if (engine instanceof ReservingCache reserving) {
      return reserving.removePresent();
    }
    long removed = 0;
    Iterator<Map.Entry<byte[], byte[]>> all = engine.iterator();
    List<Bytes> batch = new ArrayList<>();
    while (all.hasNext()) {
      batch.add(new Bytes(all.next().getKey()));
      if (batch.size() == REMOVED_TOGETHER || !all.hasNext()) {
        removed += engine.removeAll(batch);
        batch.clear();
      }
    }
    return removed;
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
        statistics.iterated();
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
  private Comparison changeIfEqual(byte[] key, V expected, byte[] replacement) {
    byte[] bytes = codec.encodeValue(expected);
    for (int attempt = 0; attempt < COMPARE_AND_SET_ATTEMPTS; attempt++) {
      if (compareAndSet(key, bytes, replacement)) {
        return Comparison.EQUAL;
      }
      byte[] present = engine.peek(key); // the comparison was the access
      if (present == null) {
        return Comparison.ABSENT;
      }
      if (!equal(present, bytes, expected)) {
        return Comparison.DIFFERENT;
      }
      bytes = present;
    }
    return changeReserved(key, expected, codec.encodeValue(expected), replacement);
  }

  private boolean compareAndSet(byte[] key, byte[] expected, byte[] replacement) {
    return replacement == null
        ? engine.remove(key, expected)
        : engine.replace(key, expected, replacement);
  }

  private Comparison changeReserved(
      byte[] key, V expected, byte[] expectedBytes, byte[] replacement) {
    Change change = replacement == null ? Change.REMOVE : Change.SET;
    byte[] result =
        engine.invokeHere(
            key,
            present -> {
              if (present == null) {
                return new EntryOutcome(Change.NONE, null, null);
              }
              if (!equal(present, expectedBytes, expected)) {
                return new EntryOutcome(Change.NONE, null, NO, lifetimes.access());
              }
              return change == Change.SET
                  ? new EntryOutcome(change, replacement, YES, lifetimes.update())
                  : new EntryOutcome(change, null, YES);
            });
    return result == null
        ? Comparison.ABSENT
        : Arrays.equals(result, YES) ? Comparison.EQUAL : Comparison.DIFFERENT;
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
