package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
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
 * @param deadline for PUT and TOUCH when the entry expires, in partition time; otherwise {@link
 *     StoredValue#NEVER}
 */
public record Effect(
    long index,
    OperationId operation,
    Kind kind,
    EntryKey key,
    byte[] value,
    Outcome outcome,
    long deadline) {

  /** An effect that sets no deadline. */
  public Effect(
      long index, OperationId operation, Kind kind, EntryKey key, byte[] value, Outcome outcome) {
    this(index, operation, kind, key, value, outcome, StoredValue.NEVER);
  }

  /** What an effect does. */
  public enum Kind {
    /** Nothing but to remember a result. */
    NONE,
    /** Sets the value. */
    PUT,
    /** Removes the value. */
    REMOVE,
    /** Removes all values of the cache in the partition. */
    CLEAR,
    /** Removes the value, because its deadline has come or an operation let it expire at once. */
    EXPIRE,
    /** Removes the value, because the cache is full. */
    EVICT,
    /** Sets the deadline of the value that is there. */
    TOUCH
  }

  /** Whether somebody who listens to the cache may be told of it; those who clear say nothing. */
  boolean changesEntry() {
    return kind == Kind.PUT || kind == Kind.REMOVE || kind == Kind.EXPIRE;
  }

  /** Tells whether the other effect is the same in every part. */
  boolean sameAs(Effect other) {
    return index == other.index
        && kind == other.kind
        && Objects.equals(operation, other.operation)
        && key.equals(other.key)
        && Arrays.equals(value, other.value)
        && deadline == other.deadline
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
