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

    /** Offers all steps from a member. */
    void from(int member, Offer offer);
  }

  /** Takes an offered step. */
  @FunctionalInterface
  interface Offer {

    /** The member may hand {@code partition} to {@code receiver}. */
    void step(int receiver, int partition);
  }

  /** One step of a chain. */
  record Hop(int from, int to, int partition) {}

  private final IntPredicate sink;
  private final int[] previous;
  private final int[] via;
  private final Deque<Integer> queue = new ArrayDeque<>();
  private int end = NONE;

  private MemberPath(int members, IntPredicate sink) {
    this.sink = sink;
    this.previous = new int[members];
    this.via = new int[members];
    Arrays.fill(previous, UNSEEN);
  }

  /**
   * Searches breadth first; of equally short chains it takes the one whose steps are offered first.
   *
   * @param source where a chain may start
   * @param sink where it may end; a source is never an end
   * @return the steps, the last first; empty if there is no chain
   */
  static List<Hop> find(int members, IntPredicate source, IntPredicate sink, Steps steps) {
    MemberPath path = new MemberPath(members, sink);
    for (int member = 0; member < members; member++) {
      if (source.test(member)) {
        path.previous[member] = SOURCE;
        path.queue.add(member);
      }
    }
    while (!path.queue.isEmpty() && path.end == NONE) {
      int from = path.queue.remove();
      steps.from(from, (to, partition) -> path.reach(from, to, partition));
    }
    return path.hops();
  }

  private void reach(int from, int to, int partition) {
    if (previous[to] == UNSEEN && end == NONE) {
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
