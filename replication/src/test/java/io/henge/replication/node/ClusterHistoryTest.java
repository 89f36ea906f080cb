package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ClusterTimings;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.NodeBootstrap;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.membership.Reason;
import io.henge.replication.node.management.CallersView;
import io.henge.replication.node.management.EventView;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.node.management.PhaseView;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterHistoryTest {

  private static final long MILLI = 1_000_000L;
  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);

  private final ClusterHistory history = new ClusterHistory(() -> {});

  @Test
  void aFailoverEndsItsBarrierWhenTheLastMovedPartitionPassesIt() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A, B), List.of(A, C));
    ClusterState after = state(8, List.of(A, B, C), List.of(B), List.of(C));
    history.onApplied(before, after, List.of(new Command.Suspend(A, reason(false))), 1000 * MILLI);
    assertThat(phase("barrier").getToMillis()).isEqualTo(-1);
    history.onBarrierPassed(0, 8, 1200 * MILLI);
    history.onBarrierPassed(1, 8, 1300 * MILLI);
    // The proposer had suspected the member for 50 ms when it proposed.
    assertThat(phase("suspect").getToMillis()).isEqualTo(50);
    assertThat(phase("barrier").getToMillis()).isEqualTo(350);
    assertThat(failover().getPrimariesMoved()).isEqualTo(2);
    assertThat(failover().getPartitionsLost()).isZero();
  }

  @Test
  void aProvenDeathHasNoLeaseToWaitFor() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A, B), List.of(A, C));
    ClusterState after = state(8, List.of(B, C), List.of(B), List.of(C));
    history.onApplied(
        before, after, List.of(new Command.RemoveMember(A, reason(true))), 1000 * MILLI);
    assertThat(phase("barrier").getToMillis()).isEqualTo(50);
  }

  @Test
  void copiesAreRebuiltWhenEachAffectedPartitionHasAsManyAsWanted() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A, B), List.of(B, C));
    ClusterState after = state(8, List.of(B, C), List.of(B), List.of(B, C));
    history.onApplied(
        before, after, List.of(new Command.RemoveMember(A, reason(true))), 1000 * MILLI);
    assertThat(failover().getCopiesToRebuild()).isEqualTo(1);
    assertThat(failover().getCopiesRebuilt()).isZero();
    ClusterState healed = state(9, List.of(B, C), List.of(B, C), List.of(B, C));
    history.onApplied(after, healed, List.of(new Command.PromoteLearner(0, 8, C)), 3000 * MILLI);
    assertThat(failover().getCopiesRebuilt()).isEqualTo(1);
    assertThat(phase("replicate").getToMillis()).isEqualTo(2050);
  }

  @Test
  void aGoodbyeIsNoFailover() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A, B), List.of(B, C));
    ClusterState after = state(8, List.of(B, C), List.of(B), List.of(B, C));
    Reason left = new Reason(Reason.Cause.LEFT, A, "it said goodbye", 0, 0, true);
    history.onApplied(before, after, List.of(new Command.RemoveMember(A, left)), MILLI);
    assertThat(history.failovers()).isEmpty();
    assertThat(kinds()).containsExactly("RemoveMember", "PROMOTED");
  }

  @Test
  void theMovesOfManyPartitionsAreOneEvent() {
    ClusterState state = state(7, List.of(A, B), List.of(A, B), List.of(A, B));
    history.onApplied(
        state, state, List.of(new Command.AddLearner(0, C), new Command.AddLearner(1, C)), MILLI);
    assertThat(history.eventsAfter(0, 10)).hasSize(1);
    assertThat(history.eventsAfter(0, 10)[0].getText())
        .isEqualTo("2 partitions: another copy begins to catch up");
  }

  @Test
  void whatLostItsLastCopyIsSaid() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A), List.of(B, C), List.of(B, A));
    ClusterState after = state(8, List.of(B, C), List.of(), List.of(B, C), List.of(B));
    history.onApplied(before, after, List.of(new Command.RemoveMember(A, reason(true))), MILLI);
    assertThat(kinds()).containsExactly("RemoveMember", "LOST");
    EventView lost = history.eventsAfter(0, 10)[1];
    assertThat(lost.getText())
        .isEqualTo("1 partition lost the last in-sync copy, and all entries in it: [0]");
    assertThat(lost.getMemberId()).isEqualTo(A.toString());
    assertThat(failover().getPartitionsLost()).isEqualTo(1);
  }

  @Test
  void aSlotOfThePastIsThereUntilItIsTooOld() {
    ClusterState before = state(7, List.of(A, B), List.of(A, B));
    ClusterState after = state(8, List.of(A, B), List.of(B, A));
    history.onApplied(null, before, List.of(), MILLI);
    history.onApplied(before, after, List.of(new Command.TransferPrimary(0, 7, B)), 2 * MILLI);
    assertThat(history.at(7)).isEqualTo(before);
    assertThat(history.at(8)).isEqualTo(after);
    assertThat(history.at(9)).isNull();
    assertThat(history.oldestSlot()).isEqualTo(7);
    assertThat(history.millisOf(8)).isPositive();
    assertThat(history.millisOf(7)).as("no event tells").isZero();
  }

  @Test
  void thePromotionLastsUntilTheReplicasHaveTheirRoles() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A, B), List.of(A, C));
    ClusterState after = state(8, List.of(B, C), List.of(B), List.of(C));
    history.onApplied(
        before, after, List.of(new Command.RemoveMember(A, reason(true))), 1000 * MILLI);
    history.onRolesTaken(8, 1004 * MILLI);
    history.onRolesTaken(9, 2000 * MILLI);
    assertThat(phase("promote").getFromMillis()).isEqualTo(50);
    assertThat(phase("promote").getToMillis()).isEqualTo(54);
    assertThat(failover().getLastHeardMillis()).as("unknown").isEqualTo(-1);
  }

  @Test
  void aFailoverCountsTheCallersThatItHeldUp() {
    ClusterState before = state(7, List.of(A, B, C), List.of(A, B), List.of(B, C));
    ClusterState after = state(8, List.of(A, B, C), List.of(B), List.of(B, C));
    delayed(0, 800, 900, ClientResult.Kind.DONE); // before the suspicion at 950
    history.onApplied(before, after, List.of(new Command.Suspend(A, reason(false))), 1000 * MILLI);
    history.onRolesTaken(8, 1001 * MILLI);
    delayed(0, 940, 1310, ClientResult.Kind.DONE);
    delayed(1, 940, 1400, ClientResult.Kind.DONE); // not of a partition that was affected
    history.onBarrierPassed(0, 8, 1300 * MILLI);
    delayed(0, 1290, 1320, ClientResult.Kind.UNKNOWN);
    delayed(0, 1299, 1330, ClientResult.Kind.NOT_DONE);
    delayed(0, 1301, 1900, ClientResult.Kind.DONE); // after it was over
    CallersView callers = failover().getCallers();
    assertThat(callers.getHeldUp()).isEqualTo(3);
    assertThat(callers.getRepeats()).isEqualTo(6);
    assertThat(callers.getUnknown()).isEqualTo(1);
    assertThat(callers.getNotDone()).isEqualTo(1);
    assertThat(callers.getLongestMillis()).isEqualTo(370);
  }

  private void delayed(int partition, long begun, long ended, ClientResult.Kind kind) {
    history.onDelayed(new DelayedOperation(1, partition, begun * MILLI, ended * MILLI, 2, kind));
  }

  private List<String> kinds() {
    return Arrays.stream(history.eventsAfter(0, 10)).map(EventView::getKind).toList();
  }

  private FailoverView failover() {
    return history.failovers()[0];
  }

  private PhaseView phase(String name) {
    for (PhaseView phase : failover().getPhases()) {
      if (phase.getName().equals(name)) {
        return phase;
      }
    }
    throw new AssertionError("no phase " + name);
  }

  private static Reason reason(boolean proven) {
    return new Reason(Reason.Cause.CRASH, B, "the connection broke", -1, 50 * MILLI, proven);
  }

  @SafeVarargs
  private static ClusterState state(
      long slot, List<MemberId> members, List<MemberId>... partitions) {
    List<Member> known = new ArrayList<>();
    for (MemberId id : members) {
      known.add(
          new Member(
              id,
              "node-" + id.low(),
              "127.0.0.1",
              7800,
              "",
              "127.0.0.1",
              MemberRole.DATA,
              1,
              MemberState.ACTIVE,
              1));
    }
    SortedMap<MemberId, Member> byId = new TreeMap<>();
    known.forEach(member -> byId.put(member.id(), member));
    List<PartitionAssignment> assignments = new ArrayList<>();
    for (List<MemberId> inSync : partitions) {
      assignments.add(new PartitionAssignment(slot, 1, inSync, List.of(), new TreeMap<>()));
    }
    return new ClusterState(
        new MemberId(9, 9),
        "test",
        slot,
        slot,
        new ClusterTimings(300 * MILLI, 1000 * MILLI, 3000 * MILLI),
        partitions.length,
        byId,
        members,
        List.of(new PartitionGroup(2, assignments)),
        new TreeMap<>(),
        1,
        List.of(),
        NodeBootstrap.AUTO,
        0,
        false);
  }
}
