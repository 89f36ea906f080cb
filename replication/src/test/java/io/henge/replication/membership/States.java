package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Arrays;
import java.util.List;

/** Small cluster states for tests. */
final class States {

  static final long MILLISECOND = 1_000_000L;
  static final ClusterTimings TIMINGS =
      new ClusterTimings(300 * MILLISECOND, 1000 * MILLISECOND, 30_000 * MILLISECOND);

  private States() {}

  static Member member(MemberId id) {
    return new Member(
        id,
        "n" + id.low(),
        "10.0.0." + id.low(),
        7800,
        "zone",
        "machine" + id.low(),
        MemberRole.DATA,
        1,
        MemberState.JOINING,
        0);
  }

  /** Slot 0 of a cluster of two partitions a group that these members found. */
  static ClusterState founded(MemberId... founders) {
    List<Member> members = Arrays.stream(founders).map(States::member).toList();
    return ClusterState.founded(
        new MemberId(9, 9), "test", TIMINGS, 2, members, NodeBootstrap.VOTERS, 1234);
  }

  static Reason reason(boolean proven) {
    return new Reason(Reason.Cause.CRASH, new MemberId(0, 1), "reset", 1, 2, proven);
  }
}
