package io.henge.benchmarks.local;

import io.henge.replication.ring.KeyHash;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a key's bytes to its partition. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyHashBenchmark {

  /** Length of the key in bytes. */
  @Param({"12", "100"})
  public int keyBytes;

  private byte[] key;

  /** Makes a key. */
  @Setup
  public void makeKey() {
    key = new byte[keyBytes];
    for (int i = 0; i < keyBytes; i++) {
      key[i] = (byte) (i * 31);
    }
  }

  /** The partition among 256. */
  @Benchmark
  public int partition() {
    return KeyHash.partition(key, 256);
  }
}
