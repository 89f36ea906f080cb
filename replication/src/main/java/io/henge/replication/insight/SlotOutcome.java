package io.henge.replication.insight;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a slot came to for the partitions; numbered over all groups.
 *
 * @param tookOver partitions whose primary left the in-sync set, so that a backup took over
 * @param lost partitions that lost their last in-sync copy
 */
public record SlotOutcome(List<Integer> tookOver, List<Integer> lost) {

  /** Compares the states before and after a slot. */
  public static SlotOutcome of(ClusterState before, ClusterState after) {
    List<Integer> tookOver = new ArrayList<>();
    List<Integer> lost = new ArrayList<>();
    for (int number = 0; number < before.partitionCount(); number++) {
      PartitionAssignment was = before.partition(number);
      PartitionAssignment is = after.partition(number);
      MemberId primary = was.primary();
      if (primary == null || is.inSync().contains(primary)) {
        continue;
      }
      if (is.inSync().isEmpty()) {
        lost.add(number);
      } else {
        tookOver.add(number);
      }
    }
    return new SlotOutcome(List.copyOf(tookOver), List.copyOf(lost));
  }
}
