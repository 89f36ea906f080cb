package io.henge.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntriesFunction;
import io.henge.replication.node.EntryFunction;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.Invocation;
import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.ProcessorHost;
import io.henge.replication.node.ProcessorNotRunnableException;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.node.ValueTooLargeException;
import io.henge.replication.topology.Lifetimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/** A cache in memory, by the contract of {@link ReplicatedCache}. */
final class FakeReplicatedCache implements ReplicatedCache {

  static final int LARGEST_ENTRY_BYTES = 100_000;

  private static final int BATCH = 2;

  private final String name;
  private final FakeCluster.Definition definition;
  private final FakeCluster cluster;
  private Lifetimes lifetimes = Lifetimes.NONE;

  FakeReplicatedCache(String name, FakeCluster.Definition definition, FakeCluster cluster) {
    this.name = name;
    this.definition = definition;
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return name;
  }

  /** Remembers the lifetimes; nothing expires here. */
  @Override
  public ReplicatedCache expiring(Lifetimes wanted) {
    FakeReplicatedCache other = new FakeReplicatedCache(name, definition, cluster);
    other.lifetimes = wanted;
    return other;
  }

  Lifetimes lifetimes() {
    return lifetimes;
  }

  @Override
  public byte[] peek(byte[] key) {
    return entries("peek").get(new Bytes(key));
  }

  @Override
  public void touch(byte[] key, long lifetime) {
    entries("touch " + lifetime);
  }

  @Override
  public byte[] get(byte[] key) {
    return entries("get").get(new Bytes(key));
  }

  @Override
  public Map<Bytes, byte[]> getAll(Collection<Bytes> keys) {
    ConcurrentMap<Bytes, byte[]> entries = entries("getAll");
    Map<Bytes, byte[]> found = new HashMap<>();
    for (Bytes key : keys) {
      if (entries.containsKey(key)) {
        found.put(key, entries.get(key));
      }
    }
    return found;
  }

  @Override
  public boolean containsKey(byte[] key) {
    return entries("containsKey").containsKey(new Bytes(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries("put").put(new Bytes(key), value);
  }

  @Override
  public void putAll(Map<Bytes, byte[]> more) {
    entries("putAll").putAll(more);
  }

  @Override
  public byte[] getAndPut(byte[] key, byte[] value) {
    return entries("getAndPut").put(new Bytes(key), value);
  }

  @Override
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return entries("putIfAbsent").putIfAbsent(new Bytes(key), value) == null;
  }

  @Override
  public boolean remove(byte[] key) {
    return entries("remove").remove(new Bytes(key)) != null;
  }

  @Override
  public boolean remove(byte[] key, byte[] expected) {
    return compareAndSet(key, expected, null);
  }

  @Override
  public byte[] getAndRemove(byte[] key) {
    return entries("getAndRemove").remove(new Bytes(key));
  }

  @Override
  public boolean replace(byte[] key, byte[] value) {
    return entries("replace").replace(new Bytes(key), value) != null;
  }

  @Override
  public boolean replace(byte[] key, byte[] expected, byte[] value) {
    return compareAndSet(key, expected, value);
  }

  @Override
  public byte[] getAndReplace(byte[] key, byte[] value) {
    return entries("getAndReplace").replace(new Bytes(key), value);
  }

  @Override
  public int removeAll(Collection<Bytes> keys) {
    ConcurrentMap<Bytes, byte[]> entries = entries("removeAll");
    return (int) keys.stream().filter(key -> entries.remove(key) != null).count();
  }

  @Override
  public void clear() {
    entries("clear").clear();
  }

  @Override
  public byte[] invokeHere(byte[] key, EntryFunction function) {
    return change(entries("invokeHere"), key, function);
  }

  /** In batches of two keys; of one caller at a time. */
  @Override
  public void invokeAllHere(Collection<Bytes> keys, EntriesFunction function) {
    List<Bytes> rest = new ArrayList<>(keys);
    while (!rest.isEmpty()) {
      List<Bytes> batch = rest.subList(0, Math.min(BATCH, rest.size()));
      ConcurrentMap<Bytes, byte[]> entries = entries("invokeAllHere");
      synchronized (definition) {
        Map<Bytes, byte[]> present = new LinkedHashMap<>();
        batch.forEach(key -> present.put(key, entries.get(key)));
        Map<Bytes, EntryOutcome> outcomes = function.apply(present);
        outcomes.forEach((key, outcome) -> change(entries, key.array(), value -> outcome));
      }
      batch.clear();
    }
  }

  @Override
  public void checkFits(byte[] key, byte[] value) {
    if (key.length + value.length > LARGEST_ENTRY_BYTES) {
      throw new ValueTooLargeException("an entry is too large for cache " + name);
    }
  }

  @Override
  public byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException {
    ConcurrentMap<Bytes, byte[]> entries = entries("invokeAtPrimary");
    ProcessorHost host = cluster.hostAtPrimary(name);
    if (host == null) {
      throw new ProcessorNotRunnableException("not open at the primary");
    }
    ProcessorNotRunnableException[] refused = new ProcessorNotRunnableException[1];
    byte[] result =
        change(
            entries,
            key,
            value -> {
              try {
                return host.run(processor, key, value);
              } catch (ProcessorNotRunnableException e) {
                refused[0] = e;
                return new EntryOutcome(EntryOutcome.Change.NONE, null, null);
              }
            });
    if (refused[0] != null) {
      throw refused[0];
    }
    return result;
  }

  @Override
  public Map<Bytes, Invocation> invokeAllAtPrimary(Collection<Bytes> keys, byte[] processor) {
    entries("invokeAllAtPrimary");
    Map<Bytes, Invocation> invocations = new HashMap<>();
    for (Bytes key : keys) {
      Invocation invocation;
      try {
        String text = new String(key.array(), 1, key.array().length - 1, UTF_8);
        RuntimeException failure = cluster.failingProcessors.get(text);
        invocation =
            failure == null
                ? new Invocation.Done(invokeAtPrimary(key.array(), processor))
                : new Invocation.Failed(failure);
      } catch (ProcessorNotRunnableException e) {
        invocation = new Invocation.NotRunnable();
      }
      invocations.put(key, invocation);
    }
    return invocations;
  }

  @Override
  public void touchAll(Map<Bytes, Long> accesses) {
    entries("touchAll " + accesses.values());
  }

  @Override
  public Iterator<Map.Entry<byte[], byte[]>> iterator() {
    Iterator<Map.Entry<Bytes, byte[]>> all = entries("iterator").entrySet().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Map.Entry<byte[], byte[]> next() {
        Map.Entry<Bytes, byte[]> entry = all.next();
        return Map.entry(entry.getKey().array(), entry.getValue());
      }
    };
  }

  @Override
  public long size() {
    return entries("size").size();
  }

  private boolean compareAndSet(byte[] key, byte[] expected, byte[] value) {
    cluster.beforeCompareAndSet.run();
    boolean[] done = new boolean[1];
    entries("compareAndSet")
        .computeIfPresent(
            new Bytes(key),
            (bytes, present) -> {
              done[0] = Arrays.equals(present, expected);
              return done[0] ? value : present;
            });
    return done[0];
  }

  private byte[] change(ConcurrentMap<Bytes, byte[]> entries, byte[] key, EntryFunction function) {
    byte[][] result = new byte[1][];
    entries.compute(
        new Bytes(key),
        (bytes, present) -> {
          EntryOutcome outcome = function.apply(present);
          result[0] = outcome.result();
          cluster.outcomes.add(outcome.change() + " " + outcome.lifetime());
          return switch (outcome.change()) {
            case NONE -> present;
            case SET -> outcome.value();
            case REMOVE -> null;
          };
        });
    return result[0];
  }

  private ConcurrentMap<Bytes, byte[]> entries(String call) {
    cluster.calls.add(call);
    if (cluster.failure != null) {
      throw cluster.failure;
    }
    if (!definition.attributes().equals(cluster.attributes(name))) {
      throw new OperationRefusedException("Cache " + name + " is not there any more");
    }
    return definition.entries();
  }
}
