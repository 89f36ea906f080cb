package io.henge.jcache.expiry;

import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryFunction;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.node.ProcessorNotRunnableException;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.topology.Lifetimes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * A cache whose expiry policy may answer otherwise each time. Which question it is to be asked
 * depends on whether the entry is there, so writes run as code under a reservation of their key:
 * two round trips instead of one, and bulk writes go key by key. Thread-safe.
 */
public final class PolicyAskingCache implements ReplicatedCache {

  private static final byte[] YES = {1};

  private final ReplicatedCache cache;
  private final EntryLifetimes lifetimes;

  /** Wraps a cache whose entries live until somebody says otherwise. */
  public PolicyAskingCache(ReplicatedCache cache, EntryLifetimes lifetimes) {
    this.cache = cache;
    this.lifetimes = lifetimes;
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
    found.keySet().forEach(key -> accessed(key.array()));
    return found;
  }

  @Override
  public boolean containsKey(byte[] key) {
    return cache.containsKey(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    cache.invokeHere(key, present -> set(present, value, null));
  }

  @Override
  public void putAll(Map<Bytes, byte[]> entries) {
    entries.forEach((key, value) -> put(key.array(), value));
  }

  @Override
  public byte[] getAndPut(byte[] key, byte[] value) {
    return cache.invokeHere(key, present -> set(present, value, present));
  }

  @Override
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return cache.invokeHere(key, present -> present == null ? set(null, value, YES) : nothing())
        != null;
  }

  @Override
  public boolean remove(byte[] key) {
    return cache.remove(key);
  }

  @Override
  public boolean remove(byte[] key, byte[] expected) {
    return cache.invokeHere(
            key,
            present ->
                Arrays.equals(present, expected)
                    ? new EntryOutcome(Change.REMOVE, null, YES)
                    : different(present))
        != null;
  }

  @Override
  public byte[] getAndRemove(byte[] key) {
    return cache.getAndRemove(key);
  }

  @Override
  public boolean replace(byte[] key, byte[] value) {
    return cache.invokeHere(key, present -> present == null ? nothing() : set(present, value, YES))
        != null;
  }

  @Override
  public boolean replace(byte[] key, byte[] expected, byte[] value) {
    return cache.invokeHere(
            key,
            present ->
                Arrays.equals(present, expected) ? set(present, value, YES) : different(present))
        != null;
  }

  @Override
  public byte[] getAndReplace(byte[] key, byte[] value) {
    return cache.invokeHere(
        key, present -> present == null ? nothing() : set(present, value, present));
  }

  @Override
  public void removeAll(Collection<Bytes> keys) {
    cache.removeAll(keys);
  }

  @Override
  public void clear() {
    cache.clear();
  }

  /** The code says itself how long the entry lives after it. */
  @Override
  public byte[] invokeHere(byte[] key, EntryFunction function) {
    return cache.invokeHere(key, function);
  }

  @Override
  public byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException {
    return cache.invokeAtPrimary(key, processor);
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

  private void accessed(byte[] key) {
    long lifetime = lifetimes.access();
    if (lifetime != Lifetimes.UNCHANGED) {
      cache.touch(key, lifetime);
    }
  }

  private EntryOutcome set(byte[] present, byte[] value, byte[] result) {
    long lifetime = present == null ? lifetimes.creation() : lifetimes.update();
    return new EntryOutcome(Change.SET, value, result, lifetime);
  }

  private EntryOutcome different(byte[] present) {
    return present == null
        ? nothing()
        : new EntryOutcome(Change.NONE, null, null, lifetimes.access());
  }

  private static EntryOutcome nothing() {
    return new EntryOutcome(Change.NONE, null, null);
  }
}
