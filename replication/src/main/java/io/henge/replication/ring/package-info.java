/**
 * The consistent-hash ring: from a key to its partition, and from partitions to members. Fixed
 * partitions are equal arcs of a 64-bit ring; members own tokens on it; a partition's replicas are
 * found clockwise, a member at its bound is passed over, and replicas in place stay where the
 * bounds let them. Pure: no threads, clock, sockets or randomness of its own; may use {@code
 * topology} only. PROTOCOL 4.10.
 */
package io.henge.replication.ring;
