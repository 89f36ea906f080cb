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

  /** The caches. */
  CacheView[] getCaches();

  /** Events with a number above {@code after}, oldest first, at most 500; bounded history. */
  EventView[] eventsAfter(long after);

  /** The failovers that this member saw, newest first, at most 100. */
  FailoverView[] getFailovers();

  /**
   * Where a key lives.
   *
   * @param cache the cache's name
   * @param keyHex the encoded key's bytes in hexadecimal
   */
  KeyLocation locate(String cache, String keyHex);
}
