package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Append;

/**
 * Takes frames into the log, contiguously, and follows their commit index.
 *
 * <p>An in-sync replica begins an epoch with a tail from earlier ones. Some of it may be committed
 * without this replica knowing it, so none of it is given up before the new primary has shown that
 * it holds something else: until then it counts should this replica be made primary itself, and its
 * marks keep local readers away (I7, I14). Only what the primary confirmed is acknowledged.
 */
final class FrameIntake {

  private final ReplicaState state;
  private long confirmed;

  FrameIntake(ReplicaState state) {
    this.state = state;
  }

  /** Begins an epoch or a transfer: up to {@code index} the log is as the primary's. */
  void begin(long index) {
    confirmed = index;
  }

  /** Everything up to this index is here as the primary has it: what may be acknowledged (I10). */
  long confirmed() {
    return confirmed;
  }

  /**
   * Whether the sender has to be told where the log ends. A frame with nothing but a newer commit
   * index needs no answer; one that brings nothing at all is a question, whose answer was lost.
   */
  boolean asksForAnswer(Append append) {
    return !append.effects().isEmpty() || append.commit() <= state.log.commit();
  }

  /** Returns true if the frame begins after a hole. */
  boolean take(Append append) {
    if (append.first() > confirmed + 1) {
      return true;
    }
    EffectLog log = state.log;
    for (Effect effect : append.effects()) {
      if (effect.index() > confirmed) {
        if (effect.index() > log.last()) {
          state.append(effect);
        } else if (!effect.sameAs(log.get(effect.index()))) {
          // Committed effects are in every later primary's log: this one and all after it were not.
          state.cut(effect.index() - 1);
          state.append(effect);
        }
        confirmed = effect.index();
      }
    }
    state.commitTo(Math.min(append.commit(), confirmed), effect -> {});
    log.trim(log.commit() + 1);
    return false;
  }
}
