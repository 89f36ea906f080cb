package io.henge.replication.consensus;

/**
 * The times and bounds of a {@link PaxosReplica}. Times are nanoseconds.
 *
 * @param electionTimeout silence after which a leader is no longer insisted on; a follower waits
 *     for this and up to half of it more before it asks for an election
 * @param heartbeatInterval time between two heartbeats of the leader; below {@code electionTimeout}
 * @param retransmit time after which an unanswered message is sent again
 * @param maxBatchCommands the most commands that one slot decides
 * @param maxBatchBytes the most bytes of commands that one slot decides; also the longest command,
 *     and the most that one answer to a laggard carries
 * @param retainedSlots chosen slots kept for laggards, as long as they take at most eight times
 *     {@code maxBatchBytes}; who is further behind gets a snapshot
 * @param maxQueuedCommands commands that wait for a slot, as long as they take at most eight times
 *     {@code maxBatchBytes}; more are dropped
 */
public record ConsensusSettings(
    long electionTimeout,
    long heartbeatInterval,
    long retransmit,
    int maxBatchCommands,
    int maxBatchBytes,
    int retainedSlots,
    int maxQueuedCommands) {

  private static final int MEMORY_IN_BATCHES = 8;

  public ConsensusSettings {
    requirePositive("electionTimeout", electionTimeout);
    requirePositive("heartbeatInterval", heartbeatInterval);
    requirePositive("retransmit", retransmit);
    requirePositive("maxBatchCommands", maxBatchCommands);
    requirePositive("maxBatchBytes", maxBatchBytes);
    requirePositive("retainedSlots", retainedSlots);
    requirePositive("maxQueuedCommands", maxQueuedCommands);
    if (heartbeatInterval >= electionTimeout) {
      throw new IllegalArgumentException(
          "heartbeatInterval is "
              + heartbeatInterval
              + " ns; it must be below electionTimeout, which is "
              + electionTimeout
              + " ns.");
    }
  }

  /** Times that suit a lease of that many nanoseconds, and bounds that suit cluster metadata. */
  public static ConsensusSettings forLease(long leaseNanos) {
    return new ConsensusSettings(
        leaseNanos, leaseNanos / 6, leaseNanos / 6, 256, 1 << 20, 1024, 4096);
  }

  /** The shortest wait before an election for which there is a reason, such as a hint. */
  long leastElectionDelay() {
    return electionTimeout / 15;
  }

  /** The longest such wait. */
  long mostElectionDelay() {
    return electionTimeout / 5;
  }

  /** The most bytes that the retained log, and the queue of commands, may each take. */
  long memoryBound() {
    return (long) MEMORY_IN_BATCHES * maxBatchBytes;
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be positive.");
    }
  }
}
