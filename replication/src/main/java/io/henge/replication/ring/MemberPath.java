package io.henge.replication.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Finds a shortest chain of members along which each hands one thing to the next, so that the first
 * has one less, the last one more, and those between stay as they were: an augmenting path of the
 * flow network behind a placement. A search over all members either finds a chain or proves that
 * there is none. Because the chain is a shortest one, its steps do not get into each other's way:
 * two that did would allow a shorter one.
 */
final class MemberPath {

  private static final int UNSEEN = -2;
  private static final int SOURCE = -1;
  private static final int NONE = -1;

  /** What members may hand to each other. */
  @FunctionalInterface
  interface Steps {

    /** Offers all steps from {@code member} to {@code search}. */
    void from(int member, MemberPath search);
  }

  /** One step of a chain. */
  record Hop(int from, int to, int partition) {}

  private final IntPredicate sink;
  private final int[] zoneOf;
  private final int[] previous;
  private final int[] via;
  private final Deque<Integer> queue = new ArrayDeque<>();

  // The first unseenCount[z] entries of unseen[z] are the members of zone z not reached so far.
  private final int[][] unseen;
  private final int[] unseenCount;
  private int from;
  private int end = NONE;

  private MemberPath(int[] zoneOf, int zones, IntPredicate sink) {
    this.sink = sink;
    this.zoneOf = zoneOf;
    this.previous = new int[zoneOf.length];
    this.via = new int[zoneOf.length];
    this.unseenCount = new int[zones];
    for (int zone : zoneOf) {
      unseenCount[zone]++;
    }
    this.unseen = new int[zones][];
    for (int zone = 0; zone < zones; zone++) {
      unseen[zone] = new int[unseenCount[zone]];
    }
    Arrays.fill(unseenCount, 0);
    Arrays.fill(previous, UNSEEN);
  }

  /**
   * Searches breadth first; of equally short chains it takes the one whose steps are offered first.
   *
   * @param zoneOf the zone of each member
   * @param source where a chain may start
   * @param sink where it may end; a source is never an end
   * @return the steps, the last first; empty if there is no chain
   */
  static List<Hop> find(
      int[] zoneOf, int zones, IntPredicate source, IntPredicate sink, Steps steps) {
    MemberPath search = new MemberPath(zoneOf, zones, sink);
    for (int member = 0; member < zoneOf.length; member++) {
      if (source.test(member)) {
        search.previous[member] = SOURCE;
        search.queue.add(member);
      } else {
        int zone = zoneOf[member];
        search.unseen[zone][search.unseenCount[zone]++] = member;
      }
    }
    while (!search.queue.isEmpty() && search.end == NONE) {
      search.from = search.queue.remove();
      steps.from(search.from, search);
    }
    return search.hops();
  }

  /** Offers the step that hands {@code partition} to {@code receiver}. */
  void offer(int receiver, int partition) {
    if (previous[receiver] == UNSEEN) {
      int zone = zoneOf[receiver];
      for (int i = 0; i < unseenCount[zone]; i++) {
        if (unseen[zone][i] == receiver) {
          reach(zone, i, partition);
          return;
        }
      }
    }
  }

  /** Offers the steps that hand {@code partition} to a member of {@code zone} that may get it. */
  void offer(int zone, int partition, IntPredicate receivers) {
    int i = 0;
    while (i < unseenCount[zone] && end == NONE) {
      if (receivers.test(unseen[zone][i])) {
        reach(zone, i, partition);
      } else {
        i++;
      }
    }
  }

  private void reach(int zone, int index, int partition) {
    int to = unseen[zone][index];
    unseen[zone][index] = unseen[zone][--unseenCount[zone]];
    if (end == NONE) {
      previous[to] = from;
      via[to] = partition;
      queue.add(to);
      end = sink.test(to) ? to : NONE;
    }
  }

  private List<Hop> hops() {
    List<Hop> hops = new ArrayList<>();
    for (int to = end; to != NONE && previous[to] != SOURCE; to = previous[to]) {
      hops.add(new Hop(previous[to], to, via[to]));
    }
    return hops;
  }
}
