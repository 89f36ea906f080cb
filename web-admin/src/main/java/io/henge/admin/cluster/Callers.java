package io.henge.admin.cluster;

/**
 * What a failover did to the operations of the answering member's own callers.
 *
 * @param heldUp operations that had to be tried again
 * @param repeats how often they were tried again in all
 * @param notDone of these operations, those that ended as not done
 * @param unknown of these operations, those of which it is unknown whether they were done
 * @param longestMillis the longest of them, from its beginning to its end
 */
public record Callers(int heldUp, int repeats, int notDone, int unknown, double longestMillis) {}
