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
 */
public record CacheInfo(
    String name,
    int id,
    int group,
    int copies,
    String mode,
    long localEntries,
    long possiblyLost) {}
