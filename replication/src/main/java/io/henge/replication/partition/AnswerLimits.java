package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.AnswerLimit;
import io.henge.replication.partition.PartitionMessage.AnswerLimitKnown;
import java.util.Collection;

/**
 * How far the primary may answer beyond what a replica holds, as that replica knows. Whoever
 * survives the primary can therefore tell how much was answered at most (PROTOCOL 4.8).
 *
 * <p>A limit rises only when every replica that counts has confirmed it, and falls at once; limits
 * are numbered, and a new one waits until the one before is known. It follows the load: it grows
 * while answers have to wait for it and shrinks to nothing when the partition is quiet, so that the
 * number of operations that a failover may have lost says something.
 */
final class AnswerLimits {

  /** After this time without a write, the limit shrinks. */
  static final long QUIET = 1_000_000_000L;

  /** After this time without a write, nothing may be answered before it is confirmed again. */
  static final long IDLE = 10 * QUIET;

  private static final int SHRINK = 8;

  private final ReplicaState state;
  private final Collection<Follower> followers;
  private final int most;
  private int size = 1;
  private long round;
  private long limit;
  private long setAtEnd;
  private long changedAt;

  AnswerLimits(ReplicaState state, Collection<Follower> followers, int most) {
    this.state = state;
    this.followers = followers;
    this.most = most;
  }

  /** The primary begins to answer. */
  void begin(long now) {
    set(state.log.last() + size, now);
    tell(now);
  }

  /** Those who know the present limit need not hear of it again, all others do. */
  void epochBegan() {
    for (Follower follower : followers) {
      follower.lag.toldEpoch = 0;
    }
  }

  /** How far may be answered for this replica's sake: what it holds, or knows to be possible. */
  long upTo(Follower follower) {
    long known = state.rules.limitIsConfirmed() ? follower.lag.limit : limit;
    return Math.max(follower.acknowledged, known);
  }

  /** Whether a replica knows how far may be answered. */
  boolean knownBy(Follower follower) {
    return round > 0 && follower.lag.round == round;
  }

  /** Whether some replica that counts does not know the present limit. */
  boolean pending() {
    for (Follower follower : followers) {
      if (follower.counts() && !knownBy(follower)) {
        return true;
      }
    }
    return false;
  }

  void onKnown(Follower follower, AnswerLimitKnown known) {
    if (known.round() == round && follower.lag.round < round) {
      follower.lag.round = round;
      follower.lag.limit = limit;
    }
  }

  /**
   * Sets the limit by the load.
   *
   * @param waiting whether answers wait for the limit
   * @param lastAppend when something was appended last
   */
  void adjust(boolean waiting, long lastAppend, long now) {
    if (!pending()) {
      long end = state.log.last();
      long left = limit - end;
      if (waiting && left < 0) {
        size = Math.min(most, size * 2);
        set(end + size, now);
      } else if (left <= size / 2 && end > setAtEnd) {
        set(end + size, now);
      } else if (left > 0
          && now - Math.max(lastAppend, changedAt) > QUIET
          && state.log.commit() == end) {
        size = Math.max(1, size / SHRINK);
        if (left > size) {
          set(end + size, now);
        } else if (now - lastAppend > IDLE) {
          set(end, now);
        }
      }
    }
    tell(now);
  }

  private void set(long to, long now) {
    round++;
    limit = to;
    setAtEnd = state.log.last();
    changedAt = now;
    for (Follower follower : followers) {
      follower.lag.limit = Math.min(follower.lag.limit, to);
    }
  }

  private void tell(long now) {
    for (Follower follower : followers) {
      FollowerLag lag = follower.lag;
      boolean told = lag.toldEpoch == state.epoch() && lag.toldRound == round;
      if (follower.counts()
          && lag.round < round
          && (!told || now - lag.toldAt > state.settings.retransmit())) {
        lag.toldEpoch = state.epoch();
        lag.toldRound = round;
        lag.toldAt = now;
        state.send(follower.member, new AnswerLimit(state.number, state.epoch(), round, limit));
      }
    }
  }
}
