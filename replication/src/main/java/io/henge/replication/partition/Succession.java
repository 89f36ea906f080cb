package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;

/**
 * A primary that is to give its place to another replica, without anybody's code running twice for
 * it (PROTOCOL 4.12): it begins no more code on entries, and proposes its successor when what ran
 * has ended and its effects are committed. Everything else goes on.
 */
final class Succession {

  /** Code that runs longer runs again at the successor: it must not hold up a drain. */
  static final long PATIENCE = 500_000_000L;

  /** If nothing was decided for so long, the proposal was lost or the leader changed its mind. */
  static final long PROPOSED_FOR = 200_000_000L;

  private final ReplicaState state;

  /** Null if the primary stays. */
  private MemberId successor;

  private boolean proposed;
  private long askedAt;
  private long proposedAt;

  /** The last effect of code that ran here. */
  private long codeEnd;

  Succession(ReplicaState state) {
    this.state = state;
  }

  /** The leader wants a successor; it asks again if it hears of no proposal. */
  void asked(MemberId next, long now) {
    if (!next.equals(successor)) {
      successor = next;
      askedAt = now;
    }
    proposed = false;
  }

  /** Whether no code may begin. */
  boolean holdsBack() {
    return successor != null;
  }

  /** Code has ended with the newest effect of the log. */
  void codeEnded() {
    codeEnd = state.log.last();
  }

  /** A new epoch: whether it is the one asked for or another, the leader asks anew. */
  void epochBegan() {
    successor = null;
  }

  /** Proposes the successor if it is time to. */
  void flush(boolean codeRuns, long now) {
    if (successor == null || proposed) {
      return;
    }
    boolean ended = !codeRuns && state.log.commit() >= codeEnd;
    if (ended || !state.rules.codeEndsBeforeSuccession() || now - askedAt > PATIENCE) {
      proposed = true;
      proposedAt = now;
      state.output.proposeSuccessor(state.number, state.epoch(), successor);
    }
  }

  void onTick(long now) {
    if (proposed && now - proposedAt > PROPOSED_FOR) {
      successor = null;
    }
  }
}
