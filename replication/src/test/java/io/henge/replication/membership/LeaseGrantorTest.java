package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseGrantorTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);

  private final LeaseGrantor grantor = new LeaseGrantor(0);
  private final List<byte[]> suspendA =
      List.of(CommandCodec.encode(new Command.Suspend(A, States.reason(false))));

  @Test
  void renewsNobodyBelowWhatItAccepted() {
    assertThat(grantor.renew(A, 4, 10)).isTrue();
    grantor.accepted(5, suspendA, 20);
    assertThat(grantor.renew(A, 4, 30)).isFalse();
    assertThat(grantor.renew(B, 5, 30)).isTrue();
  }

  @Test
  void anEmptyBatchRevokesNothing() {
    assertThat(grantor.accepted(5, List.of(), 20)).isEmpty();
    assertThat(grantor.renew(A, 4, 30)).isTrue();
  }

  @Test
  void neverGoesBackToALowerSlot() {
    grantor.accepted(7, suspendA, 20);
    grantor.accepted(5, suspendA, 30);
    assertThat(grantor.revokeIndex()).isEqualTo(7);
  }

  @Test
  void theLeastAgeOfTheQuorumIsTheCredit() {
    LeaseGrantor other = new LeaseGrantor(0);
    grantor.renew(A, 4, 1_000);
    other.renew(A, 4, 1_300);
    LeaseCredit credit = new LeaseCredit(0);

    byte[] note =
        credit.note(
            suspendA,
            List.of(grantor.accepted(5, suspendA, 2_000), other.accepted(5, suspendA, 2_000)),
            2_010);

    assertThat(LeaseCredit.read(note)).isEqualTo(700);
  }

  @Test
  void aVoterThatNeverRenewedTheMemberTellsItsOwnAge() {
    LeaseGrantor young = new LeaseGrantor(1_900);
    byte[] note =
        new LeaseCredit(0).note(suspendA, List.of(young.accepted(5, suspendA, 2_000)), 2_010);
    assertThat(LeaseCredit.read(note)).isEqualTo(100);
  }

  @Test
  void whomItRenewedIsRememberedThoughItsJoiningWasNotAppliedYet() {
    MemberId stranger = new MemberId(0, 9);
    grantor.renew(stranger, 4, 1_990);
    grantor.applied(States.founded(A, B), true);
    List<byte[]> suspend =
        List.of(CommandCodec.encode(new Command.Suspend(stranger, States.reason(false))));
    byte[] note =
        new LeaseCredit(0).note(suspend, List.of(grantor.accepted(5, suspend, 2_000)), 2_000);
    assertThat(LeaseCredit.read(note)).isEqualTo(10);
  }

  @Test
  void noMoreCreditThanTheTimeSinceTheVotersChanged() {
    LeaseCredit credit = new LeaseCredit(0);
    credit.votersChanged(1_950);
    byte[] note = credit.note(suspendA, List.of(grantor.accepted(5, suspendA, 2_000)), 2_010);
    assertThat(LeaseCredit.read(note)).isEqualTo(60);
  }

  @Test
  void anAttachmentThatCannotBeReadGivesNoCredit() {
    byte[] good = grantor.accepted(5, suspendA, 2_000);
    assertThat(new LeaseCredit(0).note(suspendA, List.of(good, new byte[] {5}), 2_000)).isEmpty();
    assertThat(new LeaseCredit(0).note(suspendA, List.of(good, new byte[0]), 2_000)).isEmpty();
    assertThat(LeaseCredit.read(new byte[] {(byte) 0x80})).isZero();
  }
}
