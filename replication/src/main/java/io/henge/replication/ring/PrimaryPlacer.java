package io.henge.replication.ring;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Chooses the primary of each partition among its holders. A member leads one in {@code copies} of
 * the partitions it holds, rounded down or up; such a choice always exists, because each holder
 * leading a fraction of one in {@code copies} is one. A primary in place stays where the bounds let
 * it.
 */
final class PrimaryPlacer {

  private static final int NONE = -1;

  private final Placement placement;
  private final int copies;
  private final int[] primary;
  private final int[] led;

  private PrimaryPlacer(Placement placement, int copies) {
    this.placement = placement;
    this.copies = copies;
    this.primary = new int[placement.partitions()];
    this.led = new int[placement.members()];
    Arrays.fill(primary, NONE);
  }

  /**
   * Returns the primary of each partition.
   *
   * @param current the members that hold replicas now, the primary first, at each partition's index
   * @param placement complete
   */
  static int[] choose(int[][] current, Placement placement, int copies) {
    PrimaryPlacer placer = new PrimaryPlacer(placement, copies);
    placer.keep(current);
    placer.fill();
    placer.balance();
    return placer.primary;
  }

  private void keep(int[][] current) {
    for (int partition = 0; partition < primary.length; partition++) {
      if (current[partition].length > 0 && placement.holds(partition, current[partition][0])) {
        lead(partition, current[partition][0]);
      }
    }
  }

  private void fill() {
    for (int partition = 0; partition < primary.length; partition++) {
      if (primary[partition] == NONE) {
        int least = placement.holder(partition, 0);
        for (int i = 1; i < placement.holderCount(partition); i++) {
          int holder = placement.holder(partition, i);
          least = led[holder] - high(holder) < led[least] - high(least) ? holder : least;
        }
        lead(partition, least);
      }
    }
  }

  private void balance() {
    for (int member = 0; member < led.length; member++) {
      relieve(member);
    }
    for (int member = 0; member < led.length; member++) {
      raise(member);
    }
  }

  private void relieve(int member) {
    IntPredicate source = candidate -> candidate == member;
    while (led[member] > high(member)
        && (follow(chain(source, candidate -> led[candidate] < low(candidate)))
            || follow(chain(source, candidate -> led[candidate] < high(candidate))))) {}
  }

  private void raise(int member) {
    IntPredicate source = candidate -> led[candidate] > low(candidate);
    while (led[member] < low(member) && follow(chain(source, candidate -> candidate == member))) {}
  }

  private List<MemberPath.Hop> chain(IntPredicate source, IntPredicate sink) {
    return MemberPath.find(new int[led.length], 1, source, sink, this::offerHandOvers);
  }

  private void offerHandOvers(int from, MemberPath search) {
    for (int i = 0; i < placement.load(from); i++) {
      int partition = placement.part(from, i);
      if (primary[partition] == from) {
        for (int j = 0; j < placement.holderCount(partition); j++) {
          search.offer(placement.holder(partition, j), partition);
        }
      }
    }
  }

  private boolean follow(List<MemberPath.Hop> hops) {
    for (MemberPath.Hop hop : hops) {
      led[hop.from()]--;
      lead(hop.partition(), hop.to());
    }
    return !hops.isEmpty();
  }

  private void lead(int partition, int member) {
    primary[partition] = member;
    led[member]++;
  }

  private int low(int member) {
    return placement.load(member) / copies;
  }

  private int high(int member) {
    return (placement.load(member) + copies - 1) / copies;
  }
}
