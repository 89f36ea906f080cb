package io.henge.replication.membership;

/** Where a member stands in the log's eyes. */
public enum MemberState {
  /** Known, fetching the log; gets no replicas yet. */
  JOINING,
  /** Takes part. */
  ACTIVE,
  /** Silent: out of every in-sync set, its data kept as learners' (PROTOCOL 4.2). */
  SUSPENDED,
  /** Leaving on purpose: gets no new replicas and hands over those it has. */
  DRAINING
}
