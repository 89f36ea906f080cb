package io.henge.replication.partition;

import io.henge.replication.topology.Lifetimes;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What a caller asks of one key's primary, or of any copy if it reads. Values and keys are encoded
 * and opaque.
 */
public sealed interface Operation {

  /**
   * Reads; not logged, but for what the access does to the deadline. Any in-sync copy answers it if
   * the access does nothing.
   *
   * @param access how long the entry lives after it, as in {@link Lifetimes}
   * @param forwardable whether a copy that cannot tell passes it on to the primary; that happens
   *     once only, whatever two members believe about who the primary is
   */
  record Get(long access, boolean forwardable) implements Operation {

    /** A caller's read. */
    public Get(long access) {
      this(access, true);
    }

    /** A caller's read that leaves the deadline as it is. */
    public Get() {
      this(Lifetimes.UNCHANGED);
    }
  }

  /** Sets; answers the value before if asked. */
  record Put(byte[] value, boolean returnPrevious, Lifetimes lifetimes) implements Operation {

    /** Sets without a deadline. */
    public Put(byte[] value, boolean returnPrevious) {
      this(value, returnPrevious, Lifetimes.NONE);
    }
  }

  /** Sets if absent; UNCHANGED otherwise. */
  record PutIfAbsent(byte[] value, Lifetimes lifetimes) implements Operation {

    /** Sets without a deadline. */
    public PutIfAbsent(byte[] value) {
      this(value, Lifetimes.NONE);
    }
  }

  /** Removes; UNCHANGED if absent. */
  record Remove(boolean returnPrevious) implements Operation {}

  /** Removes if the value's bytes are as expected; otherwise an access, and UNCHANGED. */
  record RemoveIfEquals(byte[] expected, Lifetimes lifetimes) implements Operation {

    /** Compares without a deadline. */
    public RemoveIfEquals(byte[] expected) {
      this(expected, Lifetimes.NONE);
    }
  }

  /** Sets if present; UNCHANGED otherwise. */
  record Replace(byte[] value, boolean returnPrevious, Lifetimes lifetimes) implements Operation {

    /** Sets without a deadline. */
    public Replace(byte[] value, boolean returnPrevious) {
      this(value, returnPrevious, Lifetimes.NONE);
    }
  }

  /** Sets if the value's bytes are as expected; otherwise an access, and UNCHANGED. */
  record ReplaceIfEquals(byte[] expected, byte[] value, Lifetimes lifetimes) implements Operation {

    /** Sets without a deadline. */
    public ReplaceIfEquals(byte[] expected, byte[] value) {
      this(expected, value, Lifetimes.NONE);
    }
  }

  /** Removes all entries of the cache in the partition; of the key only the cache counts. */
  record Clear() implements Operation {}

  /** Runs a processor at the primary, under a reservation that the primary holds itself. */
  record RunProcessor(byte[] processor) implements Operation {}

  /** Reserves the key for code that runs at the caller; not logged. */
  record Reserve() implements Operation {

    /**
     * In which order everybody reserves who wants several keys: so no two callers wait for each
     * other.
     */
    public static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;
  }

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
   * @param lifetime how long the entry lives after it, if it stays or gets a value; as in {@link
   *     Lifetimes}
   */
  record Complete(long version, Change change, byte[] value, byte[] result, long lifetime)
      implements Operation {

    /** Leaves the deadline as it is. */
    public Complete(long version, Change change, byte[] value, byte[] result) {
      this(version, change, value, result, Lifetimes.UNCHANGED);
    }
  }

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
