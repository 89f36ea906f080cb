package io.henge.replication.node;

/**
 * What code did to an entry.
 *
 * @param change what becomes of the entry
 * @param value the new value for {@link Change#SET}, otherwise null
 * @param result handed to the caller; may be null
 */
public record EntryOutcome(Change change, byte[] value, byte[] result) {

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
