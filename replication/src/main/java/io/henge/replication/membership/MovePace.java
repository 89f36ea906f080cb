package io.henge.replication.membership;

/**
 * Leaves the log alone for a while after each slot before the leader goes on moving replicas. A
 * lease is renewed only by who has applied everything that the voters accepted (PROTOCOL 4.3), so
 * an unbroken stream of slots would let all leases run out, and all operations wait.
 */
final class MovePace {

  /** Rests in a lease: so often can it be renewed before it is over. */
  private static final int RESTS_IN_A_LEASE = 8;

  private final long rest;
  private long appliedAt;
  private long proposedAt;
  private boolean underWay;

  /** As of {@code now}, under leases of so many nanoseconds. */
  MovePace(long lease, long now) {
    this.rest = lease / RESTS_IN_A_LEASE;
    this.appliedAt = now - rest;
  }

  /** Moves were proposed. */
  void proposed(long now) {
    underWay = true;
    proposedAt = now;
  }

  /** A slot was applied. */
  void applied(long now) {
    underWay = false;
    appliedAt = now;
  }

  /** Tells whether more moves may be proposed. What was proposed may have been lost. */
  boolean mayMove(long now) {
    boolean lost = now - proposedAt >= RESTS_IN_A_LEASE * rest;
    return now - appliedAt >= rest && (!underWay || lost);
  }
}
