package io.henge.replication.store;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The slots with a deadline, the earliest first: a binary heap in which each slot knows its place,
 * so that a changed deadline moves its slot and leaves nothing behind. Costs one array element per
 * expiring entry. One thread at a time.
 */
final class ExpiryIndex {

  private static final int FIRST_CAPACITY = 16;

  private Slot[] heap = {};
  private int size;

  /** The earliest deadline, {@link StoredValue#NEVER} if there is none. */
  long earliest() {
    return size == 0 ? StoredValue.NEVER : deadline(heap[0]);
  }

  /** Takes a slot in, moves it or takes it out, as its deadline wants. */
  void update(Slot slot) {
    boolean expires = deadline(slot) != StoredValue.NEVER;
    if (slot.heapIndex < 0) {
      if (expires) {
        if (size == heap.length) {
          heap = Arrays.copyOf(heap, Math.max(FIRST_CAPACITY, size * 2));
        }
        place(slot, size++);
        rise(slot);
      }
    } else if (expires) {
      rise(slot);
      sink(slot);
    } else {
      remove(slot);
    }
  }

  private void remove(Slot slot) {
    int hole = slot.heapIndex;
    slot.heapIndex = -1;
    Slot last = heap[--size];
    heap[size] = null;
    if (hole < size) {
      place(last, hole);
      rise(last);
      sink(last);
    }
    if (size > FIRST_CAPACITY && size < heap.length / 4) {
      heap = Arrays.copyOf(heap, heap.length / 2);
    }
  }

  /**
   * Visits keys whose deadline has come, {@code limit} of them at most: the work is bounded by the
   * limit, whatever the number of entries.
   */
  void visitDue(long time, int limit, Consumer<EntryKey> visitor) {
    int[] open = new int[limit + 1]; // a subtree is looked at only below a slot that is due
    int top = 0;
    int visited = 0;
    if (size > 0) {
      open[top++] = 0;
    }
    while (top > 0 && visited < limit) {
      int place = open[--top];
      if (deadline(heap[place]) > time) {
        continue;
      }
      visited++;
      visitor.accept(heap[place].key);
      for (int child = 2 * place + 2; child > 2 * place; child--) {
        if (child < size && top < open.length) {
          open[top++] = child;
        }
      }
    }
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      heap[i].heapIndex = -1;
    }
    heap = new Slot[0];
    size = 0;
  }

  private void rise(Slot slot) {
    while (slot.heapIndex > 0) {
      Slot parent = heap[(slot.heapIndex - 1) / 2];
      if (deadline(parent) <= deadline(slot)) {
        return;
      }
      swap(slot, parent);
    }
  }

  private void sink(Slot slot) {
    while (2 * slot.heapIndex + 1 < size) {
      Slot child = heap[2 * slot.heapIndex + 1];
      if (child.heapIndex + 1 < size && deadline(heap[child.heapIndex + 1]) < deadline(child)) {
        child = heap[child.heapIndex + 1];
      }
      if (deadline(slot) <= deadline(child)) {
        return;
      }
      swap(slot, child);
    }
  }

  private void swap(Slot one, Slot other) {
    int place = one.heapIndex;
    place(one, other.heapIndex);
    place(other, place);
  }

  private void place(Slot slot, int place) {
    heap[place] = slot;
    slot.heapIndex = place;
  }

  private static long deadline(Slot slot) {
    return slot.stored.deadline();
  }
}
