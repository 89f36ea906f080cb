package io.henge.replication.topology;

/**
 * When a write is acknowledged (DESIGN section 1). All caches of a partition group share it,
 * because it is a property of the group's logs.
 */
public sealed interface ReplicationMode {

  /** The usual mode. */
  ReplicationMode SYNC = new Sync();

  /** A write is acknowledged when every in-sync replica holds it. */
  record Sync() implements ReplicationMode {}

  /**
   * A write is acknowledged when the primary holds it; the backups follow (PROTOCOL 4.8). The
   * bounds are each partition's: what would be further ahead of the slowest in-sync replica waits
   * for it.
   *
   * @param maxLagOperations acknowledged operations that a backup may lack, 1 to {@link
   *     #MOST_OPERATIONS}
   * @param maxLagBytes bytes of these, 1 to {@link #MOST_BYTES}; a larger one is acknowledged when
   *     all replicas hold it
   * @param maxLag nanoseconds since the oldest of these was taken, at least 1 ms
   */
  record Async(int maxLagOperations, long maxLagBytes, long maxLag) implements ReplicationMode {

    /** What a replica keeps uncommitted at most, see PartitionSettings. */
    public static final int MOST_OPERATIONS = 4096;

    public static final long MOST_BYTES = 16L << 20;

    /** A thousand operations, a megabyte, a second. */
    public static final Async DEFAULT = new Async(1000, 1L << 20, 1_000_000_000L);

    public Async {
      within("max-lag-operations", maxLagOperations, 1, MOST_OPERATIONS);
      within("max-lag-bytes", maxLagBytes, 1, MOST_BYTES);
      within("max-lag in nanoseconds", maxLag, 1_000_000L, Long.MAX_VALUE);
    }

    private static void within(String what, long value, long least, long most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            what + " is " + value + ", must be " + least + " to " + most);
      }
    }
  }
}
