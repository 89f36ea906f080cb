package io.henge.replication.ring;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans which members hold which partitions: consistent hashing with bounded loads over fixed
 * partitions, sticky and aware of zones (PROTOCOL 4.10; Mirrokni, Thorup, Zadimoghaddam 2016).
 *
 * <ul>
 *   <li>A member holds its share of all replicas, rounded down or up; see {@link LoadBounds} for
 *       what weights and zones make of the share.
 *   <li>Replicas of a partition are on distinct members, and in as many zones as the bounds allow.
 *   <li>A member leads one in {@code copies} of the partitions it holds, rounded down or up.
 *   <li>Within that, nothing moves: planning again with the result as {@code current} gives the
 *       result.
 *   <li>The same input gives the same output on every member, whatever the order of {@code
 *       members}.
 * </ul>
 *
 * <p>Stateless; safe for use by many threads.
 */
public final class PlacementPlanner {

  private PlacementPlanner() {}

  /**
   * Returns the wanted replicas of each partition, the primary first.
   *
   * @param group salts the hash, so that groups do not pile up on the same members
   * @param partitions how many partitions the group has, from 1 to 2^20
   * @param copies wanted replicas of each partition, at least 1; if there are fewer members, each
   *     gets a copy
   * @param members who may hold replicas, each id once; may be empty, and so are the results then
   * @param current the replicas of each partition now, the primary first; a list may be empty and
   *     may name members that are gone; or an empty list when nothing has been placed yet
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static List<List<MemberId>> plan(
      int group,
      int partitions,
      int copies,
      List<RingMember> members,
      List<List<MemberId>> current) {
    check(partitions, copies, current);
    if (members.isEmpty()) {
      return Collections.nCopies(partitions, List.of());
    }
    List<RingMember> sorted =
        members.stream().sorted(Comparator.comparing(RingMember::id)).toList();
    HashRing ring = HashRing.of(group, sorted.stream().map(RingMember::id).toList());
    int placed = Math.min(copies, sorted.size());
    int[][] holders = indices(partitions, current, ring.members());
    Placement placement =
        new Placement(partitions, placed, LoadBounds.of(partitions, placed, sorted));
    new ReplicaPlacer(ring, holders, placement).place();
    int[] primaries = PrimaryPlacer.choose(holders, placement, placed);
    List<List<MemberId>> plan = new ArrayList<>(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      plan.add(
          ordered(partition, primaries[partition], holders[partition], placement, ring.members()));
    }
    return List.copyOf(plan);
  }

  private static void check(int partitions, int copies, List<List<MemberId>> current) {
    if (partitions < 1 || partitions > ReplicaPlacer.MOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "The number of partitions must be from 1 to "
              + ReplicaPlacer.MOST_PARTITIONS
              + ", but is "
              + partitions
              + ".");
    }
    if (copies < 1) {
      throw new IllegalArgumentException("There must be at least 1 copy, not " + copies + ".");
    }
    if (!current.isEmpty() && current.size() != partitions) {
      throw new IllegalArgumentException(
          "The current placement is of " + current.size() + " partitions, not of " + partitions);
    }
  }

  /** The members that hold replicas and are still there, as indices into {@code members}. */
  private static int[][] indices(
      int partitions, List<List<MemberId>> current, List<MemberId> members) {
    Map<MemberId, Integer> indexOf = new HashMap<>();
    for (int member = 0; member < members.size(); member++) {
      indexOf.put(members.get(member), member);
    }
    int[][] holders = new int[partitions][0];
    for (int partition = 0; partition < current.size(); partition++) {
      holders[partition] =
          current.get(partition).stream()
              .filter(indexOf::containsKey)
              .mapToInt(indexOf::get)
              .distinct()
              .toArray();
    }
    return holders;
  }

  /** The primary, then the holders that stay in their order, then the new ones. */
  private static List<MemberId> ordered(
      int partition, int primary, int[] current, Placement placement, List<MemberId> members) {
    List<MemberId> ordered = new ArrayList<>(placement.holderCount(partition));
    ordered.add(members.get(primary));
    for (int member : current) {
      if (member != primary && placement.holds(partition, member)) {
        ordered.add(members.get(member));
      }
    }
    for (int i = 0; i < placement.holderCount(partition); i++) {
      int member = placement.holder(partition, i);
      if (member != primary && !contains(current, member)) {
        ordered.add(members.get(member));
      }
    }
    return List.copyOf(ordered);
  }

  private static boolean contains(int[] array, int value) {
    for (int element : array) {
      if (element == value) {
        return true;
      }
    }
    return false;
  }
}
