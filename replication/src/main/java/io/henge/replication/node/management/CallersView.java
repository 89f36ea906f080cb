package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/**
 * What a failover did to the operations that the answering member's own callers had under way:
 * those on its partitions that had to be tried again. Reads that a copy here answers by itself are
 * not among them.
 */
public final class CallersView {

  private final int heldUp;
  private final int repeats;
  private final int notDone;
  private final int unknown;
  private final double longestMillis;

  /** Creates the view. */
  @ConstructorProperties({"heldUp", "repeats", "notDone", "unknown", "longestMillis"})
  public CallersView(int heldUp, int repeats, int notDone, int unknown, double longestMillis) {
    this.heldUp = heldUp;
    this.repeats = repeats;
    this.notDone = notDone;
    this.unknown = unknown;
    this.longestMillis = longestMillis;
  }

  /** Operations that had to be tried again. */
  public int getHeldUp() {
    return heldUp;
  }

  /** How often they were tried again in all; each took effect at most once. */
  public int getRepeats() {
    return repeats;
  }

  /** Of these operations, those that ended as not done. */
  public int getNotDone() {
    return notDone;
  }

  /** Of these operations, those of which it is unknown whether they were done. */
  public int getUnknown() {
    return unknown;
  }

  /** The longest of them, from its beginning to its end, milliseconds; 0 if there was none. */
  public double getLongestMillis() {
    return longestMillis;
  }
}
