package io.henge.jcache;

import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryFunction;
import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.OperationUnknownException;
import io.henge.replication.node.ProcessorNotRunnableException;
import io.henge.replication.node.ReplicatedCache;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A cache of the engine with the engine's exceptions translated: into those of JCache, or into
 * "closed" if another member has destroyed the cache meanwhile.
 *
 * @param engine the cache of the engine
 * @param destroyed asked after a refusal; closes the JCache cache if it says yes
 */
record TranslatingCache(ReplicatedCache engine, BooleanSupplier destroyed)
    implements ReplicatedCache {

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public byte[] get(byte[] key) {
    return call(() -> engine.get(key));
  }

  @Override
  public Map<Bytes, byte[]> getAll(Collection<Bytes> keys) {
    return call(() -> engine.getAll(keys));
  }

  @Override
  public boolean containsKey(byte[] key) {
    return call(() -> engine.containsKey(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    run(() -> engine.put(key, value));
  }

  @Override
  public void putAll(Map<Bytes, byte[]> entries) {
    run(() -> engine.putAll(entries));
  }

  @Override
  public byte[] getAndPut(byte[] key, byte[] value) {
    return call(() -> engine.getAndPut(key, value));
  }

  @Override
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return call(() -> engine.putIfAbsent(key, value));
  }

  @Override
  public boolean remove(byte[] key) {
    return call(() -> engine.remove(key));
  }

  @Override
  public boolean remove(byte[] key, byte[] expected) {
    return call(() -> engine.remove(key, expected));
  }

  @Override
  public byte[] getAndRemove(byte[] key) {
    return call(() -> engine.getAndRemove(key));
  }

  @Override
  public boolean replace(byte[] key, byte[] value) {
    return call(() -> engine.replace(key, value));
  }

  @Override
  public boolean replace(byte[] key, byte[] expected, byte[] value) {
    return call(() -> engine.replace(key, expected, value));
  }

  @Override
  public byte[] getAndReplace(byte[] key, byte[] value) {
    return call(() -> engine.getAndReplace(key, value));
  }

  @Override
  public void removeAll(Collection<Bytes> keys) {
    run(() -> engine.removeAll(keys));
  }

  @Override
  public void clear() {
    run(engine::clear);
  }

  @Override
  public byte[] invokeHere(byte[] key, EntryFunction function) {
    return call(() -> engine.invokeHere(key, function));
  }

  @Override
  public byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException {
    try {
      return engine.invokeAtPrimary(key, processor);
    } catch (OperationRefusedException | OperationUnknownException e) {
      throw translated(e);
    }
  }

  @Override
  public Iterator<Map.Entry<byte[], byte[]>> iterator() {
    Iterator<Map.Entry<byte[], byte[]>> entries = call(engine::iterator);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return call(entries::hasNext);
      }

      @Override
      public Map.Entry<byte[], byte[]> next() {
        return call(entries::next);
      }
    };
  }

  @Override
  public long size() {
    return call(engine::size);
  }

  private void run(Runnable operation) {
    call(
        () -> {
          operation.run();
          return true;
        });
  }

  private <T> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (OperationRefusedException | OperationUnknownException e) {
      throw translated(e);
    }
  }

  private RuntimeException translated(RuntimeException failure) {
    if (failure instanceof OperationRefusedException && destroyed.getAsBoolean()) {
      return new IllegalStateException(
          "Cache " + engine.name() + " was destroyed by another member", failure);
    }
    return EngineFailures.translate(failure);
  }
}
