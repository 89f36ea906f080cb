package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.drill.ProbeRecord;
import io.henge.replication.node.management.ProbeView;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.Operation;
import io.henge.replication.ring.KeyHash;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes and reads one key in each of some partitions, again and again, on a thread of its own:
 * what a caller of this member would see of a drill. Ends by itself after three minutes.
 */
final class Probe implements AutoCloseable {

  private static final int MOST_KEYS = 16;
  private static final long PERIOD_MILLIS = 10;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(3);
  private static final double NANOS_PER_MILLI = 1e6;

  /** A key, and the partition that it is in. */
  private record Key(int partition, byte[] bytes) {}

  private final MemberId member;
  private final int cache;
  private final List<Key> keys;
  private final Supplier<Incarnation> node;
  private final ProbeRecord record;
  private final long began = System.nanoTime();
  private final ScheduledExecutorService executor;
  private long number;
  private boolean verified;

  private Probe(
      MemberId member, int cache, List<Key> keys, Supplier<Incarnation> node, String nodeName) {
    this.member = member;
    this.cache = cache;
    this.keys = keys;
    this.node = node;
    this.record = new ProbeRecord(keys.size());
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "henge-probe-" + nodeName);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The group whose partitions are probed: the first synchronous one with backups of which the
   * member leads partitions; null if there is none.
   */
  static PartitionGroup group(ClusterState state, MemberId member) {
    return state.groups().stream()
        .filter(
            group ->
                group.copies() > 1
                    && group.mode().equals(ReplicationMode.SYNC)
                    && group.partitions().stream().anyMatch(each -> member.equals(each.primary())))
        .findFirst()
        .orElse(null);
  }

  /** Begins to probe partitions that a member leads, with a cache that exists. */
  static Probe begin(
      ClusterState state,
      MemberId member,
      CacheDefinition cache,
      Supplier<Incarnation> node,
      String nodeName) {
    List<Key> keys = new ArrayList<>();
    int count = state.partitionsPerGroup();
    int first = cache.group() * count;
    for (int i = 0; i < count && keys.size() < MOST_KEYS; i++) {
      if (member.equals(state.partition(first + i).primary())) {
        keys.add(new Key(first + i, keyIn(i, count)));
      }
    }
    Probe probe = new Probe(member, cache.id(), keys, node, nodeName);
    ScheduledFuture<?> unused =
        probe.executor.scheduleWithFixedDelay(
            probe::round, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return probe;
  }

  /** Every arc of the ring has keys: about one in {@code count} is in a given one. */
  private static byte[] keyIn(int partition, int count) {
    for (long i = 0; ; i++) {
      byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(i).array();
      if (KeyHash.partition(key, count) == partition) {
        return key;
      }
    }
  }

  /** Whether an operation is one of the probe's, which is then noted. */
  boolean takes(DelayedOperation operation) {
    if (operation.cache() != cache) {
      return false;
    }
    record.retried(operation.repeats());
    return true;
  }

  /** The number of the round is only touched by the executor's thread. */
  private void round() {
    if (System.nanoTime() - began >= LONGEST_NANOS) {
      executor.shutdown();
      return;
    }
    long value = ++number;
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    List<ClientResult> written = run(new Operation.Put(bytes, false, Lifetimes.NONE));
    for (int i = 0; i < written.size(); i++) {
      record.wrote(i, value, written.get(i).kind());
    }
    readAll();
  }

  /** Reads every key at its primary; tells whether all were answered. */
  private boolean readAll() {
    List<ClientResult> found = run(new Operation.Get(Lifetimes.NONE.access()));
    boolean all = true;
    for (int i = 0; i < found.size(); i++) {
      byte[] value = found.get(i).value();
      ClientResult.Kind kind = found.get(i).kind();
      record.read(i, value == null ? 0 : ByteBuffer.wrap(value).getLong(), kind);
      all &= kind == ClientResult.Kind.DONE;
    }
    return all;
  }

  private List<ClientResult> run(Operation operation) {
    long begin = System.nanoTime();
    List<ClientResult> results =
        node.get()
            .clients()
            .callAll(
                keys.stream()
                    .map(
                        key ->
                            new ClientPlane.Item(
                                key.partition(), new EntryKey(cache, key.bytes()), operation))
                    .toList());
    record.ended(System.nanoTime() - begin);
    return results;
  }

  /** What it saw so far. */
  synchronized ProbeView view() {
    return new ProbeView(
        member.toString(),
        keys.size(),
        record.writes(),
        record.reads(),
        record.failed(),
        record.retries(),
        record.longestNanos() / NANOS_PER_MILLI,
        record.lost(),
        verified);
  }

  /** Ends it: waits for what is under way, and reads every key once more on this thread. */
  void end(long nanos) throws InterruptedException {
    executor.shutdown();
    boolean ended = executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    boolean all = ended && readAll();
    synchronized (this) {
      verified = all;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
