package io.henge.replication.store;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decides which entry of one cache in one partition goes first: W-TinyLFU (Einziger, Friedman and
 * Manes 2017) on queues that no reader touches. New entries come into a window. Who comes to its
 * end and was used moves to the main region; who was not competes with the oldest unused entry
 * there by frequency of use, and the loser goes.
 *
 * <p>A hit costs a reader at most one plain write: it is noted at the entry and counted when the
 * entry comes to the end of its queue, which then begins again (as CLOCK does).
 *
 * <p>The window grows while more of those at its end were used than of those at the end of the main
 * region, and shrinks otherwise: a large one suits keys that are used for a short time, a small one
 * keys that stay popular. Without randomness and time of its own; one thread at a time, but for
 * {@link Slot#hit}.
 */
final class EvictionPolicy {

  private static final double FIRST_SHARE = 0.2;
  private static final double LEAST_SHARE = 0.05;
  private static final double GREATEST_SHARE = 0.8;

  /** The window changes by at most this share of all entries at a time. */
  private static final double STEP = 0.05;

  /** How much of the difference in use becomes a change of the window. */
  private static final double GAIN = 0.1;

  /** Entries looked at before the window changes, at least. */
  private static final int SAMPLE = 20;

  /** Entries looked at for one decision; of few entries each is looked at twice, used and not. */
  private static final int PATIENCE = 64;

  private final FrequencySketch sketch = new FrequencySketch();
  private final SlotQueue window = new SlotQueue();
  private final SlotQueue main = new SlotQueue();
  private final Use windowUse = new Use();
  private final Use mainUse = new Use();
  private double windowShare = FIRST_SHARE;

  /** How many of the entries at the end of a queue had been used when they got there. */
  private static final class Use {
    private int seen;
    private int used;

    private void note(boolean wasUsed) {
      seen++;
      used += wasUsed ? 1 : 0;
    }

    private double share() {
      return (double) used / seen;
    }

    private void halve() {
      seen /= 2;
      used /= 2;
    }
  }

  int size() {
    return window.size() + main.size();
  }

  void added(Slot slot) {
    window.add(slot);
    sketch.ensureRoomFor(size());
    sketch.used(slot.key.hashCode());
  }

  void removed(Slot slot) {
    slot.queue.remove(slot);
  }

  /**
   * Chooses who goes next.
   *
   * @param stays tells who may not go now
   * @return null if nobody may, or too many may not
   */
  Slot victim(Predicate<Slot> stays) {
    adapt();
    int room = Math.max(1, (int) (size() * windowShare));
    while (window.size() > room) {
      count(window.oldest(), windowUse);
      main.take(window.oldest()); // the main region has not been full, or gives way
    }
    Slot candidate = window.size() == room ? candidate(stays) : null;
    Slot victim = oldest(main, mainUse, stays);
    if (candidate == null || victim == null) {
      Slot only = candidate == null ? victim : candidate;
      return only == null ? oldest(window, windowUse, stays) : only;
    }
    if (frequency(candidate) > frequency(victim)) {
      main.take(candidate);
      return victim;
    }
    return candidate;
  }

  /**
   * Looks at the oldest entries for somebody who decides elsewhere; they become the newest.
   *
   * @param most how many entries to look at
   * @param used gets those that were used since they were looked at last
   */
  void visitOldest(int most, Consumer<Slot> used) {
    visitOldest(main, Math.min(most, main.size()), used);
    visitOldest(window, Math.min(most, window.size()), used);
  }

  private static void visitOldest(SlotQueue queue, int count, Consumer<Slot> used) {
    for (int i = 0; i < count; i++) {
      Slot slot = queue.oldest();
      queue.take(slot);
      if (slot.takeHits() > 0) {
        used.accept(slot);
      }
    }
  }

  /** The oldest of the window, if it has to compete; one that was used is spared that. */
  private Slot candidate(Predicate<Slot> stays) {
    Slot slot = window.oldest();
    if (count(slot, windowUse)) {
      main.take(slot);
      return null;
    }
    if (stays.test(slot)) {
      window.take(slot);
      return null;
    }
    return slot;
  }

  /** The oldest that was not used and may go; what was used comes to the main region anew. */
  private Slot oldest(SlotQueue queue, Use use, Predicate<Slot> stays) {
    for (int i = Math.min(PATIENCE, 2 * queue.size()); i > 0 && queue.size() > 0; i--) {
      Slot slot = queue.oldest();
      if (count(slot, use)) {
        main.take(slot);
      } else if (stays.test(slot)) {
        queue.take(slot);
      } else {
        return slot;
      }
    }
    Slot slot = queue.oldest();
    return slot == null || stays.test(slot) ? null : slot;
  }

  /** Counts the hits that were noted; returns whether there were any. */
  private boolean count(Slot slot, Use use) {
    int hits = slot.takeHits();
    for (int i = 0; i < hits; i++) {
      sketch.used(slot.key.hashCode());
    }
    use.note(hits > 0);
    return hits > 0;
  }

  private void adapt() {
    if (windowUse.seen + mainUse.seen < Math.max(SAMPLE, size() / 2)
        || windowUse.seen < SAMPLE / 5
        || mainUse.seen < SAMPLE / 5) {
      return;
    }
    double change = (windowUse.share() - mainUse.share()) * GAIN;
    double next = windowShare + Math.max(-STEP, Math.min(STEP, change));
    windowShare = Math.max(LEAST_SHARE, Math.min(GREATEST_SHARE, next));
    windowUse.halve();
    mainUse.halve();
  }

  private int frequency(Slot slot) {
    return sketch.frequency(slot.key.hashCode());
  }
}
