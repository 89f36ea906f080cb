package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/**
 * What the probe of a drill saw: it writes and reads one key in each of some partitions that a
 * member led when it began, again and again.
 */
public final class ProbeView {

  private final String memberId;
  private final int partitions;
  private final long writes;
  private final long reads;
  private final long failed;
  private final long retries;
  private final double longestMillis;
  private final int lost;
  private final boolean verified;

  /** Creates the view. */
  @ConstructorProperties({
    "memberId",
    "partitions",
    "writes",
    "reads",
    "failed",
    "retries",
    "longestMillis",
    "lost",
    "verified"
  })
  public ProbeView(
      String memberId,
      int partitions,
      long writes,
      long reads,
      long failed,
      long retries,
      double longestMillis,
      int lost,
      boolean verified) {
    this.memberId = memberId;
    this.partitions = partitions;
    this.writes = writes;
    this.reads = reads;
    this.failed = failed;
    this.retries = retries;
    this.longestMillis = longestMillis;
    this.lost = lost;
    this.verified = verified;
  }

  /** The member whose partitions are probed. */
  public String getMemberId() {
    return memberId;
  }

  /** Partitions with a key each. */
  public int getPartitions() {
    return partitions;
  }

  /** Writes that were acknowledged. */
  public long getWrites() {
    return writes;
  }

  /** Reads that were answered. */
  public long getReads() {
    return reads;
  }

  /** Operations that ended as not done, or of which that is unknown. */
  public long getFailed() {
    return failed;
  }

  /** How often operations were tried again; each took effect at most once. */
  public long getRetries() {
    return retries;
  }

  /** The longest operation from its beginning to its end, milliseconds. */
  public double getLongestMillis() {
    return longestMillis;
  }

  /** Keys that were read, at any time, with an older value than the last acknowledged one. */
  public int getLost() {
    return lost;
  }

  /** Whether the probe has ended, and every key was read once more after the last write. */
  public boolean isVerified() {
    return verified;
  }
}
