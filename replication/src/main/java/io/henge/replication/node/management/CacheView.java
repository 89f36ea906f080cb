package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** A cache of the cluster. */
public final class CacheView {

  private final String name;
  private final int id;
  private final int group;
  private final int copies;
  private final String mode;
  private final long localEntries;
  private final long possiblyLost;
  private final long localBytes;
  private final long primaryEntries;
  private final long primaryBytes;
  private final long evictions;
  private final long maxEntries;
  private final long maxBytes;

  /** Creates the view. */
  @ConstructorProperties({
    "name",
    "id",
    "group",
    "copies",
    "mode",
    "localEntries",
    "possiblyLost",
    "localBytes",
    "primaryEntries",
    "primaryBytes",
    "evictions",
    "maxEntries",
    "maxBytes"
  })
  public CacheView(
      String name,
      int id,
      int group,
      int copies,
      String mode,
      long localEntries,
      long possiblyLost,
      long localBytes,
      long primaryEntries,
      long primaryBytes,
      long evictions,
      long maxEntries,
      long maxBytes) {
    this.name = name;
    this.id = id;
    this.group = group;
    this.copies = copies;
    this.mode = mode;
    this.localEntries = localEntries;
    this.possiblyLost = possiblyLost;
    this.localBytes = localBytes;
    this.primaryEntries = primaryEntries;
    this.primaryBytes = primaryBytes;
    this.evictions = evictions;
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** Its name. */
  public String getName() {
    return name;
  }

  /** Its id in the cluster. */
  public int getId() {
    return id;
  }

  /** Its partition group. */
  public int getGroup() {
    return group;
  }

  /** Wanted copies, the primary included. */
  public int getCopies() {
    return copies;
  }

  /** sync or async. */
  public String getMode() {
    return mode;
  }

  /** Entries in this member's replicas, in-sync copies only. */
  public long getLocalEntries() {
    return localEntries;
  }

  /**
   * Acknowledged operations that failovers may have lost so far, at most, in all caches of this
   * one's group; always 0 for sync.
   */
  public long getPossiblyLost() {
    return possiblyLost;
  }

  /** Bytes of keys, values and an overhead for each of the local entries. */
  public long getLocalBytes() {
    return localBytes;
  }

  /** Entries in the partitions that this member leads; all members' together are the cache. */
  public long getPrimaryEntries() {
    return primaryEntries;
  }

  /** Bytes that these take. */
  public long getPrimaryBytes() {
    return primaryBytes;
  }

  /** Entries that this member evicted from the partitions it leads, since it is in the cluster. */
  public long getEvictions() {
    return evictions;
  }

  /** The most entries in the whole cluster; {@link Long#MAX_VALUE} without a bound. */
  public long getMaxEntries() {
    return maxEntries;
  }

  /** The most bytes in the whole cluster; {@link Long#MAX_VALUE} without a bound. */
  public long getMaxBytes() {
    return maxBytes;
  }
}
