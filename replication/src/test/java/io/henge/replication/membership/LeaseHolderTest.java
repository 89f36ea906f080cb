package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.consensus.Configuration;
import io.henge.replication.topology.MemberId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseHolderTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);
  private static final Configuration THREE = new Configuration(List.of(A, B, C), List.of());
  private static final long LENGTH = 300;

  private final LeaseHolder holder = new LeaseHolder(LENGTH);

  @BeforeEach
  void allow() {
    holder.allow(true);
  }

  @Test
  void countsFromTheSendingOnceAMajorityGranted() {
    long nonce = holder.renewing(THREE, 1_000);
    holder.granted(A, nonce, 1_050);
    assertThat(holder.end()).isEqualTo(LeaseHolder.NONE);

    holder.granted(C, nonce, 1_090);

    assertThat(holder.end()).isEqualTo(1_000 + LENGTH);
  }

  @Test
  void countsAVoterOnce() {
    long nonce = holder.renewing(THREE, 1_000);
    holder.granted(A, nonce, 1_010);
    holder.granted(A, nonce, 1_020);
    assertThat(holder.end()).isEqualTo(LeaseHolder.NONE);
  }

  @Test
  void doesNotCountGrantsOfDifferentRenewalsTogetherNorOfStrangers() {
    long first = holder.renewing(THREE, 1_000);
    long second = holder.renewing(THREE, 1_075);
    holder.granted(A, first, 1_080);
    holder.granted(B, second, 1_080);
    holder.granted(new MemberId(5, 5), first, 1_080);
    assertThat(holder.end()).isEqualTo(LeaseHolder.NONE);
  }

  @Test
  void neverShortensBecauseOfALateGrant() {
    long first = holder.renewing(THREE, 1_000);
    long second = holder.renewing(THREE, 1_075);
    holder.granted(A, second, 1_080);
    holder.granted(B, second, 1_080);
    holder.granted(A, first, 1_090);
    holder.granted(B, first, 1_090);
    assertThat(holder.end()).isEqualTo(1_075 + LENGTH);
  }

  @Test
  void holdsNothingAndWaitsForNothingWhileItMayNot() {
    long nonce = holder.renewing(THREE, 1_000);
    holder.granted(A, nonce, 1_010);
    holder.allow(false);
    holder.granted(B, nonce, 1_020);
    holder.allow(true);
    holder.granted(C, nonce, 1_030);
    assertThat(holder.end()).isEqualTo(LeaseHolder.NONE);
  }

  @Test
  void worksOnAClockBelowZero() {
    long nonce = holder.renewing(THREE, -5_000);
    holder.granted(A, nonce, -4_990);
    holder.granted(B, nonce, -4_990);
    assertThat(holder.end()).isEqualTo(-5_000 + LENGTH);
  }
}
