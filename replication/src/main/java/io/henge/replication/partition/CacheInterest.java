package io.henge.replication.partition;

/**
 * A cache that a member listens to.
 *
 * @param cache the cache's id
 * @param previous whether the values before are wanted too
 * @param introduced the round of the member's words in which it began to want the cache
 * @param fresh whether nobody has confirmed that to the member yet: it then misses nothing of what
 *     happened before
 */
public record CacheInterest(int cache, boolean previous, long introduced, boolean fresh) {}
