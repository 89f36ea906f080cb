package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.Operation;
import io.henge.replication.partition.ProcessorOutcome;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.topology.OperationId;
import java.nio.charset.StandardCharsets;

/** The entry processors of the simulation: they append a text to the value. */
final class Processors {

  private Processors() {}

  /** What becomes of {@code value} when {@code suffix} is appended. */
  static byte[] append(byte[] value, byte[] suffix) {
    return bytes(new Action.Append(text(suffix)).apply(text(value)).next());
  }

  /** Runs a processor, which is nothing but the suffix, at a primary. */
  static ProcessorOutcome run(OperationId id, byte[] processor, byte[] value) {
    byte[] next = append(value, processor);
    return new ProcessorOutcome(id, true, Operation.Change.SET, next, next);
  }

  static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
