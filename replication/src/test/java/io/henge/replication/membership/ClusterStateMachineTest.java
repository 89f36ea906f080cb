package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.wire.MalformedFrameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterStateMachineTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);

  private final ClusterStateMachine machine = new ClusterStateMachine();
  private ClusterState state = States.founded(A, B, C);

  @Test
  void suspendingTakesAMemberOutOfInSyncSetsAndKeepsItAsLearner() {
    group(2, List.of(A, B), List.of(C));

    long slot = decide(new Command.Suspend(A, States.reason(false)));

    PartitionAssignment partition = state.partition(0);
    assertThat(partition.inSync()).containsExactly(B);
    assertThat(partition.learners()).containsExactly(A);
    assertThat(partition.epoch()).isEqualTo(slot);
    assertThat(partition.revoked()).containsOnlyKeys(A).containsEntry(A, slot);
    assertThat(state.members().get(A).state()).isEqualTo(MemberState.SUSPENDED);
  }

  @Test
  void suspendingLeavesAnInSyncSetOfOneAlone() {
    group(2, List.of(A), List.of(A, B));

    decide(new Command.Suspend(A, States.reason(false)));

    assertThat(state.partition(0).inSync()).containsExactly(A);
    assertThat(state.partition(0).revoked()).isEmpty();
    assertThat(state.partition(0).epoch()).isEqualTo(1);
  }

  @Test
  void removingTheLastInSyncMemberLosesThePartition() {
    group(1, List.of(A), List.of(B));

    long slot = decide(new Command.RemoveMember(A, States.reason(false)));

    assertThat(state.partition(0).inSync()).isEmpty();
    assertThat(state.partition(0).epoch()).isEqualTo(slot);
    assertThat(state.partition(0).revoked()).containsEntry(A, slot);
    assertThat(state.partition(1).epoch()).isEqualTo(1);
  }

  @Test
  void aProvenDeathRevokesNothingAndForgetsOlderRevocations() {
    group(2, List.of(A, B), List.of(B, A));
    decide(new Command.Suspend(A, States.reason(false)));
    assertThat(state.partition(0).revoked()).containsKey(A);

    decide(new Command.RemoveMember(A, States.reason(true)));

    assertThat(state.partition(0).revoked()).isEmpty();
    assertThat(state.partition(0).learners()).isEmpty();
    assertThat(state.partition(1).revoked()).isEmpty();
  }

  @Test
  void aRemovedIncarnationIsNeverAddedAgain() {
    Member a = state.members().get(A);
    decide(new Command.RemoveMember(A, States.reason(false)));
    decide(new Command.AddMember(a));
    assertThat(state.members()).doesNotContainKey(A);
  }

  @Test
  void anAddedMemberIsJoiningSinceItsSlot() {
    MemberId d = new MemberId(0, 4);
    long slot = decide(new Command.AddMember(States.member(d).in(MemberState.ACTIVE)));

    assertThat(state.members().get(d).state()).isEqualTo(MemberState.JOINING);
    assertThat(state.members().get(d).joinedAt()).isEqualTo(slot);
    assertThat(state.configuration().learners()).containsExactly(d);
  }

  @Test
  void aPromotedLearnerIsNoLongerRevoked() {
    group(2, List.of(A, B), List.of(B, A));
    decide(new Command.Suspend(A, States.reason(false)));
    decide(new Command.Resume(A));

    long slot = decide(new Command.PromoteLearner(0, state.partition(0).epoch(), A));

    assertThat(state.partition(0).inSync()).containsExactly(B, A);
    assertThat(state.partition(0).epoch()).isEqualTo(slot);
    assertThat(state.partition(0).revoked()).isEmpty();
    assertThat(state.partition(1).revoked()).containsKey(A);
  }

  @Test
  void aSuspendedLearnerIsNotPromoted() {
    group(2, List.of(A, B), List.of(B, A));
    decide(new Command.Suspend(A, States.reason(false)));
    assertIgnored(new Command.PromoteLearner(0, state.partition(0).epoch(), A));
  }

  @Test
  void aTransferKeepsEverybodyAndRevokesNobody() {
    group(2, List.of(A, B), List.of(B, A));
    long slot = decide(new Command.TransferPrimary(0, 1, B));

    assertThat(state.partition(0).inSync()).containsExactly(B, A);
    assertThat(state.partition(0).epoch()).isEqualTo(slot);
    assertThat(state.partition(0).revoked()).isEmpty();
  }

  @Test
  void aCommandWithAnotherEpochIsIgnored() {
    group(2, List.of(A, B), List.of(B, A));
    assertIgnored(new Command.TransferPrimary(0, 99, B));
    assertIgnored(new Command.ShrinkInSync(0, 99, B, true));
    assertIgnored(new Command.PromoteLearner(0, 99, C));
    assertIgnored(new Command.ResetPartition(0, 99, List.of(C)));
  }

  @Test
  void commandsAboutNoPartitionAreIgnored() {
    assertIgnored(new Command.TransferPrimary(7, 0, B));
    assertIgnored(new Command.AddLearner(-1, B));
    assertIgnored(new Command.DropLearner(1 << 30, B));
  }

  @Test
  void aLearnerComesWithoutAnEpochButGoesWithOne() {
    group(2, List.of(A, B), List.of(B, A));
    decide(new Command.AddLearner(0, C));
    assertThat(state.partition(0).learners()).containsExactly(C);
    assertThat(state.partition(0).epoch()).isEqualTo(1);
    long dropped = decide(new Command.DropLearner(0, C));
    assertThat(state.partition(0).learners()).isEmpty();
    assertThat(state.partition(0).epoch()).isEqualTo(dropped);
  }

  @Test
  void aPromotionProposedBeforeTheLearnerWasDroppedNoLongerFitsWhenItIsBack() {
    group(2, List.of(A, B), List.of(B, A));
    decide(new Command.AddLearner(0, C));
    long epoch = state.partition(0).epoch();
    decide(new Command.DropLearner(0, C));
    decide(new Command.AddLearner(0, C));
    assertIgnored(new Command.PromoteLearner(0, epoch, C));
  }

  @Test
  void theLastInSyncReplicaIsNeverShrunkAway() {
    group(1, List.of(A), List.of(B));
    assertIgnored(new Command.ShrinkInSync(0, 1, A, false));
  }

  @Test
  void clearingForgetsRevocationsUpToItsSlotOnly() {
    group(2, List.of(A, B), List.of(A, C));
    long first = decide(new Command.ShrinkInSync(0, 1, A, false));
    long second = decide(new Command.ShrinkInSync(1, 1, A, false));

    decide(new Command.ClearRevoked(A, first));

    assertThat(state.partition(0).revoked()).isEmpty();
    assertThat(state.partition(1).revoked()).containsEntry(A, second);
  }

  @Test
  void onlyALostPartitionIsResetAndItBeginsAnew() {
    group(1, List.of(A), List.of(B));
    assertIgnored(new Command.ResetPartition(0, 1, List.of(C)));
    long lost = decide(new Command.RemoveMember(A, States.reason(false)));

    long slot = decide(new Command.ResetPartition(0, lost, List.of(A, C)));

    assertThat(state.partition(0).inSync()).containsExactly(C);
    assertThat(state.partition(0).origin()).isEqualTo(slot);
    assertThat(state.partition(0).revoked()).containsKey(A);
  }

  @Test
  void twoVoterChangesDoNotFitOneSlot() {
    decide(new Command.RemoveVoter(A), new Command.RemoveVoter(B));
    assertThat(state.voters()).containsExactly(B, C);
    decide(new Command.RemoveVoter(B));
    assertIgnored(new Command.RemoveVoter(C));
  }

  @Test
  void aMemberThatDrainsIsNotPromotedUnlessItStaysAfterAll() {
    group(2, List.of(A), List.of(A));
    long epoch = state.partition(0).epoch();
    decide(new Command.AddLearner(0, B), new Command.Drain(B));
    Command promotion = new Command.PromoteLearner(0, epoch, B);
    assertIgnored(promotion);

    decide(new Command.Undrain(B), promotion);
    assertThat(state.partition(0).inSync()).containsExactly(A, B);
  }

  @Test
  void aWeightIsPositiveAndFiniteAndAMembersOwn() {
    decide(new Command.SetWeight(A, 2.5));
    assertThat(state.members().get(A).weight()).isEqualTo(2.5);
    assertIgnored(new Command.SetWeight(A, 2.5));
    assertIgnored(new Command.SetWeight(A, 0));
    assertIgnored(new Command.SetWeight(A, Double.NaN));
    assertIgnored(new Command.SetWeight(A, Double.POSITIVE_INFINITY));
    assertIgnored(new Command.SetWeight(new MemberId(7, 7), 1));
  }

  @Test
  void rebalancingIsPausedAndResumedOnce() {
    assertThat(state.rebalancingPaused()).isFalse();
    assertIgnored(new Command.PauseRebalancing(false));
    decide(new Command.PauseRebalancing(true));
    assertThat(state.rebalancingPaused()).isTrue();
    decide(new Command.Drain(A));
    assertThat(state.rebalancingPaused()).isTrue();
    decide(new Command.PauseRebalancing(false));
    assertThat(state.rebalancingPaused()).isFalse();
  }

  @Test
  void aCacheNeedsItsGroupAndAFreeName() {
    assertIgnored(new Command.CreateCache("books", 2, new TreeMap<>()));
    group(2, List.of(A, B), List.of(B, A));
    decide(new Command.CreateCache("books", 2, new TreeMap<>()));
    assertIgnored(new Command.CreateCache("books", 2, new TreeMap<>()));
    assertThat(state.cache("books").id()).isEqualTo(1);

    decide(new Command.DestroyCache(1), new Command.CreateCache("books", 2, new TreeMap<>()));
    assertThat(state.cache("books").id()).isEqualTo(2);
  }

  @Test
  void cachesOfAnotherModeOrWithOtherBoundsHaveAGroupOfTheirOwn() {
    group(2, List.of(A, B), List.of(B, A));
    ReplicationMode few = new ReplicationMode.Async(10, 1000, 1_000_000);
    assertIgnored(new Command.CreateCache("news", 2, few, new TreeMap<>()));
    decide(
        new Command.CreateGroup(2, few, List.of(List.of(A, B), List.of(B, A))),
        new Command.CreateCache("news", 2, few, new TreeMap<>()));
    assertThat(state.groups()).hasSize(2);
    assertThat(state.cache("news").group()).isEqualTo(1);
    assertIgnored(new Command.CreateGroup(2, few, List.of(List.of(A), List.of(B))));
    assertThat(state.groups().get(1).fits(2, ReplicationMode.Async.DEFAULT)).isFalse();
  }

  @Test
  void aPossibleLossIsNotedOncePerEpochAndAddedUp() {
    ReplicationMode async = ReplicationMode.Async.DEFAULT;
    decide(new Command.CreateGroup(2, async, List.of(List.of(A, B), List.of(B, A))));
    long first = state.partition(0).epoch();
    assertIgnored(new Command.NoteLoss(0, first - 1, 5));
    decide(new Command.NoteLoss(0, first, 5));
    assertIgnored(new Command.NoteLoss(0, first, 5));
    long second = decide(new Command.TransferPrimary(0, first, B));
    decide(new Command.NoteLoss(0, second, 3), new Command.NoteLoss(1, first, 2));
    assertThat(state.lossOf(0)).isEqualTo(new PossibleLoss(second, 3, 8));
    assertThat(state.groups().get(0).possiblyLost()).isEqualTo(10);
  }

  @Test
  void aSynchronousPartitionLosesNothing() {
    group(2, List.of(A, B), List.of(B, A));
    assertIgnored(new Command.NoteLoss(0, state.partition(0).epoch(), 5));
  }

  @Test
  void theChainTellsLogsApart() {
    ClusterState one = machine.apply(state, 1, batch(new Command.Drain(A))).state();
    ClusterState other = machine.apply(state, 1, batch(new Command.Drain(B))).state();
    ClusterState none = machine.apply(state, 1, List.of()).state();
    assertThat(List.of(one.chain(), other.chain(), none.chain())).doesNotHaveDuplicates();
    assertThat(machine.apply(state, 1, batch(new Command.Drain(A))).state()).isEqualTo(one);
  }

  @Test
  void aSlotOutOfOrderOrAnUnknownCommandStopsTheMember() {
    assertThatThrownBy(() -> machine.apply(state, 2, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> machine.apply(state, 1, List.of(new byte[] {99})))
        .isInstanceOf(MalformedFrameException.class);
  }

  private void group(int copies, List<MemberId> first, List<MemberId> second) {
    decide(new Command.CreateGroup(copies, List.of(first, second)));
    assertThat(state.groups()).hasSize(1);
  }

  private void assertIgnored(Command command) {
    assertThat(machine.fits(state, command)).isFalse();
    ClusterState before = state;
    ClusterStateMachine.Applied applied = machine.apply(before, before.slot() + 1, batch(command));
    assertThat(applied.effective()).isEmpty();
    assertThat(applied.decided()).containsExactly(command);
    assertThat(applied.state().groups()).isEqualTo(before.groups());
    assertThat(applied.state().members()).isEqualTo(before.members());
    assertThat(applied.state().voters()).isEqualTo(before.voters());
    assertThat(applied.state().caches()).isEqualTo(before.caches());
  }

  private long decide(Command... commands) {
    state = machine.apply(state, state.slot() + 1, batch(commands)).state();
    return state.slot();
  }

  private static List<byte[]> batch(Command... commands) {
    return new ArrayList<>(Arrays.stream(commands).map(CommandCodec::encode).toList());
  }
}
