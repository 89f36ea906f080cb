package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;

/**
 * A committed change of one entry, for members that listen.
 *
 * @param index index of its effect in the partition's log: its place in the order of all changes of
 *     the partition, the same for ever and on all replicas
 * @param kind what happened to the entry
 * @param key the entry
 * @param previous the value before; null if there was none, or if it was not asked for
 * @param value the new value; null if there is none any more
 * @param own whether an operation of the member that is told caused it
 */
public record Change(
    long index, Kind kind, EntryKey key, byte[] previous, byte[] value, boolean own) {

  /** What may happen to an entry that somebody wants to know. */
  public enum Kind {
    /** It got its first value. */
    CREATED,
    /** It got another value. */
    UPDATED,
    /** An operation removed it. */
    REMOVED,
    /** Its time was over. */
    EXPIRED
  }

  /** The change as one reader is told it. */
  Change toldTo(boolean withPrevious, boolean ofOwn) {
    return new Change(index, kind, key, withPrevious ? previous : null, value, ofOwn);
  }

  /** A rough size in bytes, for windows and retention. */
  int bytes() {
    return 64
        + key.bytes().length
        + (previous == null ? 0 : previous.length)
        + (value == null ? 0 : value.length);
  }
}
