package io.henge.replication.partition;

/**
 * What a cache's entries may take.
 *
 * @param entries the most entries, copies not counted; {@link Long#MAX_VALUE} if unbounded
 * @param bytes of keys, values and {@link io.henge.replication.store.CacheUsage#OVERHEAD} for each
 *     entry, likewise
 */
public record MemoryBound(long entries, long bytes) {

  /** No bound. */
  public static final MemoryBound NONE = new MemoryBound(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * The part of the whole cluster's bound that falls to a member: rounded down, so that the parts
   * are no more than the whole, but at least 1.
   *
   * @param primaries partitions of the cache of which the member is primary
   * @param partitions all partitions of the cache
   */
  public MemoryBound shareOf(int primaries, int partitions) {
    return new MemoryBound(
        share(entries, primaries, partitions), share(bytes, primaries, partitions));
  }

  /** Of each part the wider of both. */
  public MemoryBound orWider(MemoryBound other) {
    return new MemoryBound(Math.max(entries, other.entries), Math.max(bytes, other.bytes));
  }

  private static long share(long bound, int primaries, int partitions) {
    if (bound == Long.MAX_VALUE) {
      return bound;
    }
    long each = bound / partitions;
    long rest = bound % partitions;
    return Math.max(1, each * primaries + rest * primaries / partitions);
  }
}
