package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.AnswerLimitKnown;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionMessage.Tail;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * Answers what the primary holds, ahead of the other replicas within bounds (PROTOCOL 4.8). Effects
 * are committed as in synchronous mode, so replicas hold the same things in the same order in both;
 * only callers see more: everything up to {@link #answeredIndex}.
 *
 * <p>Nothing is answered before the takeover is complete, without a lease (I27), or further ahead
 * of any replica that counts than the bounds allow.
 */
final class AsyncAnswers implements AnswerRule {

  private static final int MAX_SCANS_ASIDE = 256;

  /** A scan that waits until everything up to an index is in the map. */
  private record Aside(Request scan, long index) {}

  private final ReplicaState state;
  private final PrimaryRole primary;
  private final Collection<Follower> followers;
  private final ReplicationMode.Async mode;
  private final Takeover takeover;
  private final AnswerLimits limits;
  private final LagClock clock;
  private final Deque<Aside> aside = new ArrayDeque<>();

  /** Everything up to here was committed when this member became primary. */
  private final long committedBefore;

  /** Everything up to here was answered. */
  private long answered;

  /** A replica that is to go when the takeover is complete; null if none is. */
  private MemberId released;

  AsyncAnswers(
      ReplicaState state,
      PrimaryRole primary,
      Collection<Follower> followers,
      ReplicationMode.Async mode) {
    this.state = state;
    this.primary = primary;
    this.followers = followers;
    this.mode = mode;
    this.takeover = new Takeover(state, primary, followers, mode);
    this.limits = new AnswerLimits(state, followers, mode.maxLagOperations());
    this.clock = new LagClock(mode.maxLag());
    this.committedBefore = state.log.commit();
  }

  @Override
  public boolean accepts() {
    return takeover.over() && mayAnswer();
  }

  private boolean mayAnswer() {
    return !state.rules.answerNeedsLease() || state.authority.leaseValid();
  }

  @Override
  public StoredValue read(EntryKey key) {
    boolean visible = takeover.over() && primary.tail().newestOn(key) <= answeredIndex();
    return visible ? primary.tail().head(key) : null;
  }

  @Override
  public boolean scanBlocked() {
    return !takeover.over();
  }

  @Override
  public boolean putsAside(Request scan) {
    if (!takeover.over() || answered <= state.log.commit() || aside.size() >= MAX_SCANS_ASIDE) {
      return false;
    }
    for (Aside each : aside) {
      if (each.scan().id().equals(scan.id())) {
        return true;
      }
    }
    aside.add(new Aside(scan, answered));
    return true;
  }

  @Override
  public boolean answered(long index) {
    return index <= answeredIndex();
  }

  @Override
  public long answeredIndex() {
    return takeover.over() ? Math.max(answered, state.log.commit()) : -1;
  }

  /** What was not answered before: it is held by all, so no bound is in its way. */
  @Override
  public void committed(Effect effect) {
    if (takeover.over() && effect.index() > answered) {
      answer(effect);
    }
  }

  private void answer(Effect effect) {
    answered = effect.index();
    if (effect.operation() != null) {
      primary.answer(effect);
    }
  }

  @Override
  public void flush(long now) {
    clock.appended(state.log.last(), now);
    if (!takeover.over()) {
      takeover.advance(now);
      if (!takeover.over()) {
        return;
      }
      answered = state.log.commit();
      state.answering = state.epoch();
      limits.begin(now);
      answerWhatWasCommittedMeanwhile();
    }
    answerWithinBounds(now);
    if (released != null) {
      state.output.proposeShrink(state.number, state.epoch(), released, false);
      released = null;
    }
    while (!aside.isEmpty() && aside.peek().index() <= state.log.commit()) {
      primary.scan(aside.remove().scan(), now);
    }
  }

  /** Callers need not ask again, when the results may no longer be remembered. */
  private void answerWhatWasCommittedMeanwhile() {
    for (long index = committedBefore + 1; index <= answered; index++) {
      if (state.log.retains(index) && state.log.get(index).operation() != null) {
        primary.answer(state.log.get(index));
      }
    }
  }

  private void answerWithinBounds(long now) {
    long last = state.log.last();
    long held = last;
    long limited = last;
    for (Follower follower : followers) {
      if (follower.counts()) {
        held = Math.min(held, follower.acknowledged);
        limited = Math.min(limited, limits.upTo(follower));
      }
    }
    long bound = Math.max(held, Math.min(limited, ahead(held, now)));
    if (bound > answered && mayAnswer()) {
      while (answered < bound) {
        answer(state.log.get(answered + 1));
      }
    }
    limits.adjust(limited < last, clock.lastAppend(), now);
  }

  /** How far ahead of the slowest replica the bounds of the mode allow to be. */
  private long ahead(long held, long now) {
    long last = state.log.last();
    if (!state.rules.lagIsBounded()) {
      return last;
    }
    if (clock.exceeded(held, now)) {
      return held;
    }
    long most = Math.min(last, held + mode.maxLagOperations());
    long index = Math.max(held, Math.min(answered, most));
    while (index < most && state.log.bytesBetween(held, index + 1) <= mode.maxLagBytes()) {
      index++;
    }
    return index;
  }

  @Override
  public void epochBegan(long now) {
    released = null; // of the epoch before; whoever wants it gone says so again
    takeover.epochBegan();
    limits.epochBegan();
  }

  @Override
  public void deposed() {
    state.answering = 0;
    if (takeover.over()) {
      state.survivor.wasPrimary(answeredIndex());
    }
    for (Aside each : aside) {
      primary.refuse(each.scan());
    }
    aside.clear();
  }

  @Override
  public boolean mayPropose(Follower learner) {
    return limits.knownBy(learner);
  }

  @Override
  public void release(MemberId replica) {
    released = replica;
  }

  @Override
  public void onMessage(Follower from, PartitionMessage message, long now) {
    if (message instanceof Tail tail) {
      takeover.onTail(from, tail);
    } else if (message instanceof AnswerLimitKnown known) {
      limits.onKnown(from, known);
    }
  }

  @Override
  public void onTick(long now) {
    // Everything happens in the flush that follows.
  }

  @Override
  public boolean waiting() {
    return !takeover.over() || limits.pending() || !aside.isEmpty();
  }
}
