package io.henge.replication.node;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.SortedMap;

/** A running member of a cluster. Thread-safe. */
public interface Engine extends AutoCloseable {

  /** This incarnation's id. */
  MemberId id();

  /** The configured cluster name. */
  String clusterName();

  /** This member's name. */
  String nodeName();

  /** Where it stands. */
  NodeState state();

  /**
   * Opens a cache: makes it cluster-wide if no member has made it, attaches to it otherwise. Waits
   * until this member is in a cluster, at most for the operation timeout.
   *
   * @param settings how its entries are kept
   * @param attributes small strings that all members agree on, kept with the definition; an
   *     existing cache keeps its own, see {@link #attributes}
   * @param host runs processors that other members send to this one; may be null
   * @throws OperationRefusedException if there is no cluster or no quorum, or if the cache exists
   *     with another number of copies
   */
  ReplicatedCache openCache(
      String name,
      CacheSettings settings,
      SortedMap<String, String> attributes,
      ProcessorHost host);

  /** Ends this member's use of a cache; its entries and other members stay as they are. */
  void closeCache(String name);

  /**
   * Drops a cache and its entries on all members; does nothing if there is none. Waits for a
   * cluster like {@link #openCache}.
   */
  void destroyCache(String name);

  /** Names of all caches of the cluster. Waits for a cluster like {@link #openCache}. */
  Set<String> cacheNames();

  /**
   * The attributes of a cache of the cluster, or null if there is none of that name. Waits for a
   * cluster like {@link #openCache}.
   */
  SortedMap<String, String> attributes(String cacheName);

  /** Leaves the cluster: hands over what it can, gives up its leases, says goodbye; idempotent. */
  @Override
  void close();
}
