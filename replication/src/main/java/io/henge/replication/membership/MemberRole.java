package io.henge.replication.membership;

/** What a member does for the cluster. */
public enum MemberRole {
  /** Holds partitions. */
  DATA,
  /** Uses caches and holds none. */
  LITE,
  /** Votes and holds nothing: the third vote of a two-server site. */
  WITNESS
}
