package io.henge.replication.consensus;

import static io.henge.replication.consensus.Scenario.await;
import static io.henge.replication.consensus.Scenario.changeUntilApplied;
import static io.henge.replication.consensus.Scenario.elected;
import static io.henge.replication.consensus.Scenario.joinAsLearner;
import static io.henge.replication.consensus.Scenario.leader;
import static io.henge.replication.consensus.Scenario.others;
import static io.henge.replication.consensus.SimulatedCluster.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.TestCommand.Kind;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Voters, learners and laggards, situation by situation, each under several seeds. All times are
 * virtual.
 */
class PaxosMembersScenarioTest {

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSoleVoterDecidesWithinTheCall(long seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, 1, Variant.PRODUCTION);
    SimulatedMember sole = cluster.member(0);

    sole.propose(TestCommand.mark(7));

    assertThat(sole.machine().lastMark()).isEqualTo(7);
    assertThat(sole.replica().leading()).isTrue();
    assertThat(sole.replica().leader()).isEqualTo(sole.id());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCommandProposedAnywhereIsDecidedEverywhere(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember learner = joinAsLearner(cluster);
    learner.propose(TestCommand.mark(11));
    await(
        cluster, 100, () -> cluster.members().stream().allMatch(m -> m.machine().lastMark() == 11));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLearnerNeitherPromisesNorVotesNorLeads(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember learner = joinAsLearner(cluster);
    SimulatedMember old = leader(cluster);
    others(cluster, learner).forEach(SimulatedMember::pause);
    learner.hint(old.id());
    learner.receive(
        cluster.member(0).id(),
        new ConsensusMessage.Prepare(
            new Ballot(50, cluster.member(0).id()), learner.replica().appliedSlot() + 1));
    learner.receive(
        cluster.member(0).id(),
        new ConsensusMessage.Accept(
            new Ballot(50, cluster.member(0).id()),
            learner.replica().appliedSlot() + 1,
            List.of()));
    cluster.run(3_000 * MILLISECOND);

    assertThat(learner.replica().leading()).isFalse();
    assertThat(learner.replica().ballot()).isEqualTo(Ballot.NONE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aClusterGrowsFromOneVoterToFiveAndShrinksToOne(long seed) {
    SimulatedCluster cluster = elected(seed, 1);
    for (int i = 1; i < 5; i++) {
      SimulatedMember joined = joinAsLearner(cluster);
      changeUntilApplied(cluster, Kind.ADD_VOTER, joined.id(), i + 1);
    }
    for (int i = 0; i < 4; i++) {
      changeUntilApplied(cluster, Kind.REMOVE_VOTER, leader(cluster).id(), 4 - i);
      await(cluster, 300, () -> leader(cluster) != null);
    }
    assertThat(leader(cluster).replica().configuration().voters()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLeaderThatIsVotedOutStepsDownAndTheOthersDoNotWaitForItsSilence(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember leader = leader(cluster);
    leader.propose(TestCommand.change(Kind.REMOVE_VOTER, leader.id()));

    await(
        cluster, 200, () -> others(cluster, leader).stream().anyMatch(m -> m.replica().leading()));

    assertThat(leader.replica().leading()).isFalse();
    assertThat(leader.replica().configuration().voters()).doesNotContain(leader.id());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aMemberThatMissedItsRemovalLearnsOfIt(long seed) {
    SimulatedCluster cluster = elected(seed, 5);
    SimulatedMember learner = joinAsLearner(cluster);
    SimulatedMember leader = leader(cluster);
    SimulatedMember voter = others(cluster, leader).get(0);
    learner.pause();
    voter.pause();
    cluster.filter(
        (from, to, message) ->
            message instanceof Chosen && (to.equals(learner.id()) || to.equals(voter.id())));
    leader.propose(TestCommand.change(Kind.REMOVE_LEARNER, learner.id()));
    changeUntilApplied(cluster, Kind.REMOVE_VOTER, voter.id(), 4);
    learner.resume();
    voter.resume();

    await(
        cluster,
        1_500,
        () ->
            !learner.replica().configuration().learners().contains(learner.id())
                && !voter.replica().configuration().voters().contains(voter.id()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSlotThatOnlyABystanderLearnedReachesTheVoters(long seed) {
    SimulatedCluster cluster = elected(seed, 2);
    SimulatedMember bystander = joinAsLearner(cluster);
    SimulatedMember leader = leader(cluster);
    SimulatedMember voter =
        cluster.members().stream().filter(m -> m != leader && m != bystander).findAny().get();
    cluster.filter(
        (from, to, message) ->
            from.equals(leader.id()) && message instanceof Chosen && to.equals(voter.id()));
    leader.propose(TestCommand.change(Kind.REMOVE_VOTER, leader.id()));
    await(cluster, 100, () -> bystander.machine().configuration().voters().size() == 1);
    leader.kill();

    await(cluster, 1_000, () -> voter.replica().leading());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aMemberFarBehindGetsASnapshotAndGoesOnFromIt(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember leader = leader(cluster);
    SimulatedMember laggard = others(cluster, leader).get(0);
    laggard.kill();
    SimulatedMember late = cluster.join(leader);
    late.pause();
    for (int i = 0; i < 40; i++) {
      leader.propose(TestCommand.mark(i));
      cluster.run(20 * MILLISECOND);
    }
    List<MemberId> sentSnapshot = new ArrayList<>();
    cluster.filter(
        (from, to, message) -> {
          if (message instanceof InstallSnapshot) {
            sentSnapshot.add(to);
          }
          return false;
        });
    late.resume();
    leader.propose(TestCommand.change(Kind.ADD_LEARNER, late.id()));

    await(cluster, 500, () -> late.machine().chain() == leader.machine().chain());

    assertThat(sentSnapshot).contains(late.id());
    leader.propose(TestCommand.mark(99));
    await(cluster, 100, () -> late.machine().lastMark() == 99);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void moreCommandsThanTheQueueHoldsAreDroppedAndTheRestIsDecidedInBatches(long seed) {
    SimulatedCluster cluster = elected(seed, 3);
    SimulatedMember leader = leader(cluster);
    long marksBefore = leader.machine().marks();
    for (int i = 0; i < 1_000; i++) {
      leader.propose(TestCommand.mark(i));
    }
    cluster.run(500 * MILLISECOND);

    long bound =
        (long) cluster.settings().maxQueuedCommands() + cluster.settings().maxBatchCommands();
    assertThat(leader.machine().marks() - marksBefore).isPositive().isLessThanOrEqualTo(bound);
  }
}
