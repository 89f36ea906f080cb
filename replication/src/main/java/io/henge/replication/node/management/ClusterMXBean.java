package io.henge.replication.node.management;

/**
 * The cluster as one member sees it, registered as {@code io.henge:type=Cluster,name="<cluster>",
 * node="<node>"} on the platform MBean server. A notification of type {@code henge.changed} (its
 * user data is the newest event's number, a Long) is sent at most four times a second when
 * something changed.
 */
public interface ClusterMXBean {

  /** The configured cluster name. */
  String getClusterName();

  /** The cluster's id as a UUID; empty before the node joined. */
  String getClusterId();

  /** This member's name. */
  String getNodeName();

  /** This member's id. */
  String getNodeId();

  /** STARTING, RUNNING, EXPELLED or CLOSED. */
  String getState();

  /** One plain sentence: state, cause, next step. */
  String getHealth();

  /** True while a majority of voters answers this member, i.e. it holds its lease. */
  boolean isQuorate();

  /**
   * Full copies of partitions that this member has begun to receive since it has its id. A member
   * that was only silent for a while catches up by the logs' tails and receives none.
   */
  long getTransfersReceived();

  /** Version of the product. */
  String getVersion();

  /** Members, voters and partitions as of the last applied slot. */
  ClusterView getView();

  /**
   * Another text whenever {@link #getView} is another, and cheap to ask for: who looks again and
   * again need not read a view that is the same. Empty before the node joined.
   */
  String getViewVersion();

  /** The oldest slot for which {@link #viewAt} answers; -1 before the node joined. */
  long getOldestSlot();

  /**
   * Members, voters and partitions as they were after a slot; leader and ballot are empty. The last
   * 4,096 slots that this member applied one by one are kept, fewer if they changed more than
   * 32,768 assignments of partitions; the numbers of primaries, backups and learners of each member
   * are as of that slot.
   *
   * @throws IllegalArgumentException if the slot is not kept, or not applied yet
   */
  ClusterView viewAt(long slot);

  /**
   * What would happen if members stopped. Nothing is done.
   *
   * @param memberIds their ids, at least one
   * @param how {@code crash} (all at once, without a word) or {@code drain} (in good order)
   * @throws IllegalArgumentException if an id is no member's, or {@code how} is something else
   */
  WhatIfView whatIf(String[] memberIds, String how);

  /** The caches. */
  CacheView[] getCaches();

  /**
   * What the operations on each cache came to at each member, and all of them together. Asks the
   * other members, at most once a second, and waits up to 250 ms; what one told before stands in
   * for an answer that does not come, with its age.
   */
  CacheStatisticsView[] collectStatistics();

  /**
   * As {@link #collectStatistics}, of one cache: with many members and caches the figures of all
   * are much to put into open types.
   *
   * @throws IllegalArgumentException if there is no such cache
   */
  CacheStatisticsView cacheStatistics(String cache);

  /** Events with a number above {@code after}, oldest first, at most 500; bounded history. */
  EventView[] eventsAfter(long after);

  /**
   * The slots of the log after {@code slot}, oldest first, at most 500, so that the chain of hashes
   * can be computed again. The last 4,096 slots that the member applied one by one are kept, fewer
   * if their commands take more than 1 MiB.
   */
  LogEntryView[] logEntriesAfter(long slot);

  /** The failovers that this member saw, newest first, at most 100. */
  FailoverView[] getFailovers();

  /**
   * Where a key lives.
   *
   * @param cache the cache's name
   * @param keyHex the encoded key's bytes in hexadecimal
   */
  KeyLocation locate(String cache, String keyHex);

  /**
   * Removes every entry of a cache in the whole cluster, without listeners and writers hearing of
   * it, as JCache's {@code clear}.
   *
   * @param cache the cache's name
   * @throws IllegalArgumentException if there is no such cache
   */
  void clearCache(String cache);

  /** Whether nothing moves only to make the load even. */
  boolean isRebalancingPaused();

  /**
   * Lets nothing move any more only to make the load even, in the whole cluster and until {@link
   * #resumeRebalancing}. Missing copies are still made, and drains go on. Like the actions below it
   * returns when it is decided.
   *
   * @throws IllegalStateException if it was not decided within the operation timeout; it may still
   *     happen
   */
  void pauseRebalancing();

  /** Ends {@link #pauseRebalancing}: copies move until the load is even. */
  void resumeRebalancing();

  /**
   * Lets others take over what a member holds, without a failed operation; it stays a member and
   * serves its own callers. A suspension of the member ends the drain.
   *
   * @param memberId an id as in {@link #getView}
   * @throws IllegalArgumentException if there is no such member
   * @throws IllegalStateException as {@link #pauseRebalancing}
   */
  void drain(String memberId);

  /** Ends a drain: the member gets its share of the data again; errors as {@link #drain}. */
  void undrain(String memberId);

  /**
   * Sets a member's share of the copies, and of weighted reads, relative to the others, until the
   * member's process ends; errors as {@link #drain}.
   *
   * @param weight positive and finite; 1 is usual
   */
  void setWeight(String memberId, double weight);

  /**
   * Makes another in-sync copy of a partition its primary, without a failed operation. It leads the
   * partition until members come, go or change their weights, or another member leads the cluster:
   * then the load is made even again, unless rebalancing is paused.
   *
   * @param partition its number over all groups
   * @param epoch its epoch as the caller saw it in {@link #getView}
   * @param memberId who is to lead it
   * @throws IllegalArgumentException if there is no such partition or member
   * @throws IllegalStateException as {@link #pauseRebalancing}; also if the partition has changed
   *     since that epoch, or the member holds no copy in sync, leads it already, or is not active
   */
  void movePrimary(int partition, long epoch, String memberId);

  /**
   * Lets the leader of the metadata hand over to another voter, at once and without its silence.
   * Returns when another one leads. Operations on caches do not notice.
   *
   * @param leaderId who leads now, as in {@link #getView}
   * @throws IllegalArgumentException if there is no such member
   * @throws IllegalStateException as {@link #pauseRebalancing}; also if that member does not lead,
   *     or no other active member votes
   */
  void stepDown(String leaderId);

  /**
   * A drill: a member renews its lease no more for a while, as if it stood still in a garbage
   * collection. It answers nothing that needs the lease, is suspended after the usual silence, and
   * comes back by itself, whatever becomes of who asked. Returns when it was asked.
   *
   * @param memberId an id as in {@link #getView}
   * @param millis from 1 to 60,000, and at most half of the time that a suspended member is kept
   * @throws IllegalArgumentException if there is no such member, or the time is out of range
   * @throws IllegalStateException as {@link #pauseRebalancing}; also if the member is not active
   */
  void holdRenewals(String memberId, long millis);

  /**
   * A drill: another member's node ends as if its process had been killed, without a goodbye, and
   * begins again under a new id and without data. Returns when that member has agreed, a moment
   * before. It agrees only where its setting {@code henge.drills.crash} is true, all members are
   * active, every partition has all of its copies, and neither the majority nor an entry would be
   * lost.
   *
   * @param memberId an id as in {@link #getView}, not this member's
   * @throws IllegalArgumentException if there is no such member
   * @throws IllegalStateException as {@link #pauseRebalancing}; also if the member does not agree:
   *     the message says why
   */
  void crashDrill(String memberId);

  /**
   * A drill: another member drops all that it sends to others and hears from them for a while, as
   * if its cable were cut. It ends that by itself, whatever becomes of who asked. Returns when that
   * member has agreed; it does as for {@link #crashDrill}, by its setting {@code henge.drills.cut}.
   *
   * @param millis from 1 to 60,000, and at most half of the time that a suspended member is kept
   * @throws IllegalArgumentException if there is no such member, or the time is out of range
   * @throws IllegalStateException as {@link #crashDrill}
   */
  void cutDrill(String memberId, long millis);

  /**
   * The last resort when the majority of the voters is gone for good: founds again what is left of
   * this member's cluster, as another one, of the members that answer, with the entries of which
   * they hold a copy in sync. Entries of which only the others had copies are lost. Should the
   * others live after all, both clusters go on, refuse each other, and one of them has to be
   * restarted. Takes as long as silence until suspension; nothing is done if it is refused.
   *
   * @param clusterName {@link #getClusterName}, typed as a confirmation
   * @param memberIds ids as in {@link #getView} of the members of the new cluster, this one among
   *     them; null or empty for all that answer
   * @return what was done, one plain sentence
   * @throws IllegalArgumentException if there is no such member
   * @throws IllegalStateException with the reason if it is refused: the name is another one, this
   *     member or another one has a lease, a majority of the voters answers or has come back,
   *     others answer than were named, a member leaves, or another member is founding again
   */
  String foundAgain(String clusterName, String[] memberIds);

  /**
   * Begins to write and read one key in each of up to 16 partitions that a member leads, every ten
   * milliseconds, through the member that is asked, until {@link #endProbe} or for three minutes.
   * Ends the probe before. The keys are in a cache {@code henge.probe} that no user sees.
   *
   * @throws IllegalArgumentException if there is no such member
   * @throws IllegalStateException as {@link #pauseRebalancing}; also if the member leads no
   *     partition of synchronous caches with backups
   */
  void beginProbe(String memberId);

  /** What the probe saw so far; null if there is none. */
  ProbeView getProbe();

  /**
   * Ends the probe, reads every key once more and drops the cache; waits for what is under way.
   *
   * @return what the probe saw; null if there was none
   * @throws IllegalStateException as {@link #pauseRebalancing}
   */
  ProbeView endProbe();
}
