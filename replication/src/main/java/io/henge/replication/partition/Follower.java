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

  /** Index of the last effect that was ever sent to it. */
  long sent;

  /** Nothing is sent after this effect, which is large, until it is acknowledged. */
  long heldUntil;

  /** Bytes that {@link PeerBacklogs} counts for it. */
  long owed;

  long commitSent;
  long lastSent;

  /** When it last acknowledged something, or began to owe an acknowledgement. */
  long lastProgress;

  long promotionProposed;

  /** The transfer under way, or null. */
  OutgoingTransfer transfer;

  /** The next chunk waits for bandwidth. */
  boolean chunkDue;

  /** The transfer with which a learner's log began, 0 if none: its acknowledgements name it. */
  long began;

  /**
   * The newest transfer of which something was sent in this epoch: when it arrives the learner
   * gives up the log it has, so that no earlier word about that log counts any more.
   */
  long offered;

  /** Where that transfer starts: a complete learner whose commit index is there never begins it. */
  long offeredStart;

  /** What matters in asynchronous partitions only. */
  final FollowerLag lag = new FollowerLag();

  Follower(MemberId member) {
    this.member = member;
  }

  /** Whether a commit has to wait for it. */
  boolean counts() {
    return inSync || binding;
  }

  /** Whether it has yet to acknowledge a large effect that nothing may overtake. */
  boolean held() {
    return acknowledged < heldUntil;
  }

  /** Lets everything that is not acknowledged be sent again. */
  void sendAgain() {
    next = acknowledged + 1;
    heldUntil = 0;
  }

  /** Whether it lacks acknowledging something that was sent. */
  boolean outstanding() {
    return active && (!synced || acknowledged < sent);
  }

  /** Index of the first effect that must not be dropped from the log for its sake. */
  long needs() {
    if (active) {
      return acknowledged + 1;
    }
    return transfer == null ? Long.MAX_VALUE : transfer.start + 1;
  }

  /** Puts it at a position from which frames go on, in a log that began with a transfer. */
  void restart(long transferId, long position, long now) {
    active = true;
    began = transferId;
    synced = false;
    acknowledged = position;
    sendAgain();
    sent = position;
    commitSent = -1;
    lastSent = now;
    lastProgress = now;
  }
}
