package io.henge.replication.partition;

/**
 * The rules on which safety rests, one method each, so that each can be read, tested and, in test
 * code, left out to show that the simulator notices (PROTOCOL 7.3).
 */
public class PartitionRules {

  /** A frame of another epoch counts for nothing (I9). */
  public boolean epochMatches(long frameEpoch, long ownEpoch) {
    return frameEpoch == ownEpoch;
  }

  /** A replica that sees a pending mark may not answer from its map (I14). */
  public boolean pendingBlocksLocalRead() {
    return true;
  }

  /** Nor may it for a caller elsewhere: it passes the read on (I14). */
  public boolean pendingBlocksRemoteRead() {
    return true;
  }

  /** A copy answers callers elsewhere only if its lease is valid after it has read (I13, I16). */
  public boolean remoteReadNeedsLease() {
    return true;
  }

  /**
   * A new primary may not answer over effects that it inherited: they may be acknowledged (I14).
   */
  public boolean inheritedBlocksRead(long newestEffectOnKey, long inherited, long commit) {
    return newestEffectOnKey > commit && inherited > commit;
  }

  /** An operation at or before its lane's newest one was executed already (I15). */
  public boolean alreadyExecuted(long sequence, long newestOfLane) {
    return sequence <= newestOfLane;
  }

  /** Before its promotion is proposed, a learner holds every effect that may be committed (I6). */
  public boolean learnerReady(boolean transferDone, long acknowledged, long mayBeCommitted) {
    return transferDone && acknowledged >= mayBeCommitted;
  }

  /** From that proposal on, the learner's acknowledgement is needed for a commit (I6, I7). */
  public boolean promotionBinds() {
    return true;
  }

  /** What has expired leaves by an effect: nobody tells it from an own clock before (4.7). */
  public boolean expiryNeedsEffect() {
    return true;
  }

  /** A new primary goes on with the partition's time, in which the deadlines are (4.7). */
  public boolean partitionTimeGoesOn() {
    return true;
  }

  /** A primary takes nothing more while a replica that counts owes too much (I19). */
  public boolean backlogIsBounded() {
    return true;
  }

  /** A full cache evicts before it takes more, not only now and then. */
  public boolean writesMakeRoom() {
    return true;
  }

  /** No room is made by what is about to be written: the write was evaluated on it. */
  public boolean evictionSparesWhatIsWritten() {
    return true;
  }

  /** Nothing is committed before all leases of revoked members are over (I11). */
  public boolean barrierBlocksCommit() {
    return true;
  }

  /** Nothing is committed without an own lease (I27). */
  public boolean commitNeedsLease() {
    return true;
  }

  /** Nor is anything answered without one, in an asynchronous partition (I27). */
  public boolean answerNeedsLease() {
    return true;
  }

  /** No asynchronous primary answers while an earlier one may (I11). */
  public boolean barrierBlocksAnswers() {
    return true;
  }

  /** An asynchronous primary begins with the longest log of all in-sync replicas (I22). */
  public boolean gathersTails() {
    return true;
  }

  /** What may be lost is noted before anything is answered (I22). */
  public boolean lossIsNoted() {
    return true;
  }

  /** A primary answers no further than every replica that counts knows it may (I22). */
  public boolean limitIsConfirmed() {
    return true;
  }

  /** A primary answers no further ahead of any of them than the mode allows (I22). */
  public boolean lagIsBounded() {
    return true;
  }

  /** Nothing is sent to a replica after a large frame, which it would overtake. */
  public boolean nothingFollowsLarge() {
    return true;
  }

  /** What may still be on its way, because it is large, is not sent again. */
  public boolean waitsForLarge() {
    return true;
  }

  /** A member that listens takes nothing over a hole. */
  public boolean changesAreContiguous() {
    return true;
  }

  /** A member that listens takes a change once, however often it is told. */
  public boolean changesAreTakenOnce() {
    return true;
  }

  /** A primary that cannot tell all changes since a member's position says so. */
  public boolean missedChangesAreTold() {
    return true;
  }
}
