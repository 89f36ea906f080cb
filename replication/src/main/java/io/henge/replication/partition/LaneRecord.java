package io.henge.replication.partition;

import io.henge.replication.topology.OperationId;

/**
 * The newest committed operation of a lane.
 *
 * @param operation the operation
 * @param index the index of its effect
 * @param outcome its result, null if dropped to save memory
 */
public record LaneRecord(OperationId operation, long index, Outcome outcome) {

  /** A rough size in bytes. */
  int bytes() {
    return 48 + resultBytes();
  }

  /** Size of the remembered value, 0 if there is none. */
  int resultBytes() {
    return outcome == null || outcome.value() == null ? 0 : outcome.value().length;
  }
}
