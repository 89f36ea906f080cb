package io.henge.replication.partition;

import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.OperationId;

/**
 * What became of a processor that ran at the primary.
 *
 * @param id the operation
 * @param runnable false if it could not be decoded here; nothing was run then
 * @param change what becomes of the entry
 * @param value the new value for SET
 * @param result its result
 * @param lifetime how long the entry lives after it, if it stays or gets a value; as in {@link
 *     Lifetimes}
 */
public record ProcessorOutcome(
    OperationId id,
    boolean runnable,
    Operation.Change change,
    byte[] value,
    byte[] result,
    long lifetime) {

  /** An outcome that leaves the deadline as it is. */
  public ProcessorOutcome(
      OperationId id, boolean runnable, Operation.Change change, byte[] value, byte[] result) {
    this(id, runnable, change, value, result, Lifetimes.UNCHANGED);
  }

  /** A processor that cannot run at this member. */
  public static ProcessorOutcome notRunnable(OperationId id) {
    return new ProcessorOutcome(id, false, Operation.Change.NONE, null, null);
  }
}
