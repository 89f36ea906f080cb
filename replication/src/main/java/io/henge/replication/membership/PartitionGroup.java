package io.henge.replication.membership;

import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The partitions of all caches that ask for the same number of copies and the same mode. Partition
 * {@code i} of group {@code g} has the number {@code g * partitionsPerGroup + i} in all messages.
 *
 * @param copies wanted replicas of each partition, the primary included; {@link #ALL} for one on
 *     every data member
 * @param mode when writes are acknowledged
 * @param partitions the assignment of each partition
 * @param losses what failovers may have cost, by the partition's place in the group; only of
 *     asynchronous partitions that had any
 */
public record PartitionGroup(
    int copies,
    ReplicationMode mode,
    List<PartitionAssignment> partitions,
    SortedMap<Integer, PossibleLoss> losses) {

  /** A copy on every data member. */
  public static final int ALL = Integer.MAX_VALUE;

  public PartitionGroup {
    partitions = List.copyOf(partitions);
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
  }

  /** A group without losses. */
  public PartitionGroup(int copies, ReplicationMode mode, List<PartitionAssignment> partitions) {
    this(copies, mode, partitions, new TreeMap<>(Map.of()));
  }

  /** A synchronous group. */
  public PartitionGroup(int copies, List<PartitionAssignment> partitions) {
    this(copies, ReplicationMode.SYNC, partitions);
  }

  /** Whether it holds what caches with these wishes need. */
  public boolean fits(int otherCopies, ReplicationMode otherMode) {
    return copies == otherCopies && mode.equals(otherMode);
  }

  /** Acknowledged operations that failovers may have lost, at most. */
  public long possiblyLost() {
    return losses.values().stream().mapToLong(PossibleLoss::total).sum();
  }
}
