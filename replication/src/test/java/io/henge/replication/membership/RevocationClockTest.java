package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RevocationClockTest {

  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final long BARRIER = 332;

  private final RevocationClock clock = new RevocationClock(BARRIER);

  @Test
  void waitsTheWholeBarrierSinceTheSlotWasApplied() {
    clock.applied(5, 0, 1_000);
    assertThat(isOver(Map.of(A, 5L), 1_000 + BARRIER - 1)).isFalse();
    assertThat(isOver(Map.of(A, 5L), 1_000 + BARRIER)).isTrue();
  }

  @Test
  void creditShortensIt() {
    clock.applied(5, 300, 1_000);
    assertThat(isOver(Map.of(A, 5L), 1_031)).isFalse();
    assertThat(isOver(Map.of(A, 5L), 1_032)).isTrue();
  }

  @Test
  void moreCreditThanTheBarrierEndsItAtOnceAndNoEarlier() {
    clock.applied(5, 1_000_000, 1_000);
    assertThat(isOver(Map.of(A, 5L), 1_000)).isTrue();
  }

  @Test
  void aConfirmationOfTheSlotEndsIt() {
    clock.applied(5, 0, 1_000);
    clock.confirmed(A, 4);
    assertThat(isOver(Map.of(A, 5L), 1_001)).isFalse();
    clock.confirmed(A, 5);
    assertThat(isOver(Map.of(A, 5L), 1_001)).isTrue();
  }

  @Test
  void everyEntryCounts() {
    clock.applied(5, 0, 1_000);
    clock.applied(9, BARRIER, 1_010);
    assertThat(isOver(Map.of(B, 9L), 1_010)).isTrue();
    assertThat(isOver(Map.of(A, 5L, B, 9L), 1_010)).isFalse();
  }

  @Test
  void aSlotNotAppliedYetHasNotBegunToCount() {
    assertThat(isOver(Map.of(A, 5L), Long.MAX_VALUE / 2)).isFalse();
  }

  @Test
  void whatASnapshotContainsCountsFromTheSnapshot() {
    clock.applied(5, BARRIER, 1_000);
    ClusterState state = States.founded(A, B);
    ClusterState later = new ClusterStateMachine().apply(state, 1, java.util.List.of()).state();
    clock.installed(later, 2_000);
    assertThat(isOver(Map.of(A, 1L), 2_000)).isFalse();
    assertThat(isOver(Map.of(A, 1L), 2_000 + BARRIER)).isTrue();
  }

  private boolean isOver(Map<MemberId, Long> revoked, long now) {
    return clock.over(new TreeMap<>(revoked), now);
  }
}
