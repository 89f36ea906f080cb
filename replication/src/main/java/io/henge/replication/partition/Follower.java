package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;

/** What the primary knows of another replica, within one epoch but for the transfer. */
final class Follower {

  final MemberId member;

  /** In the in-sync set: its acknowledgement is needed. */
  boolean inSync;

  /** A learner whose promotion was proposed: its acknowledgement is needed too. */
  boolean binding;

  /** Frames may be sent: its position is known. */
  boolean active;

  /** It has acknowledged a frame of this epoch. */
  boolean synced;

  /** Everything up to here is in its log. */
  long acknowledged;

  /** The next effect to send. */
  long next;

  long commitSent;
  long lastSent;
  long lastProgress;
  long promotionProposed;
  OutgoingTransfer transfer;

  Follower(MemberId member) {
    this.member = member;
  }

  /** Whether a commit has to wait for it. */
  boolean counts() {
    return inSync || binding;
  }

  /** Whether it lacks acknowledging something that was sent. */
  boolean outstanding() {
    return active && (!synced || acknowledged < next - 1);
  }

  /** Puts it at a position from which frames go on. */
  void restart(long position, long now) {
    active = true;
    synced = false;
    acknowledged = position;
    next = position + 1;
    commitSent = -1;
    lastSent = now;
    lastProgress = now;
  }
}
