package io.henge.replication.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.LogEntry;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryHistoryTest {

  private final EntryHistory history = new EntryHistory();

  private void add(long slot, int bytes) {
    history.add(new LogEntry(slot, slot - 1, slot, List.of(new byte[bytes]), List.of(true)));
  }

  private List<Long> slots(long after, int limit) {
    return history.after(after, limit).stream().map(LogEntry::slot).toList();
  }

  @Test
  void theNewestSlotsAreKept() {
    for (long slot = 1; slot <= EntryHistory.SLOTS + 10; slot++) {
      add(slot, 3);
    }
    assertThat(slots(-1, 2)).containsExactly(11L, 12L);
    assertThat(slots(11, 3)).containsExactly(12L, 13L, 14L);
    assertThat(slots(-1, Integer.MAX_VALUE)).hasSize(EntryHistory.SLOTS);
  }

  @Test
  void largeCommandsLeaveRoomForFewSlotsButForTheNewestInAnyCase() {
    add(1, 10);
    add(2, EntryHistory.BYTES / 2 - 100);
    add(3, EntryHistory.BYTES / 2 - 100);
    assertThat(slots(-1, 9)).containsExactly(2L, 3L);
    add(4, EntryHistory.BYTES + 1);
    assertThat(slots(-1, 9)).containsExactly(4L);
    add(5, 1);
    assertThat(slots(-1, 9)).containsExactly(5L);
  }

  @Test
  void smallCommandsCountWithWhatTheyTake() {
    int commands = 100;
    List<byte[]> batch = Collections.nCopies(commands, new byte[1]);
    for (long slot = 1; slot < 1000; slot++) {
      history.add(new LogEntry(slot, slot - 1, slot, batch, Collections.nCopies(commands, true)));
    }
    assertThat(slots(-1, Integer.MAX_VALUE))
        .hasSizeBetween(100, EntryHistory.BYTES / (20 * commands));
  }

  @Test
  void whatDoesNotFollowBeginsAnew() {
    add(1, 1);
    add(3, 1);
    assertThat(slots(-1, 9)).containsExactly(3L);
    history.add(new LogEntry(4, 99, 4, List.of(), List.of()));
    assertThat(slots(-1, 9)).containsExactly(4L);
  }
}
