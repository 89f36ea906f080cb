package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.OperationId;
import java.util.Arrays;
import java.util.Objects;

/**
 * One entry of a partition's log.
 *
 * @param index its place; one more than the effect before
 * @param operation the operation that caused it
 * @param kind what it does
 * @param key the entry; for CLEAR only its cache counts
 * @param value the new value for PUT, otherwise null
 * @param outcome the operation's result
 */
public record Effect(
    long index, OperationId operation, Kind kind, EntryKey key, byte[] value, Outcome outcome) {

  /** What an effect does. */
  public enum Kind {
    /** Nothing but to remember a result. */
    NONE,
    /** Sets the value. */
    PUT,
    /** Removes the value. */
    REMOVE,
    /** Removes all values of the cache in the partition. */
    CLEAR
  }

  /** Tells whether the other effect is the same in every part. */
  boolean sameAs(Effect other) {
    return index == other.index
        && kind == other.kind
        && Objects.equals(operation, other.operation)
        && key.equals(other.key)
        && Arrays.equals(value, other.value)
        && outcome.changed() == other.outcome.changed()
        && Arrays.equals(outcome.value(), other.outcome.value());
  }

  /** A rough size in bytes, for windows and retention. */
  public int bytes() {
    int size = 96 + key.bytes().length;
    if (value != null) {
      size += value.length;
    }
    if (outcome.value() != null) {
      size += outcome.value().length;
    }
    return size;
  }
}
