package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** Where a key lives. */
public final class KeyLocation {

  private final int partition;
  private final String hash;
  private final String primaryId;
  private final String[] inSyncIds;
  private final String[] learnerIds;
  private final boolean localReplica;
  private final boolean present;
  private final boolean pending;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({
    "partition",
    "hash",
    "primaryId",
    "inSyncIds",
    "learnerIds",
    "localReplica",
    "present",
    "pending"
  })
  public KeyLocation(
      int partition,
      String hash,
      String primaryId,
      String[] inSyncIds,
      String[] learnerIds,
      boolean localReplica,
      boolean present,
      boolean pending) {
    this.partition = partition;
    this.hash = hash;
    this.primaryId = primaryId;
    this.inSyncIds = inSyncIds;
    this.learnerIds = learnerIds;
    this.localReplica = localReplica;
    this.present = present;
    this.pending = pending;
  }

  /** The partition's number. */
  public int getPartition() {
    return partition;
  }

  /** The key's hash, 16 hexadecimal digits. */
  public String getHash() {
    return hash;
  }

  /** The primary's id; empty if none. */
  public String getPrimaryId() {
    return primaryId;
  }

  /** The in-sync replicas, the primary first. */
  public String[] getInSyncIds() {
    return inSyncIds;
  }

  /** The learners. */
  public String[] getLearnerIds() {
    return learnerIds;
  }

  /** Whether this member holds an in-sync copy. */
  public boolean isLocalReplica() {
    return localReplica;
  }

  /** Whether the key has a value in the local copy. */
  public boolean isPresent() {
    return present;
  }

  /** Whether a write of it is under way at the local copy. */
  public boolean isPending() {
    return pending;
  }
}
