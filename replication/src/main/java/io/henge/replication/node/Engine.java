package io.henge.replication.node;

import io.henge.replication.membership.Handover;
import io.henge.replication.node.statistics.CallStatistics;
import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

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

  /**
   * Tells a listener all changes of a cache from now on, whichever member makes them. Returns when
   * nothing can be missed any more; waits for that at most for the operation timeout. A cache has
   * one listener: another one takes its place. It stays over all lives of this member, until the
   * cache is closed or destroyed here.
   *
   * @param previousValues whether changes are to have the values before
   * @throws OperationRefusedException if there is no such cache, or if not all primaries answer
   */
  void listen(String cacheName, ChangeListener listener, boolean previousValues);

  /** Tells nobody any more of the changes of a cache. */
  void stopListening(String cacheName);

  /**
   * Says what this member's callers did with a cache, until it is closed or destroyed here; the
   * cluster's figures are made of it. A cache has one such function: another one takes its place.
   *
   * @param calls all since the cache was opened; asked for on engine threads, so it must not wait
   */
  void count(String cacheName, Supplier<CallStatistics> calls);

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

  /**
   * Who holds a key, as this member knows it at the moment; null if it is in no cluster, or there
   * is no such cache. Does not wait.
   */
  EntryHolders locate(String cacheName, byte[] key);

  /**
   * Entries that this member has evicted from a cache to keep a bound, in the partitions that it
   * led since it is in the cluster: all members' together are the cache's evictions. 0 if there is
   * no such cache. Waits for nothing.
   */
  long evictions(String cacheName);

  /**
   * Lets the others take over what a member holds, without a failed operation (PROTOCOL 4.13). It
   * stays a member and serves its own callers; {@link #handover} tells how far it is. Returns when
   * that is decided; does nothing if there is no such member.
   *
   * @throws OperationRefusedException if there is no cluster or no quorum
   */
  void drain(MemberId member);

  /** Ends the drain of a member that has not left: it gets its share of the data again. */
  void undrain(MemberId member);

  /** What a member still holds, as this member knows it. */
  Handover handover(MemberId member);

  /**
   * Founds again what is left of this member's cluster. For people who know that the majority of
   * its voters is gone for good; the cluster itself cannot know that, and refuses until it is back.
   * Makes another cluster of the members that answer, with the entries of which they hold a copy in
   * sync; should the others live after all, both refuse each other. Nothing is done if a majority
   * of the voters answers, if a member that answers has a lease, or if others answer than were
   * named. Takes as long as silence until suspension.
   *
   * @param clusterName the cluster's name, typed as a confirmation
   * @param survivors the members of the new cluster, this one among them; empty for all that answer
   * @return what was done, one plain sentence
   * @throws OperationRefusedException if nothing was done, with the reason
   */
  String foundAgain(String clusterName, Set<MemberId> survivors);

  /**
   * Leaves the cluster: lets the others take over for at most the drain timeout, while callers go
   * on; then refuses new operations as not done, waits up to 1 s for those under way, gives its
   * lease up and says goodbye. Idempotent; a second call waits for the first.
   */
  @Override
  void close();
}
