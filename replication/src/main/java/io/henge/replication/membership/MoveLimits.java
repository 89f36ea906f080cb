package io.henge.replication.membership;

/**
 * How fast the leader moves replicas (PROTOCOL 4.9, rules 5 and 6).
 *
 * @param transfers how many replicas may be in transfer at a time in the whole cluster
 * @param transfersPerMember how many of them one member may receive, and how many it may send
 * @param reReplicateAfter time in nanoseconds after which copies that went with a member that was
 *     not drained are made again elsewhere; partitions with a single copy left do not wait
 */
public record MoveLimits(int transfers, int transfersPerMember, long reReplicateAfter) {

  public MoveLimits {
    if (transfers < 1 || transfersPerMember < 1) {
      throw new IllegalArgumentException(
          "transfers is "
              + transfers
              + ", transfersPerMember is "
              + transfersPerMember
              + ", both must be at least 1");
    }
    if (reReplicateAfter < 0) {
      throw new IllegalArgumentException(
          "reReplicateAfter is " + reReplicateAfter + " ns, must not be negative");
    }
  }

  /** 64 transfers in all, 32 in and 32 out per member; a restart may take 30 s. */
  public static MoveLimits standard() {
    return new MoveLimits(64, 32, 30_000_000_000L);
  }
}
