package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/**
 * The cluster as of one slot.
 *
 * <p>Row {@code i} of {@code partitions} is partition {@code i}: {@code [group, epoch, number of
 * in-sync replicas, members' indexes: the in-sync ones first, the primary first of all, then the
 * learners]}. Indexes point into {@code members}; -1 stands for a member that is gone.
 */
public final class ClusterView {

  private final long slot;
  private final long timeMillis;
  private final String leaderId;
  private final String ballot;
  private final String[] voterIds;
  private final int partitionsPerGroup;
  private final int[] groupCopies;
  private final MemberView[] members;
  private final long[][] partitions;
  private final String chain;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({
    "slot",
    "timeMillis",
    "leaderId",
    "ballot",
    "voterIds",
    "partitionsPerGroup",
    "groupCopies",
    "members",
    "partitions",
    "chain"
  })
  public ClusterView(
      long slot,
      long timeMillis,
      String leaderId,
      String ballot,
      String[] voterIds,
      int partitionsPerGroup,
      int[] groupCopies,
      MemberView[] members,
      long[][] partitions,
      String chain) {
    this.slot = slot;
    this.timeMillis = timeMillis;
    this.leaderId = leaderId;
    this.ballot = ballot;
    this.voterIds = voterIds;
    this.partitionsPerGroup = partitionsPerGroup;
    this.groupCopies = groupCopies;
    this.members = members;
    this.partitions = partitions;
    this.chain = chain;
  }

  /** The last applied slot. */
  public long getSlot() {
    return slot;
  }

  /** When this member applied it, in wall-clock milliseconds since 1970. */
  public long getTimeMillis() {
    return timeMillis;
  }

  /** The Paxos leader as far as this member knows; empty if unknown. */
  public String getLeaderId() {
    return leaderId;
  }

  /** The leader's ballot; empty if unknown. */
  public String getBallot() {
    return ballot;
  }

  /**
   * The voters' ids. A voter that is gone stays named until it is replaced, although it is no
   * member any more: a quorum is counted over these, not over the members that vote.
   */
  public String[] getVoterIds() {
    return voterIds;
  }

  /** Partitions in each group. */
  public int getPartitionsPerGroup() {
    return partitionsPerGroup;
  }

  /** Wanted copies of each group, the primary included; 2147483647 for all members. */
  public int[] getGroupCopies() {
    return groupCopies;
  }

  /** The members, in a stable order. */
  public MemberView[] getMembers() {
    return members;
  }

  /** The partitions, see above. */
  public long[][] getPartitions() {
    return partitions;
  }

  /**
   * Hash over all entries of the log up to the slot, each chained to the one before, 16 hexadecimal
   * digits: equal on every member that has applied the slot. Empty before the node joined.
   */
  public String getChain() {
    return chain;
  }
}
