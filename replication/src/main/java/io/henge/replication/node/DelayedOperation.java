package io.henge.replication.node;

import io.henge.replication.partition.ClientResult;

/**
 * An operation of a caller of this member that had to be tried again before it ended.
 *
 * @param cache the cache's id
 * @param partition the partition of its key
 * @param begun when it began, {@link System#nanoTime}
 * @param ended when it ended, likewise
 * @param repeats how often it was tried again, at least once
 * @param kind how it ended
 */
record DelayedOperation(
    int cache, int partition, long begun, long ended, int repeats, ClientResult.Kind kind) {}
