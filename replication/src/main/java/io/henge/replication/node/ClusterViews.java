package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.MemberView;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

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
    Map<MemberId, Held> held = held(state);
    return new ClusterView(
        state.slot(),
        appliedMillis,
        leader,
        ballot,
        state.voters().stream().map(voter -> hostOf(state, voter)).toArray(String[]::new),
        state.partitionsPerGroup(),
        state.groups().stream().mapToInt(PartitionGroup::copies).toArray(),
        order.stream().map(id -> member(state, id, self, held.get(id))).toArray(MemberView[]::new),
        partitions(state, order),
        HexFormat.of().toHexDigits(state.chain()));
  }

  /** The member that votes under an id; the id itself if it is gone. */
  private static String hostOf(ClusterState state, MemberId voter) {
    Member host = state.hostOf(voter);
    return (host == null ? voter : host.id()).toString();
  }

  /** How many partitions a member is primary, backup and learner of. */
  private static final class Held {
    private int primaries;
    private int backups;
    private int learners;
  }

  /** Counted in one pass over the partitions: there may be a hundred members. */
  private static Map<MemberId, Held> held(ClusterState state) {
    Map<MemberId, Held> held = new HashMap<>();
    state.members().keySet().forEach(id -> held.put(id, new Held()));
    Held gone = new Held();
    for (int i = 0; i < state.partitionCount(); i++) {
      PartitionAssignment assignment = state.partition(i);
      MemberId primary = assignment.primary();
      for (MemberId id : assignment.inSync()) {
        if (id.equals(primary)) {
          held.getOrDefault(id, gone).primaries++;
        } else {
          held.getOrDefault(id, gone).backups++;
        }
      }
      assignment.learners().forEach(id -> held.getOrDefault(id, gone).learners++);
    }
    return held;
  }

  private static MemberView member(ClusterState state, MemberId id, MemberId self, Held held) {
    Member member = state.members().get(id);
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
        held.primaries,
        held.backups,
        held.learners);
  }

  private static long[][] partitions(ClusterState state, List<MemberId> order) {
    Map<MemberId, Integer> positions = new HashMap<>();
    order.forEach(id -> positions.put(id, positions.size()));
    long[][] rows = new long[state.partitionCount()][];
    for (int i = 0; i < rows.length; i++) {
      PartitionAssignment assignment = state.partition(i);
      List<MemberId> replicas = assignment.replicas();
      long[] row = new long[3 + replicas.size()];
      row[0] = i / state.partitionsPerGroup();
      row[1] = assignment.epoch();
      row[2] = assignment.inSync().size();
      for (int j = 0; j < replicas.size(); j++) {
        row[3 + j] = positions.getOrDefault(replicas.get(j), -1);
      }
      rows[i] = row;
    }
    return rows;
  }
}
