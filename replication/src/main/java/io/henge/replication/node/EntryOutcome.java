package io.henge.replication.node;

import io.henge.replication.topology.Lifetimes;

/**
 * What code did to an entry.
 *
 * @param change what becomes of the entry
 * @param value the new value for {@link Change#SET}, otherwise null
 * @param result handed to the caller; may be null
 * @param lifetime how long the entry lives from now on, if it stays or gets a value; as in {@link
 *     Lifetimes}: with {@link Lifetimes#UNCHANGED} a new entry lives until it is removed
 */
public record EntryOutcome(Change change, byte[] value, byte[] result, long lifetime) {

  /** An outcome that leaves the deadline as it is. */
  public EntryOutcome(Change change, byte[] value, byte[] result) {
    this(change, value, result, Lifetimes.UNCHANGED);
  }

  /** What becomes of the entry. */
  public enum Change {
    /** It stays. */
    NONE,
    /** It gets a value. */
    SET,
    /** It is removed. */
    REMOVE
  }

  public EntryOutcome {
    if ((change == Change.SET) != (value != null)) {
      throw new IllegalArgumentException("a value goes with SET and nothing else: " + change);
    }
  }
}
