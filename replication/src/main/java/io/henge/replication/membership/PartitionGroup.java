package io.henge.replication.membership;

import io.henge.replication.topology.PartitionAssignment;
import java.util.List;

/**
 * The partitions of all caches that ask for the same number of copies. Partition {@code i} of group
 * {@code g} has the number {@code g * partitionsPerGroup + i} in all messages.
 *
 * @param copies wanted replicas of each partition, the primary included; {@link #ALL} for one on
 *     every data member
 * @param partitions the assignment of each partition
 */
public record PartitionGroup(int copies, List<PartitionAssignment> partitions) {

  /** A copy on every data member. */
  public static final int ALL = Integer.MAX_VALUE;

  public PartitionGroup {
    partitions = List.copyOf(partitions);
  }
}
