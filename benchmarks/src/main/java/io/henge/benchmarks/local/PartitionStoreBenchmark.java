package io.henge.benchmarks.local;

import io.henge.replication.store.EntryKey;
import io.henge.replication.store.PartitionStore;
import io.henge.replication.store.StoredValue;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The map of one partition. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartitionStoreBenchmark {

  private static final int ENTRIES = 1024;

  private final PartitionStore store = new PartitionStore();
  private final EntryKey[] keys = new EntryKey[ENTRIES];
  private final byte[] value = new byte[100];
  private long version;
  private int next;

  /** Fills the partition. */
  @Setup
  public void fill() {
    for (int i = 0; i < ENTRIES; i++) {
      keys[i] = new EntryKey(1, ("order-" + i).getBytes(StandardCharsets.UTF_8));
      store.apply(keys[i], value, ++version);
    }
  }

  private EntryKey key() {
    next = (next + 1) % ENTRIES;
    return keys[next];
  }

  /** A read of a key without an uncommitted effect. */
  @Benchmark
  public StoredValue read() {
    return store.read(key());
  }

  /** What a replica does with an effect between its arrival and its commit. */
  @Benchmark
  public void markApplyUnmark() {
    EntryKey key = key();
    store.mark(key);
    store.apply(key, value, ++version);
    store.unmark(key);
  }
}
