package io.henge.replication.store;

/** A doubly linked list through slots, from the one used last to the one used first. */
final class SlotQueue {

  private Slot head;
  private Slot tail;
  private int size;

  int size() {
    return size;
  }

  /** The slot that was put in before all others, or null. */
  Slot oldest() {
    return tail;
  }

  void add(Slot slot) {
    slot.queue = this;
    slot.older = head;
    slot.newer = null;
    if (head == null) {
      tail = slot;
    } else {
      head.newer = slot;
    }
    head = slot;
    size++;
  }

  void remove(Slot slot) {
    if (slot.newer == null) {
      head = slot.older;
    } else {
      slot.newer.older = slot.older;
    }
    if (slot.older == null) {
      tail = slot.newer;
    } else {
      slot.older.newer = slot.newer;
    }
    slot.queue = null;
    slot.newer = null;
    slot.older = null;
    size--;
  }

  /** Moves a slot here, as the newest. */
  void take(Slot slot) {
    slot.queue.remove(slot);
    add(slot);
  }
}
