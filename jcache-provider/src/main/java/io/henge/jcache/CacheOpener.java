package io.henge.jcache;

import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.Engine;
import io.henge.replication.node.NodeState;
import io.henge.replication.node.ProcessorHost;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import java.util.Optional;
import javax.cache.CacheException;

/**
 * Opens one cache in the engine, and tells what has become of it since.
 *
 * @param engine the member
 * @param cacheName the application's name for the cache, for error messages
 * @param clusterName the cluster's name for it
 * @param wanted how it is declared here
 * @param lifetimes what its entries live, where that is not decided for each one
 * @param host runs processors here for other members
 */
record CacheOpener(
    Engine engine,
    String cacheName,
    String clusterName,
    CacheDeclaration wanted,
    Lifetimes lifetimes,
    ProcessorHost host) {

  /**
   * A cache as it was opened.
   *
   * @param cache the engine's
   * @param declaration how the member that made it declared it
   * @param member this member's id at that time
   */
  record Opening(ReplicatedCache cache, CacheDeclaration declaration, MemberId member) {}

  /** What has become of an opening. */
  enum Standing {
    /** It is as good as ever, for all that is known. */
    VALID,
    /** The cache is not there any more, or another one is under its name. */
    DESTROYED,
    /**
     * This member was out of its cluster and has begun again with a new id, in a cluster that does
     * not know the cache: it has to be opened there.
     */
    LEFT_BEHIND
  }

  /**
   * How the cluster knows a cache, if it was made through JCache.
   *
   * @param own this member's settings, for what each member has for itself
   */
  static Optional<CacheDeclaration> declared(Engine engine, String clusterName, CacheSettings own) {
    return CacheDeclaration.of(
        EngineFailures.translating(() -> engine.attributes(clusterName)), own);
  }

  /**
   * Makes the cache or attaches to it.
   *
   * @throws CacheException if it is declared otherwise in the cluster, or there is no cluster
   */
  Opening open() {
    declared().ifPresent(made -> made.checkAgrees(cacheName, wanted));
    MemberId member = engine.id();
    ReplicatedCache cache =
        EngineFailures.translating(
            () -> engine.openCache(clusterName, wanted.settings(), wanted.attributes(), host));
    try {
      CacheDeclaration made =
          declared()
              .orElseThrow(
                  () ->
                      new CacheException(
                          "Cache "
                              + cacheName
                              + " was destroyed while it was opened; create it again"));
      // Two members may have made it at the same time, and the other one was first.
      made.checkAgrees(cacheName, wanted);
      return new Opening(cache.expiring(lifetimes), made, member);
    } catch (CacheException notUsable) {
      engine.closeCache(clusterName);
      throw notUsable;
    }
  }

  private Optional<CacheDeclaration> declared() {
    return declared(engine, clusterName, wanted.settings());
  }

  /** Tells what has become of an opening. */
  Standing standing(Opening opening) {
    if (engine.state() != NodeState.RUNNING
        || declared().filter(opening.declaration::equals).isPresent()) {
      return Standing.VALID;
    }
    return engine.id().equals(opening.member) ? Standing.DESTROYED : Standing.LEFT_BEHIND;
  }
}
