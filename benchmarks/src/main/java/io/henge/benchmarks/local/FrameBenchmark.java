package io.henge.benchmarks.local;

import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The frame that carries a put of 100 bytes to the primary. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

  private final PartitionMessage message =
      new Request(
          17,
          new OperationId(new MemberId(1, 2), 3, 4_711),
          1,
          new EntryKey(1, "order-4711".getBytes(StandardCharsets.UTF_8)),
          new Operation.Put(new byte[100], false));
  private final byte[] frame = write();

  /** Message to bytes. */
  @Benchmark
  public byte[] write() {
    WireWriter writer = new WireWriter(PartitionCodec.estimate(message));
    PartitionCodec.write(writer, message);
    return writer.toByteArray();
  }

  /** Bytes to message. */
  @Benchmark
  public PartitionMessage read() {
    return PartitionCodec.read(new WireReader(frame));
  }
}
