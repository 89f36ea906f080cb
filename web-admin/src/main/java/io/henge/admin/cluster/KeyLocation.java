package io.henge.admin.cluster;

import java.util.List;

/**
 * Where a key lives.
 *
 * @param partition the partition's number
 * @param hash the key's hash, 16 hexadecimal digits
 * @param primaryId the primary's id; empty if none
 * @param inSyncIds the in-sync replicas, the primary first
 * @param learnerIds the learners
 * @param localReplica whether the answering member holds an in-sync copy
 * @param present whether the key has a value in that copy
 * @param pending whether a write of it is under way at that copy
 */
public record KeyLocation(
    int partition,
    String hash,
    String primaryId,
    List<String> inSyncIds,
    List<String> learnerIds,
    boolean localReplica,
    boolean present,
    boolean pending) {

  public KeyLocation {
    inSyncIds = List.copyOf(inSyncIds);
    learnerIds = List.copyOf(learnerIds);
  }
}
