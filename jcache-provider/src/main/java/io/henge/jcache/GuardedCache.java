package io.henge.jcache;

import io.henge.jcache.CacheOpener.Opening;
import io.henge.jcache.CacheOpener.Standing;
import io.henge.jcache.codec.EntryCodec;
import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntriesFunction;
import io.henge.replication.node.EntryFunction;
import io.henge.replication.node.Invocation;
import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.OperationUnknownException;
import io.henge.replication.node.ProcessorNotRunnableException;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.topology.Lifetimes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.CacheException;

/**
 * A cache of the engine, guarded against what may happen to it: failures come in the words of
 * JCache; a cache that another member destroyed is closed; a cache that was left behind in another
 * cluster is opened again, and the refused operation repeated once. Thread-safe.
 */
final class GuardedCache implements ReplicatedCache {

  private final CacheOpener opener;
  private final EntryCodec codec;
  private volatile Opening opening;

  /** Called once the cache is found destroyed. */
  private volatile Runnable onDestroyed = () -> {};

  /** Called after it was opened again. */
  private volatile Runnable onReopened = () -> {};

  /**
   * Opens the cache.
   *
   * @param codec of its entries
   */
  GuardedCache(CacheOpener opener, EntryCodec codec) {
    this.opener = opener;
    this.codec = codec;
    this.opening = opener.open();
  }

  void onDestroyed(Runnable action) {
    onDestroyed = action;
  }

  void onReopened(Runnable action) {
    onReopened = action;
  }

  /** Tells whether the cache is not there any more. */
  boolean destroyed() {
    return opener.standing(opening) == Standing.DESTROYED;
  }

  @Override
  public String name() {
    return opening.cache().name();
  }

  /** The opener decides about lifetimes, so that a cache that is opened again has them too. */
  @Override
  public ReplicatedCache expiring(Lifetimes lifetimes) {
    throw new UnsupportedOperationException("lifetimes are given to the opener");
  }

  @Override
  public byte[] peek(byte[] key) {
    return call(engine -> engine.peek(key));
  }

  @Override
  public void touch(byte[] key, long lifetime) {
    run(engine -> engine.touch(key, lifetime));
  }

  @Override
  public void touchAll(Map<Bytes, Long> lifetimes) {
    run(engine -> engine.touchAll(lifetimes));
  }

  @Override
  public byte[] get(byte[] key) {
    return call(engine -> engine.get(key));
  }

  @Override
  public Map<Bytes, byte[]> getAll(Collection<Bytes> keys) {
    return call(engine -> engine.getAll(keys));
  }

  @Override
  public boolean containsKey(byte[] key) {
    return call(engine -> engine.containsKey(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    run(engine -> engine.put(key, value));
  }

  @Override
  public void putAll(Map<Bytes, byte[]> entries) {
    run(engine -> engine.putAll(entries));
  }

  @Override
  public byte[] getAndPut(byte[] key, byte[] value) {
    return call(engine -> engine.getAndPut(key, value));
  }

  @Override
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return call(engine -> engine.putIfAbsent(key, value));
  }

  @Override
  public boolean remove(byte[] key) {
    return call(engine -> engine.remove(key));
  }

  @Override
  public boolean remove(byte[] key, byte[] expected) {
    return call(engine -> engine.remove(key, expected));
  }

  @Override
  public byte[] getAndRemove(byte[] key) {
    return call(engine -> engine.getAndRemove(key));
  }

  @Override
  public boolean replace(byte[] key, byte[] value) {
    return call(engine -> engine.replace(key, value));
  }

  @Override
  public boolean replace(byte[] key, byte[] expected, byte[] value) {
    return call(engine -> engine.replace(key, expected, value));
  }

  @Override
  public byte[] getAndReplace(byte[] key, byte[] value) {
    return call(engine -> engine.getAndReplace(key, value));
  }

  @Override
  public int removeAll(Collection<Bytes> keys) {
    return call(engine -> engine.removeAll(keys));
  }

  @Override
  public void clear() {
    run(ReplicatedCache::clear);
  }

  @Override
  public byte[] invokeHere(byte[] key, EntryFunction function) {
    AtomicBoolean ran = new AtomicBoolean();
    EntryFunction watched =
        value -> {
          ran.set(true);
          return function.apply(value);
        };
    // Code that has run is not run again by us: only its caller knows whether that is right.
    return call(engine -> engine.invokeHere(key, watched), () -> !ran.get());
  }

  @Override
  public void invokeAllHere(Collection<Bytes> keys, EntriesFunction function) {
    AtomicBoolean ran = new AtomicBoolean();
    EntriesFunction watched =
        present -> {
          ran.set(true);
          return function.apply(present);
        };
    call(
        engine -> {
          engine.invokeAllHere(keys, watched);
          return true;
        },
        () -> !ran.get());
  }

  @Override
  public void checkFits(byte[] key, byte[] value) {
    run(engine -> engine.checkFits(key, value));
  }

  @Override
  public byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException {
    Opening tried = opening;
    try {
      return tried.cache().invokeAtPrimary(key, processor);
    } catch (OperationUnknownException e) {
      throw EngineFailures.translate(e);
    } catch (OperationRefusedException e) {
      Opening next = successor(tried, e);
      try {
        return next.cache().invokeAtPrimary(key, processor);
      } catch (OperationRefusedException | OperationUnknownException again) {
        throw EngineFailures.translate(again);
      }
    }
  }

  @Override
  public Map<Bytes, Invocation> invokeAllAtPrimary(Collection<Bytes> keys, byte[] processor) {
    Opening tried = opening;
    Map<Bytes, Invocation> invocations =
        new HashMap<>(
            EngineFailures.translating(() -> tried.cache().invokeAllAtPrimary(keys, processor)));
    invocations.replaceAll(
        (key, invocation) ->
            invocation instanceof Invocation.Failed failed
                ? afterFailure(tried, key, processor, failed)
                : invocation);
    return invocations;
  }

  private Invocation afterFailure(
      Opening tried, Bytes key, byte[] processor, Invocation.Failed failed) {
    if (failed.failure() instanceof CacheException) {
      return failed; // a listener's, after an operation that was done
    }
    try {
      if (failed.failure() instanceof OperationRefusedException refusal) {
        return new Invocation.Done(
            successor(tried, refusal).cache().invokeAtPrimary(key.array(), processor));
      }
      return new Invocation.Failed(EngineFailures.translate(failed.failure()));
    } catch (ProcessorNotRunnableException notThereEither) {
      return new Invocation.NotRunnable();
    } catch (OperationRefusedException | OperationUnknownException again) {
      return new Invocation.Failed(EngineFailures.translate(again));
    } catch (CacheException translated) {
      return new Invocation.Failed(translated);
    }
  }

  @Override
  public Iterator<Map.Entry<byte[], byte[]>> iterator() {
    Iterator<Map.Entry<byte[], byte[]>> entries = call(ReplicatedCache::iterator);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return EngineFailures.translating(entries::hasNext);
      }

      @Override
      public Map.Entry<byte[], byte[]> next() {
        Map.Entry<byte[], byte[]> met = EngineFailures.translating(entries::next);
        return codec.byValue()
            ? met
            : Map.entry(codec.original(met.getKey()), codec.original(met.getValue()));
      }
    };
  }

  @Override
  public long size() {
    return call(ReplicatedCache::size);
  }

  private void run(Consumer<ReplicatedCache> operation) {
    call(
        engine -> {
          operation.accept(engine);
          return true;
        });
  }

  private <T> T call(Function<ReplicatedCache, T> operation) {
    return call(operation, () -> true);
  }

  private <T> T call(Function<ReplicatedCache, T> operation, BooleanSupplier repeatable) {
    Opening tried = opening;
    try {
      return operation.apply(tried.cache());
    } catch (OperationUnknownException e) {
      throw EngineFailures.translate(e);
    } catch (OperationRefusedException e) {
      Opening next = successor(tried, e);
      if (!repeatable.getAsBoolean()) {
        throw EngineFailures.translate(e);
      }
      return EngineFailures.translating(() -> operation.apply(next.cache()));
    }
  }

  /** The opening to repeat a refused operation on; throws if there is none. */
  private Opening successor(Opening refused, OperationRefusedException refusal) {
    switch (opener.standing(refused)) {
      case VALID -> throw EngineFailures.translate(refusal);
      case DESTROYED -> {
        onDestroyed.run();
        throw new IllegalStateException(
            "Cache " + opener.cacheName() + " was destroyed by another member", refusal);
      }
      case LEFT_BEHIND -> {
        boolean again;
        synchronized (this) {
          again = opening.equals(refused);
          if (again) {
            opening = opener.open();
          }
        }
        if (again) {
          onReopened.run();
        }
        return opening;
      }
    }
    throw new AssertionError(refusal);
  }
}
