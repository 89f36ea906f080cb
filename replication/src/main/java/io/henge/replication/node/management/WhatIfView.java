package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** What would happen if members stopped. Partitions are numbered over all groups. */
public final class WhatIfView {

  private final long slot;
  private final String how;
  private final boolean majorityKept;
  private final int votersUp;
  private final int voters;
  private final int[] lost;
  private final int[] singleCopy;
  private final int[] reduced;
  private final MoveView[] moves;
  private final long entriesToCopy;
  private final long bytesToCopy;
  private final String[] memberIds;
  private final int[] primaries;
  private final String refusal;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({
    "slot",
    "how",
    "majorityKept",
    "votersUp",
    "voters",
    "lost",
    "singleCopy",
    "reduced",
    "moves",
    "entriesToCopy",
    "bytesToCopy",
    "memberIds",
    "primaries",
    "refusal"
  })
  public WhatIfView(
      long slot,
      String how,
      boolean majorityKept,
      int votersUp,
      int voters,
      int[] lost,
      int[] singleCopy,
      int[] reduced,
      MoveView[] moves,
      long entriesToCopy,
      long bytesToCopy,
      String[] memberIds,
      int[] primaries,
      String refusal) {
    this.slot = slot;
    this.how = how;
    this.majorityKept = majorityKept;
    this.votersUp = votersUp;
    this.voters = voters;
    this.lost = lost;
    this.singleCopy = singleCopy;
    this.reduced = reduced;
    this.moves = moves;
    this.entriesToCopy = entriesToCopy;
    this.bytesToCopy = bytesToCopy;
    this.memberIds = memberIds;
    this.primaries = primaries;
    this.refusal = refusal;
  }

  /** The state that it is about. */
  public long getSlot() {
    return slot;
  }

  /** crash or drain. */
  public String getHow() {
    return how;
  }

  /** Whether a majority of the voters would be left. */
  public boolean isMajorityKept() {
    return majorityKept;
  }

  /** Voters that would be left, as the seats are now. */
  public int getVotersUp() {
    return votersUp;
  }

  /** All voters. */
  public int getVoters() {
    return voters;
  }

  /** Partitions that would lose their last in-sync copy. */
  public int[] getLost() {
    return lost;
  }

  /** Other partitions that would be left with one in-sync copy. */
  public int[] getSingleCopy() {
    return singleCopy;
  }

  /** Partitions that would have fewer in-sync copies, the lost ones not among them. */
  public int[] getReduced() {
    return reduced;
  }

  /** Primaries that would change and copies that would be made. */
  public MoveView[] getMoves() {
    return moves;
  }

  /** Entries in these copies, estimated from the copies on this member; 0 if it holds none. */
  public long getEntriesToCopy() {
    return entriesToCopy;
  }

  /** Bytes of keys and values in these copies, estimated in the same way. */
  public long getBytesToCopy() {
    return bytesToCopy;
  }

  /** The data members that would be left. */
  public String[] getMemberIds() {
    return memberIds;
  }

  /** How many partitions each of them would lead. */
  public int[] getPrimaries() {
    return primaries;
  }

  /** One plain sentence on what stands against it; empty if nothing does. */
  public String getRefusal() {
    return refusal;
  }
}
