package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * Why a member was suspended or removed: stays in the log for the failover timeline. Durations are
 * on the proposer's monotonic clock.
 *
 * @param cause what happened
 * @param suspectedBy who noticed first
 * @param evidence one plain sentence, at most 200 characters
 * @param lastGrantAgoNanos time since a voter last heard the member when it was suspected; -1 if
 *     unknown
 * @param suspectToProposeNanos time from the first suspicion to the proposal
 * @param proven true if the process is known to be gone, so that its lease needs no waiting
 */
public record Reason(
    Cause cause,
    MemberId suspectedBy,
    String evidence,
    long lastGrantAgoNanos,
    long suspectToProposeNanos,
    boolean proven) {

  /** What happened to the member. */
  public enum Cause {
    /** Its connection broke and it did not answer the probe. */
    CRASH,
    /** It was silent for suspend-after. */
    SILENT,
    /** It stayed suspended for remove-after. */
    EXPIRED,
    /** It said goodbye. */
    LEFT,
    /** An operator or a newer incarnation took its place. */
    REPLACED
  }

  public Reason {
    evidence = evidence.length() <= 200 ? evidence : evidence.substring(0, 200);
  }
}
