package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/** What this member knows against another one. */
final class Suspicion {

  final MemberId member;
  final MemberId by;
  final String evidence;
  final long since;

  /** The witness that proved the death; null while there is none. */
  String witness;

  /** Names the probe under way; 0 if none was sent. */
  long probe;

  long probedAt;
  long probeSentAt;
  long reportedAt;
  long proofSoughtAt;

  /** When the member answered a probe last; meaningful only if {@link #answered}. */
  long answeredAt;

  boolean answered;

  Suspicion(MemberId member, MemberId by, String evidence, long now) {
    this.member = member;
    this.by = by;
    this.evidence = evidence;
    since = now;
    reportedAt = Long.MIN_VALUE;
    proofSoughtAt = Long.MIN_VALUE;
  }
}
