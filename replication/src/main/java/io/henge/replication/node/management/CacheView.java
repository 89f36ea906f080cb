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

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({"name", "id", "group", "copies", "mode", "localEntries", "possiblyLost"})
  public CacheView(
      String name,
      int id,
      int group,
      int copies,
      String mode,
      long localEntries,
      long possiblyLost) {
    this.name = name;
    this.id = id;
    this.group = group;
    this.copies = copies;
    this.mode = mode;
    this.localEntries = localEntries;
    this.possiblyLost = possiblyLost;
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
}
