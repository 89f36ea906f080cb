package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.topology.PartitionAssignment;

/** One plain sentence on the cluster: state, cause, next step. */
final class HealthSentence {

  private HealthSentence() {}

  static String of(ClusterState state, boolean quorate, String over) {
    if (over != null) {
      return "This member is out of its cluster (" + over + "); it begins again by itself.";
    }
    if (state == null) {
      return "This member is looking for its cluster; it serves nothing yet.";
    }
    if (!quorate) {
      return "This side has no quorum: no majority of the "
          + state.voters().size()
          + " voters answers. Nothing is served here; check the network and the other members. Only"
          + " if they are gone for good: found the cluster again (see the guide).";
    }
    int data = 0;
    int suspended = 0;
    for (Member member : state.members().values()) {
      data += member.role() == MemberRole.DATA && member.state() == MemberState.ACTIVE ? 1 : 0;
      suspended += member.state() == MemberState.SUSPENDED ? 1 : 0;
    }
    int unavailable = 0;
    int oneCopy = 0;
    int catchingUp = 0;
    int fewMembers = 0;
    for (int i = 0; i < state.partitionCount(); i++) {
      PartitionAssignment partition = state.partition(i);
      int copies = state.groups().get(i / state.partitionsPerGroup()).copies();
      int wanted = Math.min(copies, data);
      fewMembers += copies != PartitionGroup.ALL && copies > data ? 1 : 0;
      int inSync = partition.inSync().size();
      unavailable += inSync == 0 ? 1 : 0;
      oneCopy += inSync == 1 && wanted > 1 ? 1 : 0;
      catchingUp += inSync < wanted ? 1 : 0;
    }
    if (unavailable > 0) {
      return unavailable + " partitions are unavailable: their last in-sync copy is gone.";
    }
    if (catchingUp > 0) {
      return "Healing: every key is served; "
          + catchingUp
          + " partitions wait for a copy, "
          + oneCopy
          + " of them have one copy left. Nothing to do.";
    }
    if (suspended > 0) {
      return "Every key is served and in sync; " + suspended + " members are suspended.";
    }
    if (fewMembers > 0) {
      return "Every key is served, but with "
          + data
          + " data members not every configured copy can exist: start another member.";
    }
    return "All is well: every partition has all its copies in sync.";
  }
}
