package io.henge.admin.document;

import io.henge.admin.cluster.Callers;
import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Phase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * {@code GET /failovers/{slot}}: a member's failure and what the cluster did about it.
 *
 * @param id the slot that suspended or removed the member
 * @param member the failed member's name
 * @param memberId its id
 * @param cause crash, silent and so on
 * @param evidence one plain sentence
 * @param suspectedBy the name of the member that noticed first
 * @param at when the member {@code clock} learned of it
 * @param clock the name of the member whose clock and log tell this
 * @param proven whether the death was proven, so that no lease had to be waited out
 * @param over whether every phase has ended
 * @param lastHeardMs how long no voter had heard the member when it was suspected; null if unknown
 * @param phases the phases in order
 * @param impact what it did to the data
 */
public record FailoverDocument(
    long id,
    String member,
    String memberId,
    String cause,
    String evidence,
    String suspectedBy,
    Instant at,
    String clock,
    boolean proven,
    boolean over,
    Double lastHeardMs,
    List<PhaseDocument> phases,
    Impact impact) {

  /**
   * One phase.
   *
   * @param name suspect, agree, barrier, promote or replicate
   * @param ms start and end in milliseconds from the first suspicion; the end is null while it
   *     lasts
   * @param slot the slot that ended it, null if none
   * @param done copies rebuilt, null except for replicate
   * @param of copies to rebuild, null except for replicate
   */
  public record PhaseDocument(String name, List<Double> ms, Long slot, Integer done, Integer of) {}

  /**
   * What a failover did to the data.
   *
   * @param partitions partitions that got another primary
   * @param copies copies that were lost with the member
   * @param lost partitions that lost their last in-sync replica
   * @param callers what it did to the callers of the member {@code clock}; null if it does not tell
   */
  public record Impact(int partitions, int copies, int lost, CallersImpact callers) {}

  /**
   * What a failover did to the operations of one member's own callers.
   *
   * @param heldUp operations that had to be tried again
   * @param repeats how often they were tried again in all; each took effect at most once
   * @param notDone of these operations, those that ended as not done
   * @param unknown of these operations, those of which it is unknown whether they were done
   * @param longestMs the longest of them, from its beginning to its end
   */
  public record CallersImpact(
      int heldUp, int repeats, int notDone, int unknown, double longestMs) {}

  /**
   * Describes a failover.
   *
   * @param clock the name of the member that tells it
   */
  public static FailoverDocument of(Failover failover, String clock) {
    return new FailoverDocument(
        failover.slot(),
        failover.memberName(),
        failover.memberId(),
        failover.cause(),
        failover.evidence(),
        failover.suspectedBy(),
        failover.time(),
        clock,
        failover.proven(),
        failover.phases().stream().noneMatch(Phase::running),
        failover.lastHeardMillis() < 0 ? null : (Double) failover.lastHeardMillis(),
        failover.phases().stream().map(phase -> phase(phase, failover)).toList(),
        new Impact(
            failover.primariesMoved(),
            failover.copiesToRebuild(),
            failover.partitionsLost(),
            callers(failover.callers())));
  }

  private static CallersImpact callers(Callers callers) {
    return callers == null
        ? null
        : new CallersImpact(
            callers.heldUp(),
            callers.repeats(),
            callers.notDone(),
            callers.unknown(),
            callers.longestMillis());
  }

  private static PhaseDocument phase(Phase phase, Failover failover) {
    boolean copying = phase.name().equals("replicate");
    return new PhaseDocument(
        phase.name(),
        Arrays.asList(phase.fromMillis(), phase.running() ? null : (Double) phase.toMillis()),
        phase.slot() < 0 ? null : (Long) phase.slot(),
        copying ? (Integer) failover.copiesRebuilt() : null,
        copying ? (Integer) failover.copiesToRebuild() : null);
  }
}
