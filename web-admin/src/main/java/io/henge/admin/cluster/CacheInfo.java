package io.henge.admin.cluster;

/**
 * A cache of the cluster.
 *
 * @param name its name
 * @param id its id in the cluster
 * @param group its partition group
 * @param copies wanted copies, the primary included
 * @param mode sync or async
 * @param localEntries entries in the answering member's in-sync copies
 * @param possiblyLost acknowledged operations that failovers may have lost so far, at most; always
 *     0 for sync
 * @param localBytes bytes of keys and values in these copies; 0 if unknown
 * @param evictions entries that this member dropped to make room
 * @param maxEntries the bound on entries, {@link Long#MAX_VALUE} or 0 for none
 * @param maxBytes the bound on bytes, in the same way
 */
public record CacheInfo(
    String name,
    int id,
    int group,
    int copies,
    String mode,
    long localEntries,
    long possiblyLost,
    long localBytes,
    long evictions,
    long maxEntries,
    long maxBytes) {}
