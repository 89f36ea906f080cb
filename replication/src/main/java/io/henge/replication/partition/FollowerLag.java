package io.henge.replication.partition;

/** What the primary of an asynchronous partition knows of a replica besides its log. */
final class FollowerLag {

  /** Its tail is in the primary's log; within one epoch. */
  boolean gathered;

  /** When its tail was last asked for. */
  long askedAt;

  /** What it knew of how far earlier primaries may have answered. */
  long limitBefore;

  /** Where its log ended when it was asked first in the epoch. */
  long endBefore = -1;

  /** The newest round of this primary's limits that it knows for sure, 0 for none. */
  long round;

  /** The least limit that it may know. */
  long limit;

  /** When the present limit was last sent to it, and in which epoch and round. */
  long toldAt;

  long toldEpoch;
  long toldRound;
}
