package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.ScanBatch;
import io.henge.replication.ring.KeyHash;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.ReplicationMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * A cache as this member's callers use it: reads locally where it may, asks primaries otherwise.
 */
final class CacheHandle implements ReplicatedCache {

  private static final byte[] EMPTY = {};
  private static final int SCAN_BYTES = 256 * 1024;

  private final String name;
  private final int id;
  private final int group;
  private final CacheSettings settings;
  private final Supplier<Incarnation> node;
  private final ChangeListeners listeners;
  private final Lifetimes lifetimes;
  private volatile CacheReads reads;

  /** A cache for operations that no listener here is waited for. */
  CacheHandle(CacheDefinition definition, CacheSettings settings, Supplier<Incarnation> node) {
    this(definition, settings, node, new ChangeListeners(Duration.ZERO));
  }

  CacheHandle(
      CacheDefinition definition,
      CacheSettings settings,
      Supplier<Incarnation> node,
      ChangeListeners listeners) {
    this(
        definition.name(),
        definition.id(),
        definition.group(),
        settings,
        node,
        listeners,
        Lifetimes.NONE);
  }

  private CacheHandle(
      String name,
      int id,
      int group,
      CacheSettings settings,
      Supplier<Incarnation> node,
      ChangeListeners listeners,
      Lifetimes lifetimes) {
    this.name = name;
    this.id = id;
    this.group = group;
    this.settings = settings;
    this.node = node;
    this.listeners = listeners;
    this.lifetimes = lifetimes;
  }

  @Override
  public ReplicatedCache expiring(Lifetimes wanted) {
    return new CacheHandle(name, id, group, settings, node, listeners, wanted);
  }

  @Override
  public String name() {
    return name;
  }

  int id() {
    return id;
  }

  @Override
  public byte[] get(byte[] key) {
    return lifetimes.accessCounts()
        ? done(call(key, new Operation.Get(lifetimes.access())), "get").value()
        : peek(key);
  }

  @Override
  public void touch(byte[] key, long lifetime) {
    done(call(key, new Operation.Get(lifetime)), "an access");
  }

  @Override
  public void touchAll(Map<Bytes, Long> accesses) {
    List<ClientPlane.Item> items = new ArrayList<>();
    accesses.forEach((key, lifetime) -> items.add(item(key.array(), new Operation.Get(lifetime))));
    callAll(items).forEach(result -> done(result, "an access"));
  }

  @Override
  public byte[] peek(byte[] key) {
    EntryKey entry = new EntryKey(id, key);
    int partition = partitionOf(key);
    CacheReads from = reads();
    CacheReads.Choice choice = from.choose(partition, entry);
    StoredValue here = here(choice, partition, entry);
    if (here == null) {
      return done(from.ask(partition, entry, choice), "get").value();
    }
    if (!here.present()) {
      checkExists("get");
    }
    return here.value();
  }

  /** In asynchronous caches only the primary tells the latest value. */
  private ReadPolicy policy() {
    return settings.mode() instanceof ReplicationMode.Async
        ? ReadPolicy.PRIMARY
        : settings.readPolicy();
  }

  /** How this member reads under its present id. */
  private CacheReads reads() {
    Incarnation now = node.get();
    CacheReads known = reads;
    if (known == null || known.node() != now) {
      known = new CacheReads(now, group, state().partitionsPerGroup(), policy());
      reads = known;
    }
    return known;
  }

  /** What this member's copy tells, null if another has to be asked. */
  private StoredValue here(CacheReads.Choice choice, int partition, EntryKey entry) {
    return choice.here() == null && settings.staleReads()
        ? node.get().data().readStale(partition, entry)
        : choice.here();
  }

  @Override
  public boolean containsKey(byte[] key) {
    return peek(key) != null;
  }

  @Override
  public Map<Bytes, byte[]> getAll(Collection<Bytes> keys) {
    Map<Bytes, byte[]> found = new HashMap<>();
    List<Bytes> remote = new ArrayList<>();
    List<ClientPlane.Item> items = new ArrayList<>();
    CacheReads from = reads();
    boolean absentHere = false;
    for (Bytes key : keys) {
      int partition = partitionOf(key.array());
      EntryKey entry = new EntryKey(id, key.array());
      if (lifetimes.accessCounts()) {
        remote.add(key);
        items.add(item(key.array(), new Operation.Get(lifetimes.access())));
        continue;
      }
      CacheReads.Choice choice = from.choose(partition, entry);
      StoredValue here = here(choice, partition, entry);
      if (here == null) {
        remote.add(key);
        items.add(choice.item(partition, entry));
      } else if (here.present()) {
        found.put(key, here.value());
      } else {
        absentHere = true;
      }
    }
    if (absentHere) {
      checkExists("getAll");
    }
    List<ClientResult> results = callAll(items);
    for (int i = 0; i < results.size(); i++) {
      byte[] value = done(results.get(i), "getAll").value();
      if (value != null) {
        found.put(remote.get(i), value);
      }
    }
    return found;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    done(call(key, new Operation.Put(checked(key, value), false, lifetimes)), "put");
  }

  @Override
  public void putAll(Map<Bytes, byte[]> entries) {
    List<ClientPlane.Item> items = new ArrayList<>();
    entries.forEach(
        (key, value) ->
            items.add(
                item(
                    key.array(),
                    new Operation.Put(checked(key.array(), value), false, lifetimes))));
    callAll(items).forEach(result -> done(result, "putAll"));
  }

  @Override
  public byte[] getAndPut(byte[] key, byte[] value) {
    return done(call(key, new Operation.Put(checked(key, value), true, lifetimes)), "getAndPut")
        .value();
  }

  @Override
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return changed(
        call(key, new Operation.PutIfAbsent(checked(key, value), lifetimes)), "putIfAbsent");
  }

  @Override
  public boolean remove(byte[] key) {
    return changed(call(key, new Operation.Remove(false)), "remove");
  }

  @Override
  public boolean remove(byte[] key, byte[] expected) {
    return changed(
        call(key, new Operation.RemoveIfEquals(checked(key, expected), lifetimes)), "remove");
  }

  @Override
  public byte[] getAndRemove(byte[] key) {
    return done(call(key, new Operation.Remove(true)), "getAndRemove").value();
  }

  @Override
  public boolean replace(byte[] key, byte[] value) {
    return changed(
        call(key, new Operation.Replace(checked(key, value), false, lifetimes)), "replace");
  }

  @Override
  public boolean replace(byte[] key, byte[] expected, byte[] value) {
    Operation operation =
        new Operation.ReplaceIfEquals(checked(key, expected), checked(key, value), lifetimes);
    return changed(call(key, operation), "replace");
  }

  @Override
  public byte[] getAndReplace(byte[] key, byte[] value) {
    Operation operation = new Operation.Replace(checked(key, value), true, lifetimes);
    return done(call(key, operation), "getAndReplace").value();
  }

  @Override
  public int removeAll(Collection<Bytes> keys) {
    List<ClientPlane.Item> items = new ArrayList<>();
    keys.forEach(key -> items.add(item(key.array(), new Operation.Remove(false))));
    int removed = 0;
    for (ClientResult result : callAll(items)) {
      removed += changed(result, "removeAll") ? 1 : 0;
    }
    return removed;
  }

  @Override
  public void clear() {
    List<ClientPlane.Item> items = new ArrayList<>();
    int count = state().partitionsPerGroup();
    for (int i = 0; i < count; i++) {
      items.add(
          new ClientPlane.Item(group * count + i, new EntryKey(id, EMPTY), new Operation.Clear()));
    }
    callAll(items).forEach(result -> done(result, "clear"));
  }

  @Override
  public byte[] invokeHere(byte[] key, EntryFunction function) {
    EntryKey entry = new EntryKey(id, key);
    EntryFunction checked =
        value -> {
          EntryOutcome outcome = function.apply(value);
          if (outcome.value() != null) {
            checked(key, outcome.value());
          }
          if (outcome.result() != null) {
            checked(key, outcome.result());
          }
          return outcome;
        };
    int partition = partitionOf(key);
    ClientResult result = node.get().clients().invokeHere(partition, entry, checked);
    return done(listeners.after(name, partition, result), "invoke").value();
  }

  @Override
  public void invokeAllHere(Collection<Bytes> keys, EntriesFunction function) {
    List<Bytes> ordered = new ArrayList<>(keys);
    ordered.sort(Comparator.comparing(Bytes::array, Operation.Reserve.ORDER));
    List<ClientPlane.Item> items = new ArrayList<>(ordered.size());
    ordered.forEach(key -> items.add(item(key.array(), new Operation.Reserve())));
    EntriesFunction checked =
        present -> {
          Map<Bytes, EntryOutcome> outcomes = function.apply(present);
          outcomes.forEach(
              (key, outcome) -> {
                if (outcome.value() != null) {
                  checked(key.array(), outcome.value());
                }
              });
          return outcomes;
        };
    listeners
        .after(name, items, node.get().clients().invokeAllHere(items, checked))
        .forEach(result -> done(result, "invoke"));
  }

  @Override
  public void checkFits(byte[] key, byte[] value) {
    checked(key, value);
  }

  @Override
  public byte[] invokeAtPrimary(byte[] key, byte[] processor) throws ProcessorNotRunnableException {
    EntryKey entry = new EntryKey(id, key);
    byte[] code = checked(key, processor);
    int partition = partitionOf(key);
    ClientResult result = node.get().clients().invokeAtPrimary(partition, entry, code);
    return done(listeners.after(name, partition, result), "invoke").value();
  }

  @Override
  public Map<Bytes, Invocation> invokeAllAtPrimary(Collection<Bytes> keys, byte[] processor) {
    List<Bytes> ordered = List.copyOf(keys);
    List<ClientPlane.Item> items = new ArrayList<>(ordered.size());
    for (Bytes key : ordered) {
      items.add(item(key.array(), new Operation.RunProcessor(checked(key.array(), processor))));
    }
    List<ClientResult> results = node.get().clients().invokeAllAtPrimary(items);
    Map<Bytes, Invocation> invocations = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      invocations.put(ordered.get(i), invocation(items.get(i).partition(), results.get(i)));
    }
    return invocations;
  }

  private Invocation invocation(int partition, ClientResult result) {
    if (result == null) {
      return new Invocation.NotRunnable();
    }
    try {
      return new Invocation.Done(done(listeners.after(name, partition, result), "invoke").value());
    } catch (RuntimeException e) { // also what a listener here threw: it concerns this key only
      return new Invocation.Failed(e);
    }
  }

  @Override
  public Iterator<Map.Entry<byte[], byte[]>> iterator() {
    return new Entries(lifetimes.access());
  }

  @Override
  public long size() {
    long count = 0;
    for (Iterator<Map.Entry<byte[], byte[]>> i = new Entries(Lifetimes.UNCHANGED);
        i.hasNext();
        i.next()) {
      count++;
    }
    return count;
  }

  private ClientPlane.Item item(byte[] key, Operation operation) {
    return new ClientPlane.Item(partitionOf(key), new EntryKey(id, key), operation);
  }

  private ClientResult call(byte[] key, Operation operation) {
    return call(partitionOf(key), new EntryKey(id, key), operation);
  }

  private ClientResult call(int partition, EntryKey key, Operation operation) {
    return listeners.after(name, partition, node.get().clients().call(partition, key, operation));
  }

  private List<ClientResult> callAll(List<ClientPlane.Item> items) {
    return items.isEmpty()
        ? List.of()
        : listeners.after(name, items, node.get().clients().callAll(items));
  }

  private int partitionOf(byte[] key) {
    int count = state().partitionsPerGroup();
    return group * count + KeyHash.partition(key, count);
  }

  private ClusterState state() {
    ClusterState state = node.get().state();
    if (state == null) {
      throw new OperationRefusedException(
          "cache " + name + ": this member is not in a cluster (yet): nothing was done");
    }
    return state;
  }

  /** A cache that was destroyed answers "absent" to nobody; to be asked after the copy was read. */
  private void checkExists(String what) {
    if (!state().caches().containsKey(id)) {
      throw destroyed(what);
    }
  }

  private OperationRefusedException destroyed(String what) {
    return new OperationRefusedException(
        what + " on cache " + name + ": the cache was destroyed; nothing was done");
  }

  private boolean changed(ClientResult result, String what) {
    return done(result, what).kind() == ClientResult.Kind.DONE;
  }

  private ClientResult done(ClientResult result, String what) {
    return switch (result.kind()) {
      case DONE, UNCHANGED -> result;
      case CACHE_DROPPED -> throw destroyed(what);
      case NOT_DONE ->
          throw new OperationRefusedException(
              what
                  + " on cache "
                  + name
                  + " was refused, nothing was done and it is safe to repeat: "
                  + result.why());
      case UNKNOWN ->
          throw new OperationUnknownException(
              what
                  + " on cache "
                  + name
                  + " has an unknown outcome, it took effect at most once: "
                  + result.why());
    };
  }

  private byte[] checked(byte[] key, byte[] value) {
    long size = (long) key.length + value.length;
    int most = node.get().maxValueBytes();
    if (size > most) {
      throw new ValueTooLargeException(
          "an entry, processor or result of "
              + size
              + " bytes for cache "
              + name
              + " is larger than the "
              + most
              + " bytes that henge.max-value-bytes allows, which can be at most "
              + NodeSettings.LARGEST_VALUE_BYTES
              + "; nothing was done");
    }
    return value;
  }

  private final class Entries implements Iterator<Map.Entry<byte[], byte[]>> {

    private final long access;
    private final int count = state().partitionsPerGroup();
    private int partition = -1;
    private boolean more;
    private byte[] after = EMPTY;
    private Iterator<ScanBatch.Entry> batch = List.<ScanBatch.Entry>of().iterator();

    private Entries(long access) {
      this.access = access;
    }

    @Override
    public boolean hasNext() {
      while (!batch.hasNext()) {
        if (!more) {
          if (partition + 1 >= count) {
            return false;
          }
          partition++;
          after = EMPTY;
        }
        fetch();
      }
      return true;
    }

    private void fetch() {
      ClientResult result =
          done(
              call(
                  group * count + partition,
                  new EntryKey(id, EMPTY),
                  new Operation.Scan(after, SCAN_BYTES)),
              "iterator");
      ScanBatch found = ScanBatch.decode(result.value());
      more = found.more();
      batch = found.entries().iterator();
      if (!found.entries().isEmpty()) {
        after = found.entries().get(found.entries().size() - 1).key();
      }
    }

    @Override
    public Map.Entry<byte[], byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more entries in cache " + name);
      }
      ScanBatch.Entry entry = batch.next();
      if (access != Lifetimes.UNCHANGED) {
        touch(entry.key(), access);
      }
      return Map.entry(entry.key(), entry.value());
    }
  }
}
