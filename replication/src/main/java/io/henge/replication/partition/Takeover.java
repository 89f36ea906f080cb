package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Tail;
import io.henge.replication.partition.PartitionMessage.TailWanted;
import io.henge.replication.topology.ReplicationMode;
import java.util.Collection;

/**
 * How a primary of an asynchronous partition begins (PROTOCOL 4.8): it takes over what any in-sync
 * replica holds beyond its own log, so that the most advanced survivor's log goes on; waits until
 * nobody else can be answering; and notes in the metadata log how many answered operations may be
 * missing even so. Only then does it answer.
 *
 * <p>A tail that a replica sends proves that it has applied this epoch, and those who are not in
 * the in-sync set any more are covered by the barrier: so no other primary can be left.
 *
 * <p>All tails are beginnings of one sequence: only a primary that has taken over appends anything
 * of its own, and by then its log is the longest.
 */
final class Takeover {

  private final ReplicaState state;
  private final PrimaryRole primary;
  private final Collection<Follower> followers;
  private final ReplicationMode.Async mode;

  /** The epoch in which this member became primary. */
  private final long began;

  private final long ownEnd;
  private boolean decided;
  private long atMost;
  private long notedAt;
  private boolean proposed;
  private boolean over;

  Takeover(
      ReplicaState state,
      PrimaryRole primary,
      Collection<Follower> followers,
      ReplicationMode.Async mode) {
    this.state = state;
    this.primary = primary;
    this.followers = followers;
    this.mode = mode;
    this.began = state.epoch();
    this.ownEnd = state.log.last();
  }

  /** Whether this primary may answer. */
  boolean over() {
    return over;
  }

  /** Before it is over, a new epoch begins it again: the in-sync set is another one. */
  void epochBegan() {
    for (Follower follower : followers) {
      follower.lag.gathered = false;
      follower.lag.askedAt = 0;
      follower.lag.endBefore = -1;
    }
    decided = false;
    proposed = false;
  }

  void onTail(Follower follower, Tail tail) {
    if (over || follower.lag.gathered || !follower.inSync) {
      return;
    }
    FollowerLag lag = follower.lag;
    if (lag.endBefore < 0) {
      lag.endBefore = tail.last();
      lag.limitBefore = tail.limit();
    }
    if (state.rules.gathersTails()) {
      for (Effect effect : tail.effects()) {
        if (effect.index() == state.log.last() + 1) {
          primary.inherit(effect);
        }
      }
    }
    lag.gathered = !state.rules.gathersTails() || state.log.last() >= tail.last();
    lag.askedAt = 0;
  }

  /** Does the next step that is due. */
  void advance(long now) {
    boolean all = true;
    for (Follower follower : followers) {
      if (follower.inSync && !follower.lag.gathered) {
        all = false;
        ask(follower, now);
      }
    }
    if (!all || !(primary.barrierOver() || !state.rules.barrierBlocksAnswers())) {
      return;
    }
    if (!decided) {
      decided = true;
      atMost = state.rules.lossIsNoted() ? possiblyLost() : 0;
    }
    over = atMost == 0 || state.authority.lossNotedAt(state.number) >= began;
    if (!over && (!proposed || now - notedAt > 4 * state.settings.retransmit())) {
      proposed = true;
      notedAt = now;
      state.output.noteLoss(state.number, state.epoch(), atMost);
    }
  }

  private void ask(Follower follower, long now) {
    if (follower.lag.askedAt == 0 || now - follower.lag.askedAt > state.settings.retransmit()) {
      follower.lag.askedAt = now;
      state.send(follower.member, new TailWanted(state.number, state.epoch(), state.log.last()));
    }
  }

  /**
   * What an earlier primary answered and no in-sync replica holds is above the end of the log now,
   * within the limit that each of them knows, and within the mode's bound beyond what each of them
   * held.
   */
  private long possiblyLost() {
    long limit = state.survivor.limit();
    long end = ownEnd;
    for (Follower follower : followers) {
      if (follower.inSync) {
        limit = Math.min(limit, follower.lag.limitBefore);
        end = Math.min(end, follower.lag.endBefore);
      }
    }
    return Math.max(0, Math.min(limit, end + mode.maxLagOperations()) - state.log.last());
  }
}
