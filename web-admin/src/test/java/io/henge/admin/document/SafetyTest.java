package io.henge.admin.document;

import static io.henge.admin.document.Views.member;
import static io.henge.admin.document.Views.members;
import static io.henge.admin.document.Views.partition;
import static io.henge.admin.document.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyTest {

  private static Safety safety(int copies, List<Member> members, Partition partition) {
    return Safety.of(partition, view(1, copies, members, partition));
  }

  @Test
  void allWantedCopiesInSyncAreInSync() {
    assertThat(safety(3, members(3), partition(0, 3, 2, 0, 1))).isEqualTo(Safety.IN_SYNC);
    assertThat(safety(1, members(3), partition(0, 1, 2))).isEqualTo(Safety.IN_SYNC);
    assertThat(safety(Integer.MAX_VALUE, members(2), partition(0, 2, 1, 0)))
        .isEqualTo(Safety.IN_SYNC);
  }

  @Test
  void aLearnerMakesItCatchUpAndNobodyMakesItWait() {
    assertThat(safety(3, members(3), partition(0, 2, 0, 1, 2))).isEqualTo(Safety.CATCHING_UP);
    assertThat(safety(3, members(3), partition(0, 2, 0, 1))).isEqualTo(Safety.WAITING);
    assertThat(safety(3, members(3), partition(0, 2, 0, 1, -1))).isEqualTo(Safety.WAITING);
    List<Member> silent =
        List.of(member("a", "active"), member("b", "active"), member("c", "suspended"));
    assertThat(safety(3, silent, partition(0, 2, 0, 1, 2))).isEqualTo(Safety.WAITING);
  }

  @Test
  void oneInSyncCopyIsWorseThanALearner() {
    assertThat(safety(2, members(2), partition(0, 1, 0, 1))).isEqualTo(Safety.ONE_COPY);
    assertThat(safety(2, members(1), partition(0, 1, 0))).isEqualTo(Safety.ONE_COPY);
  }

  @Test
  void withoutAnAnsweringPrimaryItIsUnavailable() {
    assertThat(safety(2, members(2), partition(0, 0))).isEqualTo(Safety.UNAVAILABLE);
    assertThat(safety(2, members(2), partition(0, 0, 1))).isEqualTo(Safety.UNAVAILABLE);
    assertThat(safety(2, members(2), partition(0, 1, -1, 1))).isEqualTo(Safety.UNAVAILABLE);
    List<Member> silent = List.of(member("a", "suspended"), member("b", "active"));
    assertThat(safety(2, silent, partition(0, 1, 0, 1))).isEqualTo(Safety.UNAVAILABLE);
  }

  @Test
  void theCountsAddUpToAllPartitions() {
    View view =
        view(1, 2, members(2), partition(0, 2, 0, 1), partition(1, 1, 1, 0), partition(2, 0));
    Counts counts = Counts.of(view);
    assertThat(counts).isEqualTo(new Counts(2, 3, 1, 0, 0, 1, 1));
  }
}
