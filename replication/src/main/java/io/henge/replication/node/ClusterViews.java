package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.MemberView;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Puts a cluster state into the open types of the management interface. */
final class ClusterViews {

  private ClusterViews() {}

  /** Before this member is in a cluster. */
  static ClusterView none() {
    return new ClusterView(
        -1, 0, "", "", new String[0], 0, new int[0], new MemberView[0], new long[0][], "");
  }

  static ClusterView of(
      ClusterState state, MemberId self, long appliedMillis, String leader, String ballot) {
    List<MemberId> order = new ArrayList<>(state.members().keySet());
    return new ClusterView(
        state.slot(),
        appliedMillis,
        leader,
        ballot,
        state.voters().stream().map(voter -> hostOf(state, voter)).toArray(String[]::new),
        state.partitionsPerGroup(),
        state.groups().stream().mapToInt(PartitionGroup::copies).toArray(),
        order.stream().map(id -> member(state, id, self)).toArray(MemberView[]::new),
        partitions(state, order),
        HexFormat.of().toHexDigits(state.chain()));
  }

  /** The member that votes under an id; the id itself if it is gone. */
  private static String hostOf(ClusterState state, MemberId voter) {
    Member host = state.hostOf(voter);
    return (host == null ? voter : host.id()).toString();
  }

  private static MemberView member(ClusterState state, MemberId id, MemberId self) {
    Member member = state.members().get(id);
    int primaries = 0;
    int backups = 0;
    int learners = 0;
    for (int i = 0; i < state.partitionCount(); i++) {
      PartitionAssignment assignment = state.partition(i);
      if (id.equals(assignment.primary())) {
        primaries++;
      } else if (assignment.inSync().contains(id)) {
        backups++;
      } else if (assignment.learners().contains(id)) {
        learners++;
      }
    }
    return new MemberView(
        id.toString(),
        member.name(),
        member.host() + ":" + member.port(),
        member.zone(),
        member.role().name(),
        member.state().name(),
        state.votes(id),
        id.equals(self),
        member.weight(),
        primaries,
        backups,
        learners);
  }

  private static long[][] partitions(ClusterState state, List<MemberId> order) {
    long[][] rows = new long[state.partitionCount()][];
    for (int i = 0; i < rows.length; i++) {
      PartitionAssignment assignment = state.partition(i);
      List<MemberId> replicas = assignment.replicas();
      long[] row = new long[3 + replicas.size()];
      row[0] = i / state.partitionsPerGroup();
      row[1] = assignment.epoch();
      row[2] = assignment.inSync().size();
      for (int j = 0; j < replicas.size(); j++) {
        row[3 + j] = order.indexOf(replicas.get(j));
      }
      rows[i] = row;
    }
    return rows;
  }
}
