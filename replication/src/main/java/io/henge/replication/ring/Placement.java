package io.henge.replication.ring;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A placement in the making: which members hold which partitions. Members and partitions are
 * indices. Every state that it passes through can be completed: no member holds a partition twice,
 * no zone holds more of a partition than it may, and the replicas still missing suffice for what
 * its zones still need. Bounds of members are kept by its users.
 */
final class Placement {

  private final int copies;
  private final LoadBounds bounds;
  private final int zones;

  // The first held[p] entries of holders[p], and the first load[m] entries of parts[m], are in use.
  private final int[][] holders;
  private final int[] held;
  private final int[][] parts;
  private final int[] load;
  private final BitSet holds;
  private final int[] zoneCount;

  // How many replicas a partition's zones need until each has its least number.
  private final int[] zoneNeed;

  // How many members of each zone are below their bounds.
  private final int[] belowLow;
  private final int[] belowHigh;

  /** An empty placement of {@code copies} replicas, at most as many as there are members. */
  Placement(int partitions, int copies, LoadBounds bounds) {
    this.copies = copies;
    this.bounds = bounds;
    this.zones = bounds.zoneLow().length;
    int members = bounds.low().length;
    this.holders = new int[partitions][copies];
    this.held = new int[partitions];
    this.parts = new int[members][];
    for (int member = 0; member < members; member++) {
      parts[member] = new int[bounds.high()[member] + 1];
    }
    this.load = new int[members];
    this.holds = new BitSet(partitions * members);
    this.zoneCount = new int[partitions * zones];
    this.belowLow = new int[zones];
    this.belowHigh = new int[zones];
    for (int member = 0; member < members; member++) {
      belowLow[bounds.zoneOf()[member]] += belowLow(member) ? 1 : 0;
      belowHigh[bounds.zoneOf()[member]] += belowHigh(member) ? 1 : 0;
    }
    this.zoneNeed = new int[partitions];
    Arrays.fill(zoneNeed, Arrays.stream(bounds.zoneLow()).sum());
  }

  int members() {
    return load.length;
  }

  int zones() {
    return zones;
  }

  /** The zone of each member; not to be changed. */
  int[] zoneOf() {
    return bounds.zoneOf();
  }

  int partitions() {
    return held.length;
  }

  /** How many replicas the partition still lacks. */
  int missing(int partition) {
    return copies - held[partition];
  }

  /** How many replicas the member holds. */
  int load(int member) {
    return load[member];
  }

  /** How far the member is above its upper bound; negative below it. */
  int overload(int member) {
    return load[member] - bounds.high()[member];
  }

  boolean belowLow(int member) {
    return load[member] < bounds.low()[member];
  }

  boolean belowHigh(int member) {
    return load[member] < bounds.high()[member];
  }

  boolean aboveLow(int member) {
    return load[member] > bounds.low()[member];
  }

  boolean aboveHigh(int member) {
    return load[member] > bounds.high()[member];
  }

  boolean holds(int partition, int member) {
    return holds.get(partition * load.length + member);
  }

  /** The partition's {@code index}-th holder, from 0 to {@code copies - missing - 1}. */
  int holder(int partition, int index) {
    return holders[partition][index];
  }

  int holderCount(int partition) {
    return held[partition];
  }

  /** The member's {@code index}-th partition, from 0 to {@code load - 1}. */
  int part(int member, int index) {
    return parts[member][index];
  }

  /** Tells whether the member may get a missing replica, as far as the partition is concerned. */
  boolean canAdd(int partition, int member) {
    return !holds(partition, member) && canAddToZone(partition, bounds.zoneOf()[member]);
  }

  private boolean canAddToZone(int partition, int zone) {
    int count = zoneCount[partition * zones + zone];
    int missing = missing(partition);
    return missing > 0
        && count < bounds.zoneHigh()[zone]
        && (count < bounds.zoneLow()[zone] || zoneNeed[partition] < missing);
  }

  /** Tells whether a zone that may get a missing replica has members below their lower bound. */
  boolean zoneWithBelowLow(int partition) {
    return openZoneWith(belowLow, partition);
  }

  /** Tells whether a zone that may get a missing replica has members below their upper bound. */
  boolean zoneWithBelowHigh(int partition) {
    return openZoneWith(belowHigh, partition);
  }

  private boolean openZoneWith(int[] counts, int partition) {
    for (int zone = 0; zone < zones; zone++) {
      if (counts[zone] > 0 && canAddToZone(partition, zone)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the replica at {@code from} may be at {@code to} instead. */
  boolean canMove(int partition, int from, int to) {
    return holds(partition, from)
        && !holds(partition, to)
        && canMoveToZone(partition, from, bounds.zoneOf()[to]);
  }

  /** Tells whether the replica at {@code from} may be in {@code zone} instead. */
  boolean canMoveToZone(int partition, int from, int zone) {
    int fromZone = bounds.zoneOf()[from];
    if (fromZone == zone) {
      return true;
    }
    int fromCount = zoneCount[partition * zones + fromZone];
    int toCount = zoneCount[partition * zones + zone];
    int need =
        zoneNeed[partition]
            + (fromCount <= bounds.zoneLow()[fromZone] ? 1 : 0)
            - (toCount < bounds.zoneLow()[zone] ? 1 : 0);
    return toCount < bounds.zoneHigh()[zone] && need <= missing(partition);
  }

  /** Places a missing replica. */
  void add(int partition, int member) {
    holders[partition][held[partition]++] = member;
    give(partition, member);
  }

  /** Places the replica at {@code from} at {@code to}. */
  void move(int partition, int from, int to) {
    holders[partition][indexOf(holders[partition], held[partition], from)] = to;
    take(partition, from);
    give(partition, to);
  }

  private void give(int partition, int member) {
    holds.set(partition * load.length + member);
    if (load[member] == parts[member].length) {
      parts[member] = Arrays.copyOf(parts[member], 2 * load[member]);
    }
    parts[member][load[member]++] = partition;
    int zone = bounds.zoneOf()[member];
    belowLow[zone] -= load[member] == bounds.low()[member] ? 1 : 0;
    belowHigh[zone] -= load[member] == bounds.high()[member] ? 1 : 0;
    if (zoneCount[partition * zones + zone]++ < bounds.zoneLow()[zone]) {
      zoneNeed[partition]--;
    }
  }

  private void take(int partition, int member) {
    holds.clear(partition * load.length + member);
    int at = indexOf(parts[member], load[member], partition);
    parts[member][at] = parts[member][--load[member]];
    int zone = bounds.zoneOf()[member];
    belowLow[zone] += load[member] == bounds.low()[member] - 1 ? 1 : 0;
    belowHigh[zone] += load[member] == bounds.high()[member] - 1 ? 1 : 0;
    if (--zoneCount[partition * zones + zone] < bounds.zoneLow()[zone]) {
      zoneNeed[partition]++;
    }
  }

  private static int indexOf(int[] array, int length, int value) {
    for (int i = 0; i < length; i++) {
      if (array[i] == value) {
        return i;
      }
    }
    throw new IllegalStateException("The placement has lost a replica: " + value + ".");
  }
}
