package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Each safety rule, left out in turn: the randomized runs must notice. (A phase 1 that is not
 * repeated is caught in {@link PaxosPhaseOneScenarioTest}.)
 */
class PaxosMutantsTest {

  private static final int SEEDS = 3_000;

  @Test
  void anAcceptorThatForgetsItsPromiseIsCaught() {
    assertCaught(Variant.PRODUCTION.withAcceptor(ForgetsPromise::new));
  }

  @Test
  void anAcceptorThatForgetsWhatItAcceptedIsCaught() {
    assertCaught(Variant.PRODUCTION.withAcceptor(ForgetsAccepted::new));
  }

  @Test
  void anAcceptorThatAcceptsBelowItsPromiseIsCaught() {
    assertCaught(Variant.PRODUCTION.withAcceptor(AcceptsBelowPromise::new));
  }

  @Test
  void aLeaderThatAdoptsNothingIsCaught() {
    assertCaught(Variant.PRODUCTION.withProposer(AdoptsNothing::new));
  }

  @Test
  void aLeaderThatAdoptsTheLowestBallotIsCaught() {
    assertCaught(Variant.PRODUCTION.withProposer(AdoptsLowest::new));
  }

  @Test
  void aLeaderThatCountsHalfOfTheVotersAsAMajorityIsCaught() {
    assertCaught(Variant.PRODUCTION.withProposer(ChoosesByHalf::new));
  }

  private static void assertCaught(Variant mutant) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        new RandomizedRun(seed, mutant, Faults::hostile).run();
      } catch (AssertionError | IllegalStateException caught) {
        return;
      }
    }
    assertThat(mutant).as("survived " + SEEDS + " seeds").isNull();
  }

  private static final class ForgetsPromise extends Acceptor {
    private Ballot asked = Ballot.NONE;

    @Override
    Ballot promised() {
      return asked;
    }

    @Override
    boolean promise(Ballot ballot) {
      asked = ballot;
      return true;
    }
  }

  private static final class ForgetsAccepted extends Acceptor {
    @Override
    Proposal accepted(long slot) {
      return null;
    }
  }

  private static final class AcceptsBelowPromise extends Acceptor {
    private Proposal latest;

    @Override
    Proposal accepted(long slot) {
      return latest != null && latest.slot() == slot ? latest : null;
    }

    @Override
    boolean accept(Proposal proposal) {
      latest = proposal;
      return true;
    }
  }

  private static final class AdoptsNothing extends Proposer {
    AdoptsNothing(MemberId self, ConsensusSettings settings, Voter voter, ConsensusOutput output) {
      super(self, settings, voter, output);
    }

    @Override
    Proposal mayBeChosen(Collection<ConsensusMessage.Promise> quorum) {
      return null;
    }
  }

  private static final class AdoptsLowest extends Proposer {
    AdoptsLowest(MemberId self, ConsensusSettings settings, Voter voter, ConsensusOutput output) {
      super(self, settings, voter, output);
    }

    @Override
    Proposal mayBeChosen(Collection<ConsensusMessage.Promise> quorum) {
      Proposal lowest = null;
      for (ConsensusMessage.Promise promise : quorum) {
        Proposal reported = promise.accepted();
        if (reported != null
            && (lowest == null || reported.ballot().compareTo(lowest.ballot()) < 0)) {
          lowest = reported;
        }
      }
      return lowest;
    }
  }

  private static final class ChoosesByHalf extends Proposer {
    ChoosesByHalf(MemberId self, ConsensusSettings settings, Voter voter, ConsensusOutput output) {
      super(self, settings, voter, output);
    }

    @Override
    boolean isQuorum(Configuration configuration, Set<MemberId> members) {
      return 2 * members.size() >= configuration.voters().size();
    }
  }
}
