package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcceptorTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final List<byte[]> ONE = List.of(new byte[] {1});
  private static final List<byte[]> TWO = List.of(new byte[] {2});

  private final Acceptor acceptor = new Acceptor();

  @Test
  void aLowerBallotGetsNeitherPromiseNorAcceptance() {
    assertThat(acceptor.promise(new Ballot(2, A))).isTrue();

    assertThat(acceptor.promise(new Ballot(1, B))).isFalse();
    assertThat(acceptor.accept(new Proposal(1, new Ballot(1, B), ONE))).isFalse();

    assertThat(acceptor.promised()).isEqualTo(new Ballot(2, A));
    assertThat(acceptor.accepted(1)).isNull();
  }

  @Test
  void thePromisedBallotItselfIsPromisedAgainAndAccepted() {
    Ballot ballot = new Ballot(2, A);
    acceptor.promise(ballot);

    assertThat(acceptor.promise(ballot)).isTrue();
    assertThat(acceptor.accept(new Proposal(1, ballot, ONE))).isTrue();
    assertThat(acceptor.accept(new Proposal(1, ballot, ONE))).isTrue();
    assertThat(acceptor.accepted(1).batch()).isEqualTo(ONE);
  }

  @Test
  void anAcceptanceIsAPromise() {
    acceptor.accept(new Proposal(1, new Ballot(3, A), ONE));

    assertThat(acceptor.promised()).isEqualTo(new Ballot(3, A));
    assertThat(acceptor.promise(new Ballot(2, B))).isFalse();
  }

  @Test
  void whatWasAcceptedForASlotIsNotReportedForAnother() {
    acceptor.accept(new Proposal(1, new Ballot(1, A), ONE));

    assertThat(acceptor.accepted(1)).isNotNull();
    assertThat(acceptor.accepted(2)).isNull();
  }

  @Test
  void aHigherBallotReplacesWhatWasAccepted() {
    acceptor.accept(new Proposal(1, new Ballot(1, A), ONE));
    acceptor.accept(new Proposal(1, new Ballot(1, B), TWO));

    assertThat(acceptor.accepted(1).ballot()).isEqualTo(new Ballot(1, B));
    assertThat(acceptor.accepted(1).batch()).isEqualTo(TWO);
  }

  @Test
  void aBallotThatProposesTwoBatchesIsABug() {
    acceptor.accept(new Proposal(1, new Ballot(1, A), ONE));

    assertThatThrownBy(() -> acceptor.accept(new Proposal(1, new Ballot(1, A), TWO)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two batches for slot 1");
  }

  @Test
  void aSlotBelowTheLastAcceptedIsABug() {
    acceptor.accept(new Proposal(5, new Ballot(1, A), ONE));

    assertThatThrownBy(() -> acceptor.accept(new Proposal(4, new Ballot(1, A), ONE)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void neitherPromiseNorAcceptedBallotEverGoesBack() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      Acceptor subject = new Acceptor();
      Ballot promised = Ballot.NONE;
      Ballot accepted = Ballot.NONE;
      for (int step = 0; step < 100; step++) {
        Ballot ballot = new Ballot(1 + random.nextInt(20), random.nextBoolean() ? A : B);
        if (random.nextBoolean()) {
          subject.promise(ballot);
        } else {
          subject.accept(new Proposal(1, ballot, List.of(new byte[] {(byte) ballot.round()})));
        }
        assertThat(subject.promised()).isGreaterThanOrEqualTo(promised);
        promised = subject.promised();
        if (subject.accepted(1) != null) {
          assertThat(subject.accepted(1).ballot()).isGreaterThanOrEqualTo(accepted);
          assertThat(subject.accepted(1).ballot()).isLessThanOrEqualTo(promised);
          accepted = subject.accepted(1).ballot();
        }
      }
    }
  }
}
