package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Append;

/** Takes a frame's effects into the log, contiguously, and follows its commit index. */
final class FrameIntake {

  private FrameIntake() {}

  /**
   * Whether the sender has to be told where the log ends. A frame with nothing but a newer commit
   * index needs no answer; one that brings nothing at all is a question, whose answer was lost.
   */
  static boolean asksForAnswer(ReplicaState state, Append append) {
    return !append.effects().isEmpty() || append.commit() <= state.log.commit();
  }

  /** Returns true if the frame begins after a hole. */
  static boolean take(ReplicaState state, Append append) {
    EffectLog log = state.log;
    if (append.first() > log.last() + 1) {
      return true;
    }
    for (Effect effect : append.effects()) {
      if (effect.index() > log.last()) {
        state.append(effect);
      }
    }
    state.commitTo(Math.min(append.commit(), log.last()), effect -> {});
    log.trim(log.commit() + 1);
    return false;
  }
}
