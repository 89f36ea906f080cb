package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GET /failovers/{slot}}: a failover with what it did to each partition, as the two views
 * around its slot show it, and the events around it.
 *
 * @param failover as in the list
 * @param kept whether both views are still kept; if not there are no lanes
 * @param lanes the partitions whose primary the member was
 * @param proof why nothing acknowledged was lost, or what was; one plain sentence
 * @param possiblyLost acknowledged operations of asynchronous caches that failovers may have lost,
 *     at most, since the cluster was founded
 * @param log the events from shortly before the suspicion to the end, oldest first
 */
public record FailoverDetail(
    FailoverDocument failover,
    boolean kept,
    List<Lane> lanes,
    String proof,
    long possiblyLost,
    List<EventDocument> log) {

  private static final int EVENTS_BEFORE = 3;
  private static final int MOST_EVENTS = 60;

  public FailoverDetail {
    lanes = List.copyOf(lanes);
    log = List.copyOf(log);
  }

  /**
   * What became of one partition.
   *
   * @param partition its number over all groups
   * @param from the primary's name before
   * @param to the primary's name after; empty if none was left
   * @param wasInSync whether the new primary had every acknowledged write before the slot
   * @param copies in-sync copies after the slot
   * @param before in-sync copies before the slot
   */
  public record Lane(
      int partition, String from, String to, boolean wasInSync, int copies, int before) {}

  /**
   * Puts a failover together.
   *
   * @param before the view before its slot, null if not kept
   * @param after the view of its slot, null if not kept
   * @param events the events that are kept, oldest first
   */
  public static FailoverDetail of(
      FailoverDocument failover,
      View before,
      View after,
      List<EventDocument> events,
      long possiblyLost) {
    boolean kept =
        before != null && after != null && before.partitions().size() == after.partitions().size();
    List<Lane> lanes = kept ? lanes(failover.memberId(), before, after) : List.of();
    return new FailoverDetail(
        failover,
        kept,
        lanes,
        kept ? proof(failover, lanes) : "The views around this slot are no longer kept.",
        possiblyLost,
        excerpt(failover, events));
  }

  private static List<Lane> lanes(String memberId, View before, View after) {
    List<Lane> lanes = new ArrayList<>();
    for (Partition old : before.partitions()) {
      Member primary = primary(old, before);
      if (primary != null && primary.id().equals(memberId)) {
        lanes.add(lane(old, primary, before, after));
      }
    }
    return lanes;
  }

  private static Lane lane(Partition old, Member primary, View before, View after) {
    Partition now = after.partitions().get(old.number());
    Member next = primary(now, after);
    boolean wasInSync =
        next != null
            && old.replicas().subList(0, old.inSync()).stream()
                .map(before::memberAt)
                .anyMatch(member -> member != null && member.id().equals(next.id()));
    return new Lane(
        old.number(),
        primary.name(),
        next == null ? "" : next.name(),
        wasInSync,
        now.inSync(),
        old.inSync());
  }

  private static Member primary(Partition partition, View view) {
    return partition.inSync() == 0 || partition.replicas().isEmpty()
        ? null
        : view.memberAt(partition.replicas().get(0));
  }

  private static String proof(FailoverDocument failover, List<Lane> lanes) {
    long lost = lanes.stream().filter(lane -> lane.to().isEmpty()).count();
    long stale = lanes.stream().filter(lane -> !lane.to().isEmpty() && !lane.wasInSync()).count();
    if (lost > 0 || stale > 0) {
      return (lost + stale) + " partitions had no other in-sync copy at slot " + before(failover);
    }
    if (lanes.isEmpty()) {
      return failover.member() + " was the primary of no partition at slot " + before(failover);
    }
    return "All " + lanes.size() + " promoted copies were in sync at slot " + before(failover);
  }

  private static long before(FailoverDocument failover) {
    return failover.id() - 1;
  }

  /** From a few events before the first one about the member, for as long as the failover goes. */
  private static List<EventDocument> excerpt(FailoverDocument failover, List<EventDocument> all) {
    int first = -1;
    for (int i = 0; i < all.size(); i++) {
      EventDocument event = all.get(i);
      boolean its = event.slot() != null && event.slot() == failover.id();
      if (its && first < 0) {
        first = i;
      }
    }
    if (first < 0) {
      return List.of();
    }
    int from = Math.max(0, first - EVENTS_BEFORE);
    return all.subList(from, Math.min(all.size(), from + MOST_EVENTS));
  }
}
