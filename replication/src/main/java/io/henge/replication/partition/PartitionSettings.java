package io.henge.replication.partition;

/**
 * Bounds and times of a partition replica; times in nanoseconds.
 *
 * @param retransmit after this time without progress, frames are sent again
 * @param silenceLimit after this time without an acknowledgement the primary asks to take a backup
 *     out of the in-sync set (PROTOCOL 4.5, rule 6)
 * @param reservationSilence a reservation whose caller is silent for so long ends
 * @param reservationLimit no reservation lasts longer
 * @param maxUncommitted effects that may wait for their commit; more are refused for now
 * @param window effects in flight to one replica
 * @param frameBytes a frame is closed when it is that large
 * @param largeFrameBytes a frame above this may be overtaken by later ones, which the replica would
 *     take for a hole; so nothing follows it until it is acknowledged
 * @param chunkBytes a chunk of a transfer is closed when it is that large
 * @param retainedEffects committed effects kept for replicas that come back
 * @param retainedBytes bytes of these
 * @param resultBytes bytes of remembered results
 * @param maxQueued requests that wait behind one reservation
 */
public record PartitionSettings(
    long retransmit,
    long silenceLimit,
    long reservationSilence,
    long reservationLimit,
    int maxUncommitted,
    int window,
    int frameBytes,
    int largeFrameBytes,
    int chunkBytes,
    int retainedEffects,
    int retainedBytes,
    int resultBytes,
    int maxQueued) {

  /** Defaults that follow the lease's length (nanoseconds). */
  public static PartitionSettings forLease(long lease) {
    return of(lease / 6, lease * 3, 256);
  }

  /** Those of a member without others: nothing is lost on a way, no replica comes back. */
  public static PartitionSettings alone() {
    return of(50_000_000L, 1_000_000_000L, 16);
  }

  private static PartitionSettings of(long retransmit, long silenceLimit, int retainedEffects) {
    return new PartitionSettings(
        retransmit,
        silenceLimit,
        20_000_000_000L,
        300_000_000_000L,
        4096,
        512,
        48 * 1024,
        1 << 20,
        64 * 1024,
        retainedEffects,
        128 * 1024,
        256 * 1024,
        256);
  }
}
