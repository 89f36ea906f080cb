package io.henge.admin.document;

import io.henge.admin.cluster.CachedMethod;
import io.henge.admin.cluster.ClusterStatistics;
import java.util.List;

/**
 * {@code GET /caches/{name}/figures}: all that changes on the page of one cache.
 *
 * @param cache the cache, as in the list of all
 * @param statistics what its operations came to at each member; null where the node's version does
 *     not collect that
 * @param methods what came of the calls of annotated methods that name it
 */
public record CacheFigures(
    CacheDocument cache, ClusterStatistics statistics, List<CachedMethod> methods) {

  public CacheFigures {
    methods = List.copyOf(methods);
  }
}
