package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;

/**
 * What a member that drains still has to hand over (PROTOCOL 4.13).
 *
 * @param primaries partitions that it leads
 * @param copies partitions of which it is an in-sync replica, those that it leads included
 * @param sole those of them that no other member holds in sync: their entries go with it
 * @param voter whether it has a voter's seat
 * @param receivers whether there are members that hold data, or will soon
 * @param successors whether there are members that can vote, or will soon
 */
public record Handover(
    int primaries, int copies, int sole, boolean voter, boolean receivers, boolean successors) {

  /** What {@code member} has to hand over as of {@code state}. */
  public static Handover of(ClusterState state, MemberId member) {
    int primaries = 0;
    int copies = 0;
    int sole = 0;
    for (PartitionGroup group : state.groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        if (partition.inSync().contains(member)) {
          copies++;
          primaries += member.equals(partition.primary()) ? 1 : 0;
          sole += partition.inSync().size() == 1 ? 1 : 0;
        }
      }
    }
    boolean receivers = false;
    boolean successors = false;
    for (Member other : state.members().values()) {
      // Who is suspended or just joining will be able to take over soon: worth the wait.
      if (!other.id().equals(member) && other.state() != MemberState.DRAINING) {
        receivers |= other.role() == MemberRole.DATA;
        successors |= other.role() != MemberRole.LITE && other.voter().able();
      }
    }
    boolean voter = state.votes(member);
    return new Handover(primaries, copies, sole, voter, receivers, successors);
  }

  /** Tells whether waiting longer changes nothing: all is handed over, or nobody can take it. */
  public boolean complete() {
    return (copies == 0 || !receivers) && (!voter || !successors);
  }

  @Override
  public String toString() {
    return copies
        + " copies, "
        + primaries
        + " of them primaries, "
        + sole
        + " of them the only one"
        + (voter ? ", and a voter's seat" : "");
  }
}
