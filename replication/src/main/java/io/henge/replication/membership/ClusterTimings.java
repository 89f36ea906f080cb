package io.henge.replication.membership;

/**
 * The times that all members must agree on; fixed in slot 0. Nanoseconds.
 *
 * @param lease length L of a lease
 * @param suspendAfter silence after which a member is suspended
 * @param removeAfter time in suspension after which it is removed
 */
public record ClusterTimings(long lease, long suspendAfter, long removeAfter) {

  /** Bound of the relative rate error between two members' clocks: 5 % (PROTOCOL 4.3). */
  public static final double CLOCK_RATE_ERROR = 0.05;

  /** How long after learning of a revocation every lease from before it is over by itself. */
  public long barrier() {
    return (long) Math.ceil(lease * (1 + CLOCK_RATE_ERROR) / (1 - CLOCK_RATE_ERROR));
  }
}
