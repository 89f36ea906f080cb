package io.henge.jcache;

import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.integration.EntryWriter;
import io.henge.jcache.management.CacheStatistics;
import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntriesFunction;
import io.henge.replication.node.EntryFunction;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.node.Invocation;
import io.henge.replication.node.ProcessorNotRunnableException;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.topology.Lifetimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.integration.CacheWriterException;

/**
 * A cache whose writes run as code under a reservation of their key, which takes two round trips
 * instead of one: because its expiry policy may answer otherwise each time, and which question it
 * is to be asked depends on whether the entry is there; or because a cache writer has to be called
 * before the entry changes. Thread-safe.
 */
final class ReservingCache implements ReplicatedCache {

  private static final byte[] YES = {1};
  private static final int SCANNED = 1_000;

  private final ReplicatedCache cache;
  private final EntryLifetimes lifetimes;
  private final EntryWriter<?, ?> writer;
  private final CacheStatistics statistics;

  /**
   * Wraps a cache.
   *
   * @param writer is called before entries change; may be null
   * @param statistics is told what callers cannot see: entries that never came to be, and what was
   *     done by an operation that failed in the middle
   */
  ReservingCache(
      ReplicatedCache cache,
      EntryLifetimes lifetimes,
      EntryWriter<?, ?> writer,
      CacheStatistics statistics) {
    this.cache = cache;
    this.lifetimes = lifetimes;
    this.writer = writer;
    this.statistics = statistics;
  }

  @Override
  public ReplicatedCache expiring(Lifetimes others) {
    throw new UnsupportedOperationException("the policy decides about lifetimes");
  }

  @Override
  public String name() {
    return cache.name();
  }

  @Override
  public byte[] get(byte[] key) {
    if (!lifetimes.asked()) {
      return cache.get(key);
    }
    byte[] value = cache.peek(key);
    if (value != null) {
      accessed(key);
    }
    return value;
  }

  @Override
  public byte[] peek(byte[] key) {
    return cache.peek(key);
  }

  @Override
  public void touch(byte[] key, long lifetime) {
    cache.touch(key, lifetime);
  }

  @Override
  public Map<Bytes, byte[]> getAll(Collection<Bytes> keys) {
    Map<Bytes, byte[]> found = cache.getAll(keys);
    if (lifetimes.asked()) {
      Map<Bytes, Long> accesses = new HashMap<>();
      for (Bytes key : found.keySet()) {
        long lifetime = lifetimes.access();
        if (lifetime != Lifetimes.UNCHANGED) {
          accesses.put(key, lifetime);
        }
      }
      cache.touchAll(accesses);
    }
    return found;
  }

  @Override
  public boolean containsKey(byte[] key) {
    return cache.containsKey(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    change(key, present -> set(present, value, null));
  }

  @Override
  public void putAll(Map<Bytes, byte[]> entries) {
    changeAll(
        entries.keySet(),
        present -> {
          Map<Bytes, EntryOutcome> outcomes = new HashMap<>();
          present.forEach((key, value) -> outcomes.put(key, set(value, entries.get(key), null)));
          return outcomes;
        });
  }

  @Override
  public byte[] getAndPut(byte[] key, byte[] value) {
    return change(key, present -> set(present, value, present));
  }

  @Override
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return change(key, present -> present == null ? set(null, value, YES) : nothing()) != null;
  }

  @Override
  public boolean remove(byte[] key) {
    return writer == null
        ? cache.remove(key)
        : change(key, present -> removing(present == null ? null : YES)) != null;
  }

  @Override
  public boolean remove(byte[] key, byte[] expected) {
    return change(
            key, present -> Arrays.equals(present, expected) ? removing(YES) : different(present))
        != null;
  }

  @Override
  public byte[] getAndRemove(byte[] key) {
    return writer == null ? cache.getAndRemove(key) : change(key, ReservingCache::removing);
  }

  @Override
  public boolean replace(byte[] key, byte[] value) {
    return change(key, present -> present == null ? nothing() : set(present, value, YES)) != null;
  }

  @Override
  public boolean replace(byte[] key, byte[] expected, byte[] value) {
    return change(
            key,
            present ->
                Arrays.equals(present, expected) ? set(present, value, YES) : different(present))
        != null;
  }

  @Override
  public byte[] getAndReplace(byte[] key, byte[] value) {
    return change(key, present -> present == null ? nothing() : set(present, value, present));
  }

  @Override
  public int removeAll(Collection<Bytes> keys) {
    return writer == null ? cache.removeAll(keys) : removeAll(keys, true);
  }

  /**
   * Removes all entries that are met, with the writer, if there is one, told of those that are
   * there. That is no access to them.
   *
   * @return how many
   */
  long removePresent() {
    long removed = 0;
    List<Bytes> met = new ArrayList<>();
    for (Iterator<Map.Entry<byte[], byte[]>> i = cache.iterator(); i.hasNext(); ) {
      met.add(new Bytes(i.next().getKey()));
      if (met.size() == SCANNED || !i.hasNext()) {
        removed += writer == null ? cache.removeAll(met) : removeAll(met, false);
        met.clear();
      }
    }
    return removed;
  }

  private int removeAll(Collection<Bytes> keys, boolean absentToo) {
    BulkEffects effects =
        changeAll(
            keys,
            present -> {
              Map<Bytes, EntryOutcome> outcomes = new HashMap<>();
              present.forEach(
                  (key, value) -> {
                    if (value != null || absentToo) {
                      outcomes.put(key, removing(null));
                    }
                  });
              return outcomes;
            });
    return effects.removed();
  }

  @Override
  public void clear() {
    cache.clear();
  }

  /** The code says itself how long the entry lives after it. */
  @Override
  public byte[] invokeHere(byte[] key, EntryFunction function) {
    return change(key, function);
  }

  @Override
  public void invokeAllHere(Collection<Bytes> keys, EntriesFunction function) {
    changeAll(keys, function);
  }

  @Override
  public void checkFits(byte[] key, byte[] value) {
    cache.checkFits(key, value);
  }

  @Override
  public byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException {
    return cache.invokeAtPrimary(key, processor);
  }

  @Override
  public Map<Bytes, Invocation> invokeAllAtPrimary(Collection<Bytes> keys, byte[] processor) {
    return cache.invokeAllAtPrimary(keys, processor);
  }

  @Override
  public void touchAll(Map<Bytes, Long> accesses) {
    cache.touchAll(accesses);
  }

  @Override
  public Iterator<Map.Entry<byte[], byte[]>> iterator() {
    Iterator<Map.Entry<byte[], byte[]>> entries = cache.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Map.Entry<byte[], byte[]> next() {
        Map.Entry<byte[], byte[]> entry = entries.next();
        accessed(entry.getKey());
        return entry;
      }
    };
  }

  @Override
  public long size() {
    return cache.size();
  }

  private byte[] change(byte[] key, EntryFunction function) {
    BulkEffects effects = new BulkEffects();
    byte[] result =
        cache.invokeHere(
            key,
            present -> {
              EntryOutcome outcome = function.apply(present);
              if (writer != null) {
                if (outcome.value() != null) {
                  cache.checkFits(key, outcome.value());
                }
                writer.before(key, outcome);
              }
              effects.note(new Bytes(key), present, outcome);
              return outcome;
            });
    statistics.expiredAtOnce(effects.expiredAtOnce());
    return result;
  }

  private BulkEffects changeAll(Collection<Bytes> keys, EntriesFunction function) {
    BulkEffects effects = new BulkEffects();
    AtomicReference<CacheWriterException> failure = new AtomicReference<>();
    Set<Bytes> written = new HashSet<>();
    long start = statistics.start();
    cache.invokeAllHere(
        keys,
        present -> {
          if (failure.get() != null && !written.containsAll(present.keySet())) {
            return Map.of(); // after the failed batch nothing is begun, only ended
          }
          Map<Bytes, EntryOutcome> outcomes = function.apply(present);
          if (writer != null) {
            outcomes.forEach(
                (key, outcome) -> {
                  if (outcome.value() != null) {
                    cache.checkFits(key.array(), outcome.value());
                  }
                });
            failure.compareAndSet(null, writer.beforeAll(outcomes));
            written.addAll(outcomes.keySet());
          }
          outcomes.forEach((key, outcome) -> effects.note(key, present.get(key), outcome));
          return outcomes;
        });
    if (failure.get() != null) {
      statistics.putMany(effects.set(), start);
      statistics.removedMany(effects.removed(), start);
      throw failure.get();
    }
    statistics.expiredAtOnce(effects.expiredAtOnce());
    return effects;
  }

  private void accessed(byte[] key) {
    if (!lifetimes.asked()) {
      return; // the cache below notes accesses by itself
    }
    long lifetime = lifetimes.access();
    if (lifetime != Lifetimes.UNCHANGED) {
      cache.touch(key, lifetime);
    }
  }

  private EntryOutcome set(byte[] present, byte[] value, byte[] result) {
    return new EntryOutcome(Change.SET, value, result, lifetimes.written(present != null));
  }

  private EntryOutcome different(byte[] present) {
    return present == null
        ? nothing()
        : new EntryOutcome(Change.NONE, null, null, lifetimes.access());
  }

  private static EntryOutcome removing(byte[] result) {
    return new EntryOutcome(Change.REMOVE, null, result);
  }

  private static EntryOutcome nothing() {
    return new EntryOutcome(Change.NONE, null, null);
  }
}
