package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** A member's failure and what the cluster did about it. */
public final class FailoverView {

  private final long slot;
  private final String memberId;
  private final String memberName;
  private final String cause;
  private final String evidence;
  private final String suspectedBy;
  private final long timeMillis;
  private final boolean proven;
  private final double lastHeardMillis;
  private final int primariesMoved;
  private final int copiesToRebuild;
  private final int copiesRebuilt;
  private final int partitionsLost;
  private final CallersView callers;
  private final PhaseView[] phases;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({
    "slot",
    "memberId",
    "memberName",
    "cause",
    "evidence",
    "suspectedBy",
    "timeMillis",
    "proven",
    "lastHeardMillis",
    "primariesMoved",
    "copiesToRebuild",
    "copiesRebuilt",
    "partitionsLost",
    "callers",
    "phases"
  })
  public FailoverView(
      long slot,
      String memberId,
      String memberName,
      String cause,
      String evidence,
      String suspectedBy,
      long timeMillis,
      boolean proven,
      double lastHeardMillis,
      int primariesMoved,
      int copiesToRebuild,
      int copiesRebuilt,
      int partitionsLost,
      CallersView callers,
      PhaseView[] phases) {
    this.slot = slot;
    this.memberId = memberId;
    this.memberName = memberName;
    this.cause = cause;
    this.evidence = evidence;
    this.suspectedBy = suspectedBy;
    this.timeMillis = timeMillis;
    this.proven = proven;
    this.lastHeardMillis = lastHeardMillis;
    this.primariesMoved = primariesMoved;
    this.copiesToRebuild = copiesToRebuild;
    this.copiesRebuilt = copiesRebuilt;
    this.partitionsLost = partitionsLost;
    this.callers = callers;
    this.phases = phases;
  }

  /** The slot that suspended or removed the member. */
  public long getSlot() {
    return slot;
  }

  /** The member that failed. */
  public String getMemberId() {
    return memberId;
  }

  /** Its name. */
  public String getMemberName() {
    return memberName;
  }

  /** CRASH, SILENT and so on. */
  public String getCause() {
    return cause;
  }

  /** One plain sentence. */
  public String getEvidence() {
    return evidence;
  }

  /** The name of the member that noticed first. */
  public String getSuspectedBy() {
    return suspectedBy;
  }

  /** When this member learned of it, wall clock. */
  public long getTimeMillis() {
    return timeMillis;
  }

  /** Whether the death was proven, so that no lease had to be waited out. */
  public boolean isProven() {
    return proven;
  }

  /**
   * How long a voter had not heard the member when it was suspected, on that voter's clock; -1 if
   * unknown.
   */
  public double getLastHeardMillis() {
    return lastHeardMillis;
  }

  /** Partitions that got another primary. */
  public int getPrimariesMoved() {
    return primariesMoved;
  }

  /** Copies that were lost with the member. */
  public int getCopiesToRebuild() {
    return copiesToRebuild;
  }

  /** Of these, copies back in sync. */
  public int getCopiesRebuilt() {
    return copiesRebuilt;
  }

  /** Partitions that lost their last in-sync replica: 0 unless too many failed at once. */
  public int getPartitionsLost() {
    return partitionsLost;
  }

  /** What it did to the operations of the answering member's own callers. */
  public CallersView getCallers() {
    return callers;
  }

  /** The phases in order. */
  public PhaseView[] getPhases() {
    return phases;
  }
}
