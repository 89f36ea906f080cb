package io.henge.replication.partition;

import io.henge.replication.topology.OperationId;

/**
 * What became of a processor that ran at the primary.
 *
 * @param id the operation
 * @param runnable false if it could not be decoded here; nothing was run then
 * @param change what becomes of the entry
 * @param value the new value for SET
 * @param result its result
 */
public record ProcessorOutcome(
    OperationId id, boolean runnable, Operation.Change change, byte[] value, byte[] result) {

  /** A processor that cannot run at this member. */
  public static ProcessorOutcome notRunnable(OperationId id) {
    return new ProcessorOutcome(id, false, Operation.Change.NONE, null, null);
  }
}
