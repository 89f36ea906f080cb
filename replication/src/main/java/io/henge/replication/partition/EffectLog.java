package io.henge.replication.partition;

import java.util.ArrayList;
import java.util.List;

/**
 * A partition's log: the uncommitted tail, and before it as much of the committed past as the
 * bounds allow, for replicas that come back after a short silence. Indices have no holes (invariant
 * I10).
 */
final class EffectLog {

  private static final int INITIAL_CAPACITY = 16;

  private final int retainedEffects;
  private final int retainedBytes;
  private Effect[] ring = new Effect[INITIAL_CAPACITY];

  /** For each place of the ring, the bytes of all effects up to and with the one there. */
  private long[] ends = new long[INITIAL_CAPACITY];

  private long first;
  private long last;
  private long commit;
  private long endBeforeFirst;

  EffectLog(int retainedEffects, int retainedBytes) {
    this.retainedEffects = retainedEffects;
    this.retainedBytes = retainedBytes;
    reset(0);
  }

  /** Forgets everything; the next effect has index {@code start + 1}. */
  void reset(long start) {
    ring = new Effect[INITIAL_CAPACITY];
    ends = new long[INITIAL_CAPACITY];
    first = start + 1;
    last = start;
    commit = start;
    endBeforeFirst = 0;
  }

  /** Index of the last effect. */
  long last() {
    return last;
  }

  /** Index of the last committed effect. */
  long commit() {
    return commit;
  }

  /** Rough size of all effects that are here. */
  long bytes() {
    return end(last) - endBeforeFirst;
  }

  /** Rough size of the effects above {@code index} up to {@code upTo}, as far as they are here. */
  long bytesBetween(long index, long upTo) {
    return end(upTo) - end(Math.max(index, first - 1));
  }

  private long end(long index) {
    return index < first ? endBeforeFirst : ends[(int) (index % ends.length)];
  }

  /** Tells whether all effects from {@code index} on are here. */
  boolean retains(long index) {
    return index >= first && index <= last + 1;
  }

  /** The effect at an index that is here. */
  Effect get(long index) {
    if (index < first || index > last) {
      throw new IllegalStateException(
          "effect " + index + " is not between " + first + " and " + last);
    }
    return ring[(int) (index % ring.length)];
  }

  /** Appends the next effect. */
  void append(Effect effect) {
    if (effect.index() != last + 1) {
      throw new IllegalStateException("effect " + effect.index() + " after " + last);
    }
    if (last - first + 1 == ring.length) {
      grow();
    }
    long end = end(last) + effect.bytes();
    last++;
    ring[(int) (last % ring.length)] = effect;
    ends[(int) (last % ends.length)] = end;
  }

  /** Takes the uncommitted effects above {@code index} away, newest first, and returns them. */
  List<Effect> cut(long index) {
    if (index < commit) {
      throw new IllegalStateException("cut at " + index + " below the commit index " + commit);
    }
    List<Effect> gone = new ArrayList<>();
    while (last > index) {
      int at = (int) (last % ring.length);
      gone.add(ring[at]);
      ring[at] = null;
      last--;
    }
    return gone;
  }

  /** Moves the commit index forward by one and returns the effect. */
  Effect commitNext() {
    Effect effect = get(commit + 1);
    commit++;
    return effect;
  }

  /** Drops committed effects beyond the bounds, but none at or above {@code needed}. */
  void trim(long needed) {
    while (first <= commit
        && first < needed
        && (commit - first + 1 > retainedEffects || bytes() > retainedBytes)) {
      int at = (int) (first % ring.length);
      endBeforeFirst = ends[at];
      ring[at] = null;
      first++;
    }
  }

  private void grow() {
    Effect[] larger = new Effect[ring.length * 2];
    long[] largerEnds = new long[larger.length];
    for (long i = first; i <= last; i++) {
      larger[(int) (i % larger.length)] = ring[(int) (i % ring.length)];
      largerEnds[(int) (i % larger.length)] = ends[(int) (i % ring.length)];
    }
    ring = larger;
    ends = largerEnds;
  }
}
