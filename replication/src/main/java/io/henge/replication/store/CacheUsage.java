package io.henge.replication.store;

/**
 * What one cache's entries take in one partition replica; each number by itself, any thread.
 *
 * @param entries number of entries
 * @param bytes keys and values and {@link #OVERHEAD} for each entry
 * @param evicted entries that were evicted since this replica has been here
 * @param expired entries that expired since then
 */
public record CacheUsage(long entries, long bytes, long evicted, long expired) {

  /**
   * An estimate of what an entry takes beside its key's and value's bytes: its place, state and
   * links, the map's node, and the heads of two arrays (64-bit VM, compressed references).
   */
  public static final int OVERHEAD = 176;

  /** No entries. */
  public static final CacheUsage NONE = new CacheUsage(0, 0, 0, 0);

  /** What an entry takes. */
  public static long bytes(EntryKey key, byte[] value) {
    return (long) OVERHEAD + key.bytes().length + value.length;
  }
}
