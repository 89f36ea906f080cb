package io.henge.replication.node;

/**
 * A committed change of one entry of a cache. The arrays are shared: treat them as immutable.
 *
 * @param partition the partition of the entry
 * @param position its place in the order of the partition's changes; grows, with holes
 * @param kind what happened
 * @param key the entry's key
 * @param previous the value before; null if there was none, or if it was not asked for
 * @param value the new value; null if there is none any more
 * @param own whether an operation of this member caused it
 */
public record CacheChange(
    int partition,
    long position,
    Kind kind,
    byte[] key,
    byte[] previous,
    byte[] value,
    boolean own) {

  /** What may happen to an entry. */
  public enum Kind {
    /** It got its first value. */
    CREATED,
    /** It got another value. */
    UPDATED,
    /** An operation removed it; clearing the cache and evictions do not count. */
    REMOVED,
    /** Its time was over. */
    EXPIRED
  }
}
