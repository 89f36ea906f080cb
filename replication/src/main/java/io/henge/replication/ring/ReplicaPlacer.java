package io.henge.replication.ring;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Brings the replicas of all partitions within their bounds and leaves alone what need not move: it
 * keeps, fills what is missing clockwise, lets members below their lower bound take over the
 * partitions next to their tokens, and relieves those above their upper bound. Where a direct step
 * does not exist, a chain of steps does ({@link MemberPath}).
 */
final class ReplicaPlacer {

  /** Bits of a sorting key that hold the partition's number. */
  private static final int PARTITION_BITS = 20;

  static final int MOST_PARTITIONS = 1 << PARTITION_BITS;

  private static final int NONE = -1;

  private final HashRing ring;
  private final int[][] current;
  private final Placement placement;

  /**
   * @param current the members that hold replicas now, the primary first, at each partition's
   *     index; without those that are gone
   * @param placement empty
   */
  ReplicaPlacer(HashRing ring, int[][] current, Placement placement) {
    this.ring = ring;
    this.current = current;
    this.placement = placement;
  }

  void place() {
    keep();
    for (int partition = 0; partition < placement.partitions(); partition++) {
      fill(partition);
    }
    for (int member = 0; member < placement.members(); member++) {
      takeOver(member);
    }
    for (int member = 0; member < placement.members(); member++) {
      relieve(member);
    }
  }

  /** Keeps what may stay; where there are too many, the primary and the least loaded ones. */
  private void keep() {
    for (int partition = 0; partition < current.length; partition++) {
      if (current[partition].length <= placement.missing(partition)) {
        for (int member : current[partition]) {
          addIfAllowed(partition, member);
        }
      }
    }
    for (int partition = 0; partition < current.length; partition++) {
      if (current[partition].length > placement.missing(partition)) {
        addIfAllowed(partition, current[partition][0]);
        for (int member = leastLoaded(partition); member != NONE; ) {
          placement.add(partition, member);
          member = leastLoaded(partition);
        }
      }
    }
  }

  private void addIfAllowed(int partition, int member) {
    if (placement.canAdd(partition, member)) {
      placement.add(partition, member);
    }
  }

  private int leastLoaded(int partition) {
    int least = NONE;
    for (int member : current[partition]) {
      if (placement.canAdd(partition, member)
          && (least == NONE || placement.overload(member) < placement.overload(least))) {
        least = member;
      }
    }
    return least;
  }

  private void fill(int partition) {
    if (placement.zoneWithBelowLow(partition)) {
      addClockwise(partition, placement::belowLow);
    }
    if (placement.zoneWithBelowHigh(partition)) {
      addClockwise(partition, placement::belowHigh);
    }
    while (placement.missing(partition) > 0 && addByChain(partition)) {}
    addClockwise(partition, member -> true);
    if (placement.missing(partition) > 0) {
      throw new IllegalStateException("No member may hold partition " + partition + ".");
    }
  }

  private void addClockwise(int partition, IntPredicate wanted) {
    if (placement.missing(partition) > 0) {
      ring.walk(
          HashRing.pointOf(partition, placement.partitions()),
          member -> {
            if (wanted.test(member)) {
              addIfAllowed(partition, member);
            }
            return placement.missing(partition) == 0;
          });
    }
  }

  /** A full member takes the replica and hands on another one. */
  private boolean addByChain(int partition) {
    List<MemberPath.Hop> hops =
        chain(member -> placement.canAdd(partition, member), placement::belowHigh);
    if (hops.isEmpty()) {
      return false;
    }
    follow(hops);
    placement.add(partition, hops.get(hops.size() - 1).from());
    return true;
  }

  /** Moves replicas to the member until it is at its lower bound: for free, directly, anyhow. */
  private void takeOver(int member) {
    IntPredicate sink = candidate -> candidate == member;
    while (placement.belowLow(member) && follow(freeChain(placement::aboveLow, sink))) {}
    if (placement.belowLow(member)) {
      int[] nearest = nearestFirst(member);
      takeOver(member, placement::aboveHigh, nearest);
      takeOver(member, placement::aboveLow, nearest);
    }
    while (placement.belowLow(member) && follow(chain(placement::aboveLow, sink))) {}
  }

  private void takeOver(int member, IntPredicate donors, int[] partitions) {
    for (int i = 0; i < partitions.length && placement.belowLow(member); i++) {
      int donor = donor(partitions[i], member, donors);
      if (donor != NONE) {
        placement.move(partitions[i], donor, member);
      }
    }
  }

  /** All partitions, those that meet one of the member's tokens soonest clockwise first. */
  private int[] nearestFirst(int member) {
    long[] keys = new long[placement.partitions()];
    for (int partition = 0; partition < keys.length; partition++) {
      long distance = ring.distance(HashRing.pointOf(partition, keys.length), member);
      // Halved, so that the signed order of the keys is the order of the unsigned distances.
      keys[partition] = ((distance >>> 1) & -MOST_PARTITIONS) | partition;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key & (MOST_PARTITIONS - 1)).toArray();
  }

  private int donor(int partition, int receiver, IntPredicate donors) {
    int best = NONE;
    for (int i = 0; i < placement.holderCount(partition); i++) {
      int holder = placement.holder(partition, i);
      if (donors.test(holder)
          && placement.canMove(partition, holder, receiver)
          && (best == NONE || placement.overload(holder) > placement.overload(best))) {
        best = holder;
      }
    }
    return best;
  }

  private void relieve(int member) {
    IntPredicate source = candidate -> candidate == member;
    while (placement.aboveHigh(member) && follow(chain(source, placement::belowHigh))) {}
  }

  /** A chain that costs no copying if there is one, else any. */
  private List<MemberPath.Hop> chain(IntPredicate source, IntPredicate sink) {
    List<MemberPath.Hop> free = freeChain(source, sink);
    return free.isEmpty() ? find(source, sink, this::offerAll) : free;
  }

  private List<MemberPath.Hop> freeChain(IntPredicate source, IntPredicate sink) {
    List<MemberPath.Hop> hops = find(source, sink, this::offerFree);
    // Of the free steps alone a shortest chain may contain two that get into each other's way, if
    // the short cut between them is not free.
    long partitions = hops.stream().mapToInt(MemberPath.Hop::partition).distinct().count();
    return partitions == hops.size() ? hops : List.of();
  }

  private List<MemberPath.Hop> find(
      IntPredicate source, IntPredicate sink, MemberPath.Steps steps) {
    return MemberPath.find(placement.zoneOf(), placement.zones(), source, sink, steps);
  }

  /** Offers steps that cost no copying: back to a holder, or of a replica on the move anyway. */
  private void offerFree(int from, MemberPath search) {
    for (int i = 0; i < placement.load(from); i++) {
      int partition = placement.part(from, i);
      if (heldNow(partition, from)) {
        for (int to : current[partition]) {
          if (placement.canMove(partition, from, to)) {
            search.offer(to, partition);
          }
        }
      } else {
        offerToAll(partition, from, search);
      }
    }
  }

  private void offerAll(int from, MemberPath search) {
    for (int i = 0; i < placement.load(from); i++) {
      offerToAll(placement.part(from, i), from, search);
    }
  }

  private void offerToAll(int partition, int from, MemberPath search) {
    for (int zone = 0; zone < placement.zones(); zone++) {
      if (placement.canMoveToZone(partition, from, zone)) {
        search.offer(zone, partition, to -> !placement.holds(partition, to));
      }
    }
  }

  private boolean heldNow(int partition, int member) {
    for (int holder : current[partition]) {
      if (holder == member) {
        return true;
      }
    }
    return false;
  }

  private boolean follow(List<MemberPath.Hop> hops) {
    for (MemberPath.Hop hop : hops) {
      placement.move(hop.partition(), hop.from(), hop.to());
    }
    return !hops.isEmpty();
  }
}
