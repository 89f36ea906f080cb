package io.henge.replication.consensus;

import static io.henge.replication.consensus.Scenario.await;
import static io.henge.replication.consensus.Scenario.elected;
import static io.henge.replication.consensus.Scenario.joinAsLearner;
import static io.henge.replication.consensus.Scenario.leader;
import static io.henge.replication.consensus.Scenario.others;
import static io.henge.replication.consensus.SimulatedCluster.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.Heartbeat;
import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.topology.MemberId;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why phase 1 is repeated when the voters change (see {@link Proposer}). */
class PaxosPhaseOneScenarioTest {

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  /**
   * The one history that tells a repeated phase 1 from a kept one: the voters change to a set whose
   * majority never heard of the leader's ballot, and decide the slot under a lower one.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void phaseOneIsRepeatedWhenTheVotersChange(long seed) {
    replaceVotersBehindTheLeadersBack(seed, Proposer::new);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPhaseOneKeptOverAnArbitraryChangeOfVotersIsCaught(long seed) {
    assertThatThrownBy(() -> replaceVotersBehindTheLeadersBack(seed, KeepsPhaseOne::new))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("two batches chosen");
  }

  private static void replaceVotersBehindTheLeadersBack(
      long seed, PaxosReplica.ProposerFactory proposers) {
    SimulatedCluster cluster =
        elected(
            new SimulatedCluster(
                seed, 3, Variant.PRODUCTION.withProposer(proposers).withVoterChangesPerSlot(7)));
    SimulatedMember leader = leader(cluster);
    // A second term, so that the leader's ballot is above what newcomers draw.
    others(cluster, leader).forEach(SimulatedMember::pause);
    cluster.run(500 * MILLISECOND);
    others(cluster, leader).forEach(SimulatedMember::resume);
    await(cluster, 2_000, () -> leader(cluster) != null);
    SimulatedMember first = leader(cluster);
    cluster.filter((from, to, message) -> message instanceof Heartbeat && to.low() > 3);
    SimulatedMember left = joinAsLearner(cluster);
    SimulatedMember right = joinAsLearner(cluster);
    long slot = first.machine().slot() + 1;

    // The newcomers learn that they vote now, and then nothing more from the leader.
    cluster.filter(
        (from, to, message) ->
            (from.equals(first.id())
                    && !(message instanceof Chosen chosen && chosen.slot() == slot)
                    && to.low() > 3)
                || (from.low() > 3 && to.equals(first.id()))
                || (from.equals(left.id()) && !isVoteOrAccept(message))
                || (from.equals(right.id()) && !isVoteOrAccept(message)));
    first.propose(
        TestCommand.replaceVoters(1L << first.index() | 1L << left.index() | 1L << right.index()));
    await(
        cluster,
        250,
        () -> left.replica().appliedSlot() > slot || right.replica().appliedSlot() > slot);
    SimulatedMember winner = left.replica().appliedSlot() > slot ? left : right;
    SimulatedMember accepter = winner == left ? right : left;
    assertThat(accepter.replica().appliedSlot()).isEqualTo(slot);
    assertThat(winner.replica().ballot()).isLessThan(first.replica().ballot());

    // Only now do the leader and the newcomer that knows no decision talk.
    cluster.filter((from, to, message) -> from.equals(winner.id()) || to.equals(winner.id()));
    first.propose(TestCommand.mark(1));
    cluster.run(1_000 * MILLISECOND);
    cluster.filter((from, to, message) -> false);
    cluster.run(2_000 * MILLISECOND);
    assertThat(leader(cluster)).isNotNull();
  }

  private static boolean isVoteOrAccept(ConsensusMessage message) {
    return !(message instanceof Chosen
        || message instanceof Heartbeat
        || message instanceof ConsensusMessage.LogSegment
        || message instanceof InstallSnapshot);
  }

  private static final class KeepsPhaseOne extends Proposer {
    KeepsPhaseOne(MemberId self, ConsensusSettings settings, Voter voter, ConsensusOutput output) {
      super(self, settings, voter, output);
    }

    @Override
    boolean keepsPhaseOne(Configuration before, Configuration after) {
      return true;
    }
  }
}
