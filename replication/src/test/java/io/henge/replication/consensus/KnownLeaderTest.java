package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import org.junit.jupiter.api.Test;

class KnownLeaderTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final Ballot FIRST = new Ballot(1, A);
  private static final Ballot SECOND = new Ballot(2, B);

  private static final ConsensusSettings SETTINGS = new ConsensusSettings(300, 50, 50, 1, 1, 1, 1);

  private final KnownLeader leader = new KnownLeader(SETTINGS, new Patience(SETTINGS, 0));

  @Test
  void aLeaderIsTrustedForAnElectionTimeoutAfterItWasHeard() {
    leader.heard(A, FIRST, 0);
    assertThat(leader.isTrusted(299)).isTrue();
    assertThat(leader.isTrusted(300)).isFalse();
    assertThat(leader.member()).isEqualTo(A);
  }

  @Test
  void aTrustedLeaderGivesWayToItselfOnly() {
    leader.heard(A, FIRST, 0);
    assertThat(leader.mayGiveWayTo(A, 10)).isTrue();
    assertThat(leader.mayGiveWayTo(B, 10)).isFalse();
    assertThat(leader.mayGiveWayTo(B, 300)).isTrue();
  }

  @Test
  void anEarlierLeaderIsNotHeardAnyMore() {
    leader.heard(B, SECOND, 0);
    assertThat(leader.heard(A, FIRST, 10)).isFalse();
    assertThat(leader.member()).isEqualTo(B);
  }

  @Test
  void aHintEndsTheTrustAndWhatWasStillInFlightDoesNotRestoreIt() {
    leader.heard(A, FIRST, 0);
    assertThat(leader.suspect(A, 10)).isTrue();
    assertThat(leader.suspect(A, 11)).isFalse();
    assertThat(leader.isTrusted(11)).isFalse();

    leader.heard(A, FIRST, 15);
    assertThat(leader.isTrusted(15)).isFalse();

    leader.heard(A, FIRST, 60);
    assertThat(leader.isTrusted(60)).isTrue();
  }

  @Test
  void aHintAboutAnotherPeerMeansNothing() {
    leader.heard(A, FIRST, 0);
    assertThat(leader.suspect(B, 10)).isFalse();
    assertThat(leader.isTrusted(10)).isTrue();
  }

  @Test
  void aNewLeaderIsNotUnderTheSuspicionOfTheOld() {
    leader.heard(A, FIRST, 0);
    leader.suspect(A, 10);
    leader.heard(B, SECOND, 12);
    assertThat(leader.isTrusted(12)).isTrue();
  }

  @Test
  void aPauseOfTheReplicaItselfIsNoSilenceOfTheLeader() {
    leader.heard(A, FIRST, 0);
    leader.excuse(950, 1000);
    assertThat(leader.isTrusted(1249)).isTrue();
    assertThat(leader.isTrusted(1250)).isFalse();
  }

  @Test
  void whatWasHeardAfterThePauseIsNotMovedIntoTheFuture() {
    leader.heard(A, FIRST, 1000);
    leader.excuse(950, 1000);
    assertThat(leader.isTrusted(1299)).isTrue();
    assertThat(leader.isTrusted(1300)).isFalse();
  }

  @Test
  void whoHandedOverIsNotHeardAgainUnderThatBallot() {
    leader.heard(A, FIRST, 0);
    assertThat(leader.handedOver(FIRST)).isTrue();
    assertThat(leader.mayGiveWayTo(B, 1)).isTrue();

    assertThat(leader.heard(A, FIRST, 2)).isFalse(); // sent before, overtaken on the way
    assertThat(leader.member()).isNull();
    assertThat(leader.handedOver(FIRST)).isFalse();
    leader.heard(B, SECOND, 3);
    assertThat(leader.handedOver(FIRST)).isFalse();
    assertThat(leader.isTrusted(4)).isTrue();
  }
}
