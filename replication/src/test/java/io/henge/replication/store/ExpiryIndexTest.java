package io.henge.replication.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpiryIndexTest {

  private final ExpiryIndex index = new ExpiryIndex();

  private static Slot slot(int number) {
    return new Slot(new EntryKey(1, new byte[] {(byte) number, (byte) (number >> 8)}));
  }

  private void set(Slot slot, long deadline) {
    slot.stored = new StoredValue(new byte[1], 1, deadline);
    index.update(slot);
  }

  private List<EntryKey> due(long time, int limit) {
    List<EntryKey> keys = new ArrayList<>();
    index.visitDue(time, limit, keys::add);
    return keys;
  }

  @Test
  void agreesWithAListWhateverTheChanges() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        slots.add(slot(i));
      }
      for (int step = 0; step < 3_000; step++) {
        Slot slot = slots.get(random.nextInt(slots.size()));
        set(slot, random.nextInt(4) == 0 ? StoredValue.NEVER : random.nextInt(1_000));
        if (step % 100 == 0) {
          compare(slots, random.nextInt(1_000));
        }
      }
      index.clear();
    }
  }

  private void compare(List<Slot> slots, long time) {
    assertThat(index.earliest())
        .isEqualTo(slots.stream().mapToLong(slot -> slot.stored.deadline()).min().getAsLong());
    assertThat(due(time, 1_000))
        .containsExactlyInAnyOrderElementsOf(
            slots.stream().filter(slot -> slot.stored.expiredAt(time)).map(s -> s.key).toList());
  }

  @Test
  void visitsNoMoreThanTheLimitAndOnlyWhatIsDue() {
    for (int i = 0; i < 1_000; i++) {
      set(slot(i), 1_000 - i);
    }
    assertThat(due(500, 64)).hasSize(64).doesNotHaveDuplicates();
    assertThat(due(0, 64)).isEmpty();
    assertThat(due(1, 64)).hasSize(1);
  }

  @Test
  void forgetsWhatNoLongerExpires() {
    Slot slot = slot(1);
    set(slot, 5);
    set(slot, StoredValue.NEVER);
    assertThat(index.earliest()).isEqualTo(StoredValue.NEVER);
    assertThat(slot.heapIndex).isEqualTo(-1);
  }
}
