package io.henge.admin.document;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.CacheStatistics;

/**
 * {@code GET /caches}: a cache; figures of load are this server's, null where its application has
 * statistics off.
 *
 * @param name its name
 * @param id its id in the cluster
 * @param group its partition group
 * @param copies wanted copies, the primary included
 * @param mode sync or async
 * @param localEntries entries in the answering member's in-sync copies
 * @param possiblyLost acknowledged operations that failovers may have lost so far, at most
 * @param localBytes bytes of keys and values in these copies; 0 if unknown
 * @param maxEntries the bound on entries, null if there is none
 * @param maxBytes the bound on bytes, null if there is none
 * @param hits reads that found a value
 * @param misses reads that found none
 * @param puts writes
 * @param removals removals
 * @param evictions entries that were dropped to make room, as the node or the application counted
 * @param averageGetMicros mean time of a read in microseconds
 * @param averagePutMicros mean time of a write in microseconds
 */
public record CacheDocument(
    String name,
    int id,
    int group,
    int copies,
    String mode,
    long localEntries,
    long possiblyLost,
    long localBytes,
    Long maxEntries,
    Long maxBytes,
    Long hits,
    Long misses,
    Long puts,
    Long removals,
    long evictions,
    Double averageGetMicros,
    Double averagePutMicros) {

  /**
   * Describes a cache.
   *
   * @param statistics what it counted, null if nothing is counted
   */
  public static CacheDocument of(CacheInfo cache, CacheStatistics statistics) {
    boolean counted = statistics != null;
    return new CacheDocument(
        cache.name(),
        cache.id(),
        cache.group(),
        cache.copies(),
        cache.mode(),
        cache.localEntries(),
        cache.possiblyLost(),
        cache.localBytes(),
        bound(cache.maxEntries()),
        bound(cache.maxBytes()),
        counted ? (Long) statistics.hits() : null,
        counted ? (Long) statistics.misses() : null,
        counted ? (Long) statistics.puts() : null,
        counted ? (Long) statistics.removals() : null,
        Math.max(cache.evictions(), counted ? statistics.evictions() : 0),
        counted ? (Double) statistics.averageGetMicros() : null,
        counted ? (Double) statistics.averagePutMicros() : null);
  }

  private static Long bound(long bound) {
    return bound <= 0 || bound == Long.MAX_VALUE ? null : (Long) bound;
  }
}
