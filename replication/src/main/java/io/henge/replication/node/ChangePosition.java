package io.henge.replication.node;

/**
 * Where a change stands.
 *
 * @param partition the partition
 * @param position the place in the order of its changes
 */
public record ChangePosition(int partition, long position) {}
