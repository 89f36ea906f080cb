package io.henge.replication.insight;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterStateMachine;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.CommandCodec;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.NodeBootstrap;
import io.henge.replication.ring.PlacementPlanner;
import io.henge.replication.ring.RingMember;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Cluster states for tests. */
public final class Clusters {

  /** Of each group. */
  public static final int PARTITIONS = 16;

  private static final long SECOND = 1_000_000_000L;

  private Clusters() {}

  /** A member of {@link #placed}, from 1 on. */
  public static MemberId id(int number) {
    return new MemberId(0, number);
  }

  static Member member(int number) {
    return new Member(
        id(number),
        "n" + number,
        "10.0.0.1",
        7800,
        "",
        "machine",
        MemberRole.DATA,
        1,
        MemberState.JOINING,
        0);
  }

  /** Slot 0 of a cluster that members 1 to {@code founders} found; all of them vote. */
  public static ClusterState of(int founders) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= founders; i++) {
      members.add(member(i));
    }
    return ClusterState.founded(
        id(900 + founders),
        "test",
        new ClusterTimings(SECOND, 3 * SECOND, 30 * SECOND),
        PARTITIONS,
        members,
        NodeBootstrap.VOTERS,
        1234);
  }

  /** The same with one group, placed as the leader places it, and a cache "things" in it. */
  public static ClusterState placed(int founders, int copies) {
    List<RingMember> ring = new ArrayList<>();
    for (int i = 1; i <= founders; i++) {
      ring.add(new RingMember(id(i), "", 1));
    }
    List<List<MemberId>> plan =
        PlacementPlanner.plan(0, PARTITIONS, Math.min(copies, founders), ring, List.of());
    ClusterState state = after(of(founders), new Command.CreateGroup(copies, plan));
    return after(state, new Command.CreateCache("things", copies, new TreeMap<>()));
  }

  /** The state after one more command. */
  public static ClusterState after(ClusterState state, Command command) {
    return new ClusterStateMachine()
        .apply(state, state.slot() + 1, List.of(CommandCodec.encode(command)))
        .state();
  }
}
