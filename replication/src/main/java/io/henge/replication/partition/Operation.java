package io.henge.replication.partition;

/** What a caller asks of one key's primary. Values and keys are encoded and opaque. */
public sealed interface Operation {

  /** Reads; not logged. */
  record Get() implements Operation {}

  /** Sets; answers the value before if asked. */
  record Put(byte[] value, boolean returnPrevious) implements Operation {}

  /** Sets if absent; UNCHANGED otherwise. */
  record PutIfAbsent(byte[] value) implements Operation {}

  /** Removes; UNCHANGED if absent. */
  record Remove(boolean returnPrevious) implements Operation {}

  /** Removes if the value's bytes are as expected; UNCHANGED otherwise. */
  record RemoveIfEquals(byte[] expected) implements Operation {}

  /** Sets if present; UNCHANGED otherwise. */
  record Replace(byte[] value, boolean returnPrevious) implements Operation {}

  /** Sets if the value's bytes are as expected; UNCHANGED otherwise. */
  record ReplaceIfEquals(byte[] expected, byte[] value) implements Operation {}

  /** Removes all entries of the cache in the partition; of the key only the cache counts. */
  record Clear() implements Operation {}

  /** Runs a processor at the primary, under a reservation that the primary holds itself. */
  record RunProcessor(byte[] processor) implements Operation {}

  /** Reserves the key for code that runs at the caller; not logged. */
  record Reserve() implements Operation {}

  /**
   * Gives a reservation back, or the place in the queue for it, because the caller no longer waits;
   * not answered.
   */
  record Abandon() implements Operation {}

  /**
   * Ends a reservation with what the code did.
   *
   * @param version the version that the reservation gave out
   * @param change what becomes of the entry
   * @param value the new value for SET
   * @param result remembered and answered
   */
  record Complete(long version, Change change, byte[] value, byte[] result) implements Operation {}

  /**
   * Reads the next entries of the cache in the partition, in the order of their keys' hash; not
   * logged.
   *
   * @param after cursor of the last batch, empty at the start
   * @param limit bytes after which a batch ends
   */
  record Scan(byte[] after, int limit) implements Operation {}

  /** What becomes of an entry. */
  enum Change {
    /** It stays. */
    NONE,
    /** It gets a value. */
    SET,
    /** It is removed. */
    REMOVE,
    /** It stays, and the answer says that the operation was not done. */
    VOID
  }

  /** Tells whether the operation may change something, so that its result has to be remembered. */
  default boolean logged() {
    return !(this instanceof Get
        || this instanceof Scan
        || this instanceof Reserve
        || this instanceof Abandon);
  }
}
