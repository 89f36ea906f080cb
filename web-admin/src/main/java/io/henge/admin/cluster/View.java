package io.henge.admin.cluster;

import java.time.Instant;
import java.util.List;

/**
 * The cluster as of one slot.
 *
 * @param slot the last applied slot
 * @param time when this member applied it
 * @param leaderId the Paxos leader as far as this member knows; empty if unknown
 * @param ballot the leader's ballot; empty if unknown
 * @param voterIds the voters, also those that are gone and not yet replaced
 * @param partitionsPerGroup partitions in each group
 * @param groupCopies wanted copies of each group, the primary included; {@link Integer#MAX_VALUE}
 *     for all members
 * @param members the members, in a stable order
 * @param partitions the partitions by number
 * @param chain hash over the whole log up to the slot, equal on every member; empty if unknown
 */
public record View(
    long slot,
    Instant time,
    String leaderId,
    String ballot,
    List<String> voterIds,
    int partitionsPerGroup,
    List<Integer> groupCopies,
    List<Member> members,
    List<Partition> partitions,
    String chain) {

  public View {
    voterIds = List.copyOf(voterIds);
    groupCopies = List.copyOf(groupCopies);
    members = List.copyOf(members);
    partitions = List.copyOf(partitions);
  }

  /** The member at a position, or null for -1 and for a position out of range. */
  public Member memberAt(int position) {
    return position >= 0 && position < members.size() ? members.get(position) : null;
  }

  /** The member with an id, or null. */
  public Member member(String id) {
    for (Member member : members) {
      if (member.id().equals(id)) {
        return member;
      }
    }
    return null;
  }

  /**
   * How many copies a group should have now: its setting, or every member that holds data where the
   * setting says all.
   */
  public int wantedCopies(int group) {
    int copies = group < groupCopies.size() ? groupCopies.get(group) : 1;
    return copies < Integer.MAX_VALUE
        ? copies
        : (int) Math.max(1, members.stream().filter(Member::holdsData).count());
  }

  /** The fewest in-sync copies that any partition has; 0 without partitions. */
  public int fewestInSync() {
    return partitions.stream().mapToInt(Partition::inSync).min().orElse(0);
  }
}
