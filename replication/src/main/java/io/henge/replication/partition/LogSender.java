package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Append;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a primary's log to the other replicas, in frames: as many as fit into a window, and nothing
 * after a large one until that is acknowledged (PROTOCOL 4.5, rule 3).
 */
final class LogSender {

  /** Bytes in flight to one replica (PROTOCOL 4.5, rule 3). */
  private static final long WINDOW_BYTES = 4L << 20;

  /** What a replica is granted to take a byte in, beyond the usual time for an acknowledgement. */
  private static final long NANOS_PER_BYTE = 50;

  private final ReplicaState state;

  /** The commit index and the end of the log with which this epoch began. */
  private long base;

  private long tailEnd;

  LogSender(ReplicaState state) {
    this.state = state;
  }

  /** What is in the log now is the tail of earlier epochs. */
  void epochBegan() {
    base = state.log.commit();
    tailEnd = state.log.last();
  }

  /** The commit index with which this epoch began. */
  long base() {
    return base;
  }

  /** Sends what there is and what may be sent now. */
  void pump(Follower follower, long now) {
    EffectLog log = state.log;
    if (!follower.active) {
      return;
    }
    if (!log.retains(follower.next)) {
      follower.active = false; // a learner that lags too far; it will ask for a new transfer
      follower.transfer = null;
      return;
    }
    boolean greet = follower.commitSent < 0;
    while (greet
        || (follower.next <= log.last()
            && follower.next - 1 - follower.acknowledged < state.settings.window()
            && !follower.held()
            && log.bytesBetween(follower.acknowledged, follower.next - 1) < WINDOW_BYTES)) {
      greet = false;
      long first = follower.next;
      List<Effect> effects = new ArrayList<>();
      int bytes = 0;
      while (follower.next <= log.last()
          && bytes < state.settings.frameBytes()
          && effects.size() < state.settings.window()) {
        Effect effect = log.get(follower.next++);
        effects.add(effect);
        bytes += effect.bytes();
      }
      if (bytes > state.settings.largeFrameBytes() && state.rules.nothingFollowsLarge()) {
        follower.heldUntil = follower.next - 1;
      }
      send(follower, first, effects, now);
    }
  }

  /** Says how far the log is committed, if that is news. */
  void tellCommit(Follower follower, long now) {
    if (!follower.held() && follower.commitSent < state.log.commit()) {
      send(follower, follower.next, List.of(), now);
    }
  }

  /** Time beyond the usual one for what a replica has not acknowledged. */
  long granted(Follower follower) {
    return NANOS_PER_BYTE * state.log.bytesBetween(follower.acknowledged, follower.next - 1);
  }

  /** Whether what was sent may still be on its way, so that it is not sent again. */
  boolean sendingLarge(Follower follower) {
    return state.rules.waitsForLarge() && state.authority.sendingLarge(follower.member);
  }

  private void send(Follower follower, long first, List<Effect> effects, long now) {
    if (!follower.outstanding()) {
      follower.lastProgress = now;
    }
    follower.sent = Math.max(follower.sent, first + effects.size() - 1);
    follower.lastSent = now;
    follower.commitSent = state.log.commit();
    state.send(
        follower.member,
        new Append(
            state.number,
            state.epoch(),
            base,
            tailEnd,
            first,
            effects,
            follower.commitSent,
            state.clock.time(now)));
  }
}
