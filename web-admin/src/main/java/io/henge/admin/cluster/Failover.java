package io.henge.admin.cluster;

import java.time.Instant;
import java.util.List;

/**
 * A member's failure and what the cluster did about it.
 *
 * @param slot the slot that suspended or removed the member
 * @param memberId the member that failed
 * @param memberName its name
 * @param cause CRASH, SILENT and so on
 * @param evidence one plain sentence
 * @param suspectedBy the name of the member that noticed first
 * @param time when the answering member learned of it
 * @param proven whether the death was proven, so that no lease had to be waited out
 * @param primariesMoved partitions that got another primary
 * @param copiesToRebuild copies that were lost with the member
 * @param copiesRebuilt of these, copies back in sync
 * @param partitionsLost partitions that lost their last in-sync replica
 * @param lastHeardMillis how long no voter had heard the member when it was suspected; negative if
 *     unknown
 * @param callers what it did to the answering member's own callers; null if it does not tell
 * @param phases the phases in order
 */
public record Failover(
    long slot,
    String memberId,
    String memberName,
    String cause,
    String evidence,
    String suspectedBy,
    Instant time,
    boolean proven,
    int primariesMoved,
    int copiesToRebuild,
    int copiesRebuilt,
    int partitionsLost,
    double lastHeardMillis,
    Callers callers,
    List<Phase> phases) {

  public Failover {
    phases = List.copyOf(phases);
  }
}
