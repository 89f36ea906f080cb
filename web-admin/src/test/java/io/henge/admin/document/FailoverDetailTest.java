package io.henge.admin.document;

import static io.henge.admin.document.Views.members;
import static io.henge.admin.document.Views.partition;
import static io.henge.admin.document.Views.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Phase;
import io.henge.admin.cluster.View;
import io.henge.admin.document.FailoverDetail.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverDetailTest {

  private static final View BEFORE =
      view(9, 2, members(3), partition(0, 2, 0, 1), partition(1, 1, 0, 2), partition(2, 2, 1, 0));

  private static FailoverDocument failover() {
    return FailoverDocument.of(
        new Failover(
            10,
            "m0",
            "m0",
            "crash",
            "Its socket closed.",
            "m1",
            Instant.EPOCH,
            true,
            1,
            2,
            0,
            0,
            -1,
            null,
            List.of(new Phase("agree", 0, 20, 10), new Phase("replicate", 20, -1, -1))),
        "m1");
  }

  private static FailoverDetail detail(View after) {
    return FailoverDetail.of(failover(), BEFORE, after, List.of(), 0);
  }

  @Test
  void aLaneTellsWhoLedAndThatTheNewPrimaryHadEveryWrite() {
    FailoverDetail detail =
        detail(view(10, 2, members(3), partition(0, 1, 1), partition(1, 0), partition(2, 1, 1)));
    assertThat(detail.lanes())
        .containsExactly(new Lane(0, "m0", "m1", true, 1, 2), new Lane(1, "m0", "", false, 0, 1));
    assertThat(detail.proof()).isEqualTo("1 partitions had no other in-sync copy at slot 9");
  }

  @Test
  void aPrimaryThatWasOnlyCatchingUpIsNoProof() {
    FailoverDetail detail =
        detail(view(10, 2, members(3), partition(0, 1, 1), partition(1, 1, 2), partition(2, 1, 1)));
    assertThat(detail.lanes().get(1).wasInSync()).isFalse();
    assertThat(detail.proof()).startsWith("1 partitions had no other");
  }

  @Test
  void whenEveryPromotedCopyWasInSyncThatIsTheProof() {
    View before = view(9, 2, members(3), partition(0, 2, 0, 1), partition(1, 2, 1, 2));
    View after = view(10, 2, members(3), partition(0, 1, 1), partition(1, 2, 1, 2));
    FailoverDetail detail = FailoverDetail.of(failover(), before, after, List.of(), 0);
    assertThat(detail.proof()).isEqualTo("All 1 promoted copies were in sync at slot 9");
  }

  @Test
  void withoutTheViewsNothingIsClaimed() {
    FailoverDetail detail = FailoverDetail.of(failover(), null, BEFORE, List.of(), 0);
    assertThat(detail.kept()).isFalse();
    assertThat(detail.lanes()).isEmpty();
    assertThat(detail.proof()).contains("no longer kept");
  }

  @Test
  void theLogBeginsShortlyBeforeTheSlot() {
    List<EventDocument> events = new ArrayList<>();
    for (long number = 1; number <= 100; number++) {
      events.add(new EventDocument(number, Instant.EPOCH, number, "Kind", "", "", ""));
    }
    FailoverDetail detail = FailoverDetail.of(failover(), BEFORE, BEFORE, events, 0);
    assertThat(detail.log().get(0).number()).isEqualTo(7);
    assertThat(detail.log()).hasSize(60);
  }
}
