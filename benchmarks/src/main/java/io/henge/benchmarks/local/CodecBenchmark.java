package io.henge.benchmarks.local;

import io.henge.jcache.codec.ObjectCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Keys and values to bytes and back, at the caller. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

  private final ObjectCodec codec =
      new ObjectCodec("benchmark", CodecBenchmark.class.getClassLoader());
  private final byte[] array = new byte[100];
  private final SampleOrder order = SampleOrder.sample();
  private byte[] encodedKey;
  private byte[] encodedArray;
  private byte[] encodedOrder;

  /** Encodes what is decoded. */
  @Setup
  public void encodeAll() {
    encodedKey = codec.encodeKey("order-4711");
    encodedArray = codec.encode(array);
    encodedOrder = codec.encode(order);
  }

  /** A string key. */
  @Benchmark
  public byte[] encodeStringKey() {
    return codec.encodeKey("order-4711");
  }

  /** A string. */
  @Benchmark
  public Object decodeString() {
    return codec.decode(encodedKey);
  }

  /** A value of 100 bytes. */
  @Benchmark
  public byte[] encodeByteArray() {
    return codec.encode(array);
  }

  /** A value of 100 bytes. */
  @Benchmark
  public Object decodeByteArray() {
    return codec.decode(encodedArray);
  }

  /** A serializable object with a few fields. */
  @Benchmark
  public byte[] encodeObject() {
    return codec.encode(order);
  }

  /** A serializable object with a few fields. */
  @Benchmark
  public Object decodeObject() {
    return codec.decode(encodedOrder);
  }
}
