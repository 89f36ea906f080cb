package io.henge.replication.store;

import java.util.function.Predicate;

/**
 * Decides which entry of one cache in one partition goes first: W-TinyLFU (Einziger, Friedman and
 * Manes 2017). New entries come into a window; who leaves it competes with the oldest of the main
 * region by frequency of use, and the loser goes. The main region is a segmented queue: what was
 * used again is protected.
 *
 * <p>A hit costs a reader at most one plain write: it is noted at the entry and counted when the
 * entry comes to the end of its queue, which then begins again (as CLOCK does). Without randomness
 * and time of its own; one thread at a time, but for {@link Slot#hit}.
 */
final class EvictionPolicy {

  /** One in so many entries is in the window. */
  private static final int WINDOW = 16;

  /** Of so many entries of the main region, all but one may be protected. */
  private static final int PROTECTED = 5;

  /** Entries looked at for one decision. */
  private static final int PATIENCE = 64;

  private final FrequencySketch sketch = new FrequencySketch();
  private final SlotQueue window = new SlotQueue();
  private final SlotQueue probation = new SlotQueue();
  private final SlotQueue kept = new SlotQueue();

  /** How many entries there were room for when one was last evicted. */
  private int room = Integer.MAX_VALUE;

  int size() {
    return window.size() + probation.size() + kept.size();
  }

  void added(Slot slot) {
    window.add(slot);
    sketch.ensureRoomFor(size());
    sketch.used(slot.key.hashCode());
    while (size() <= room && window.size() > windowSize()) {
      probation.take(window.oldest()); // nobody has to go for it
    }
  }

  void removed(Slot slot) {
    slot.queue.remove(slot);
  }

  /** The slot was evicted, after {@link #removed}: there is no room for more. */
  void evicted() {
    room = size();
  }

  /**
   * Chooses who goes next.
   *
   * @param stays tells who may not go now
   * @return null if nobody may
   */
  Slot victim(Predicate<Slot> stays) {
    Slot candidate = window.size() > windowSize() ? oldest(window, stays) : null;
    Slot victim = oldest(probation.size() > 0 ? probation : kept, stays);
    if (victim == null) {
      victim = oldest(kept, stays);
    }
    if (victim == null || candidate == null) {
      Slot only = victim == null ? candidate : victim;
      return only == null ? oldest(window, stays) : only;
    }
    if (frequency(candidate) > frequency(victim)) {
      probation.take(candidate);
      return victim;
    }
    return candidate;
  }

  private int frequency(Slot slot) {
    return sketch.frequency(slot.key.hashCode());
  }

  /** The oldest that was not used since it was looked at last, and may go. */
  private Slot oldest(SlotQueue queue, Predicate<Slot> stays) {
    for (int i = Math.min(PATIENCE, queue.size()); i > 0; i--) {
      Slot slot = queue.oldest();
      if (slot == null) {
        return null;
      }
      int hits = slot.takeHits();
      for (int hit = 0; hit < hits; hit++) {
        sketch.used(slot.key.hashCode());
      }
      if (hits > 0) {
        again(slot);
      } else if (stays.test(slot)) {
        queue.take(slot);
      } else {
        return slot;
      }
    }
    Slot slot = queue.oldest();
    return slot == null || stays.test(slot) ? null : slot;
  }

  private void again(Slot slot) {
    if (slot.queue == window) {
      window.take(slot);
      return;
    }
    kept.take(slot);
    while (kept.size() > (kept.size() + probation.size()) / PROTECTED * (PROTECTED - 1) + 1) {
      probation.take(kept.oldest());
    }
  }

  private int windowSize() {
    return 1 + size() / WINDOW;
  }
}
