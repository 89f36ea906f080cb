package io.henge.admin.document;

import static io.henge.admin.document.Views.members;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionChangeTest {

  private final Map<Long, View> kept = new HashMap<>();

  private View at(long slot, long epoch, int inSync, Integer... replicas) {
    View view =
        new View(
            slot,
            Instant.EPOCH,
            "",
            "",
            List.of(),
            1,
            List.of(3),
            members(4),
            List.of(new Partition(0, 0, epoch, inSync, List.of(replicas))),
            "");
    kept.put(slot, view);
    return view;
  }

  private List<PartitionChange> history(View now, long oldest) {
    return PartitionChange.history(0, now, oldest, kept::get);
  }

  @Test
  void everyChangeOfTheEpochIsToldNewestFirst() {
    at(9, 4, 3, 0, 1, 2);
    at(10, 10, 2, 1, 2);
    at(14, 10, 2, 1, 2, 3);
    View now = at(15, 15, 3, 1, 2, 3);
    assertThat(history(now, 4))
        .containsExactly(
            new PartitionChange(15, "m3 from learner to in-sync backup."),
            new PartitionChange(10, "m0, primary, left; m1 from in-sync backup to primary."));
  }

  @Test
  void theTellingEndsWhereTheHistoryDoes() {
    View now = at(15, 10, 2, 1, 2);
    assertThat(history(now, 10)).isEmpty();
    assertThat(history(now, -1)).isEmpty();
  }
}
