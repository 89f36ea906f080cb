package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.ChunkReceived;
import io.henge.replication.partition.PartitionMessage.LearnerStatus;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The primary: appends effects, streams them to all replicas, commits what every in-sync replica
 * holds (PROTOCOL 4.5, 4.6, 4.9).
 */
final class PrimaryRole implements Role {

  /** How far a learner may lag before its transfer starts again, so that the log stays bounded. */
  private static final int MAX_LEARNER_LAG = 50_000;

  private static final long MAX_LOG_BYTES = 160L << 20;

  /** Bytes of effects that may wait for their commit; more are refused for now (I19). */
  private static final long MAX_UNCOMMITTED_BYTES = 32L << 20;

  private static final Outcome OWN = new Outcome(true, null);

  private final ReplicaState state;
  private final TailIndex tail;
  private final RequestExecutor executor;
  private final Sweeper sweeper;
  private final AnswerRule answers;
  private final Evictor evictor;
  private final ChangeFeed changes;
  private final Map<MemberId, Follower> followers = new LinkedHashMap<>();
  private final Backlog backlog;

  /** The last effect that an earlier primary appended: it may have been acknowledged by it. */
  private final long inherited;

  private final LogSender sender;
  private long transfers;
  private boolean barrierOver;

  /** Takes over: the uncommitted tail is inherited and sent again in the new epoch. */
  PrimaryRole(ReplicaState state, long now) {
    if (!state.complete) {
      throw new IllegalStateException(
          "an incomplete copy of partition " + state.number + " was made primary");
    }
    this.state = state;
    this.sender = new LogSender(state);
    this.backlog = new Backlog(state, followers.values());
    this.inherited = state.log.last();
    this.tail = new TailIndex(state.log, state.store, state.authority::memory);
    this.sweeper = new Sweeper(state, this);
    this.executor = new RequestExecutor(state, this, sweeper);
    this.evictor = new Evictor(state, this, executor::reserved);
    this.changes = new ChangeFeed(state);
    if (!state.rules.partitionTimeGoesOn()) {
      state.clock.reset();
    }
    state.clock.lead(now);
    this.answers =
        state.mode instanceof ReplicationMode.Async async
            ? new AsyncAnswers(state, this, followers.values(), async)
            : new SyncAnswers(state, this);
    follow(true, now);
  }

  /** The same primary in a new epoch, or with other learners. */
  void reassigned(boolean newEpoch, long now) {
    follow(newEpoch, now);
    executor.dropReservationsOfTheGone(now);
    flush(now);
  }

  /** This member is no longer primary: requests that wait were not executed. */
  void deposed() {
    answers.deposed();
    changes.deposed();
    executor.refuseAll();
    tail.usage().end();
    followers.values().forEach(backlog::forget);
  }

  private void follow(boolean newEpoch, long now) {
    if (newEpoch) {
      sender.epochBegan();
      barrierOver = false;
    }
    List<MemberId> replicas = new ArrayList<>(state.assignment.replicas());
    replicas.remove(state.self);
    for (Follower each : followers.values()) {
      if (!replicas.contains(each.member)) {
        backlog.forget(each);
      }
    }
    followers.keySet().retainAll(replicas);
    for (MemberId member : replicas) {
      Follower follower = followers.computeIfAbsent(member, Follower::new);
      if (newEpoch) {
        follower.binding = false;
        follower.inSync = state.assignment.inSync().contains(member);
        if (follower.inSync) {
          follower.transfer = null;
          follower.restart(0, sender.base(), now);
        } else {
          follower.active = false; // until it says where its log ends
          follower.offered = 0;
          follower.offeredStart = 0;
        }
      }
    }
    if (newEpoch) {
      answers.epochBegan(now);
    }
  }

  /** Appends the effect of an operation, after room was made; {@link #flush} sends it. */
  void append(Request request, Evaluation evaluation) {
    boolean puts = evaluation.kind() == Effect.Kind.PUT;
    if (puts) {
      evictor.makeRoom(request.key(), evaluation.value());
    }
    append(
        new Effect(
            state.log.last() + 1,
            request.id(),
            evaluation.kind(),
            request.key(),
            evaluation.value(),
            evaluation.outcome(),
            evaluation.deadline()));
    if (puts && evictor.tooLarge(request.key(), evaluation.value())) {
      evictor.evictWritten(request.key());
    }
  }

  /** Appends an effect that no operation asked for. */
  void appendOwn(Effect.Kind kind, EntryKey key, long deadline) {
    append(new Effect(state.log.last() + 1, null, kind, key, null, OWN, deadline));
  }

  private void append(Effect effect) {
    state.append(effect);
    tail.added(effect);
    backlog.count();
  }

  /** Whether so much waits for its commit that nothing more is to be appended for now (I19). */
  boolean full() {
    EffectLog log = state.log;
    return log.last() - log.commit() >= state.settings.maxUncommitted()
        || log.bytesBetween(log.commit(), log.last()) >= MAX_UNCOMMITTED_BYTES
        || backlog.full();
  }

  /** Takes over an effect of an earlier primary that only another replica held. */
  void inherit(Effect effect) {
    state.append(effect);
    tail.added(effect);
  }

  /** A replica is not wanted any more. */
  void release(MemberId replica, long now) {
    answers.release(replica);
    flush(now);
  }

  AnswerRule answers() {
    return answers;
  }

  /** Whether no member that left the in-sync set can hold a lease any more. */
  boolean barrierOver() {
    return barrierOver;
  }

  /** Answers a scan that was put aside. */
  void scan(Request request, long now) {
    executor.scanNow(request, now);
  }

  /** Refuses a request that was put aside: it was not executed. */
  void refuse(Request request) {
    executor.refuse(request, AnswerStatus.NOT_PRIMARY);
  }

  /** Who listens, and what they are told. */
  ChangeFeed changes() {
    return changes;
  }

  TailIndex tail() {
    return tail;
  }

  long inherited() {
    return inherited;
  }

  @Override
  public void onMessage(MemberId from, PartitionMessage message, long now) {
    Follower follower = followers.get(from);
    if (follower == null) {
      return;
    }
    if (message instanceof Appended appended) {
      onAppended(follower, appended, now);
    } else if (message instanceof LearnerStatus status) {
      onStatus(follower, status, now);
    } else if (message instanceof ChunkReceived received) {
      onChunkReceived(follower, received, now);
    } else if (message instanceof PartitionMessage.Used used) {
      used.keys().forEach(state.store::hit);
    } else {
      answers.onMessage(follower, message, now);
    }
    flush(now);
  }

  void onRequest(Request request, long now) {
    executor.execute(request, now);
  }

  void onProcessed(ProcessorOutcome outcome, Reservation ran, long now) {
    executor.onProcessed(outcome, ran, now);
    flush(now);
  }

  private void onAppended(Follower follower, Appended appended, long now) {
    if (!follower.active || (!follower.inSync && appended.transfer() != follower.began)) {
      return;
    }
    if (!appended.resend() && !follower.synced) {
      follower.synced = true;
      follower.lastProgress = now;
    }
    if (appended.index() > follower.acknowledged) {
      follower.acknowledged = Math.min(appended.index(), state.log.last());
      follower.next = Math.max(follower.next, follower.acknowledged + 1); // were it sent again
      follower.lastProgress = now;
    }
    if (appended.resend()
        && now - follower.lastSent > state.settings.retransmit() / 8
        && (!follower.held() || now - follower.lastProgress > sender.granted(follower))
        && !sender.sendingLarge(follower)) {
      follower.sendAgain();
      follower.synced = false;
    }
    promoteIfReady(follower, now);
  }

  private void onStatus(Follower follower, LearnerStatus status, long now) {
    OutgoingTransfer transfer = follower.transfer;
    if (follower.counts() || (follower.active && follower.synced && status.complete())) {
      // A late word from before its promotion was proposed, or nothing new; unless it is the only
      // one that says that the last chunk came.
      if (!follower.counts() && transfer != null && transfer.id == status.transfer()) {
        follower.transfer = null;
        promoteIfReady(follower, now);
      }
      return;
    }
    boolean outdated =
        status.transfer() < follower.offered
            && (!status.complete() || status.commit() < follower.offeredStart);
    if (outdated && transfer != null) {
      sendChunkAskedFor(follower, now);
      return;
    }
    boolean tailIsEnough = !outdated && state.log.retains(status.commit() + 1);
    boolean goesOn =
        tailIsEnough
            && (status.complete() || (transfer != null && transfer.id == status.transfer()));
    if (goesOn && follower.active && sender.sendingLarge(follower)) {
      return; // what it waits for is on its way
    }
    if (status.complete() && tailIsEnough) {
      follower.transfer = null;
      follower.restart(status.transfer(), status.commit(), now);
      return;
    }
    if (transfer != null && transfer.id == status.transfer() && tailIsEnough) {
      follower.restart(transfer.id, status.commit(), now);
    } else if (transfer == null || transfer.id == status.transfer() || transfer.begun()) {
      if (status.commit() > state.log.commit()) {
        return; // a new primary still has to commit what it inherited: the learner asks again
      }
      // Effects follow once the learner has begun: what it acknowledges before belongs to the log
      // that it is about to give up.
      follower.transfer = new OutgoingTransfer((state.epoch() << 20) + ++transfers, state);
      follower.active = false;
      sendChunk(follower, now); // whatever else is on its way, no chunk of this transfer is
      return;
    }
    sendChunkAskedFor(follower, now);
  }

  /** Sends the chunk that a learner still waits for, unless that may be on its way. */
  private void sendChunkAskedFor(Follower follower, long now) {
    if (!sender.sendingLarge(follower)) {
      sendChunk(follower, now);
    }
  }

  private void onChunkReceived(Follower follower, ChunkReceived received, long now) {
    OutgoingTransfer transfer = follower.transfer;
    if (transfer == null || transfer.id != received.transfer()) {
      return;
    }
    follower.lastProgress = now;
    if (transfer.received(state, received.chunk())) {
      sendChunk(follower, now);
    }
    if (!follower.active && transfer.begun()) {
      follower.restart(transfer.id, transfer.start, now);
    }
    promoteIfReady(follower, now);
  }

  private void sendChunk(Follower follower, long now) {
    follower.chunkDue = !state.authority.mayTransfer(follower.transfer.chunkBytes(), now);
    PartitionMessage chunk = follower.chunkDue ? null : follower.transfer.chunk(state, now);
    if (chunk != null) {
      follower.offered = follower.transfer.id;
      follower.offeredStart = follower.transfer.start;
      state.send(follower.member, chunk);
    }
  }

  private void promoteIfReady(Follower follower, long now) {
    if (follower.inSync || !follower.active || !follower.synced) {
      return;
    }
    boolean transferred = follower.transfer == null || follower.transfer.done();
    // What was inherited may have been committed by an earlier primary, without this one's
    // knowledge.
    long mayBeCommitted = Math.max(state.log.commit(), inherited);
    if (!follower.binding
        && !state.rules.learnerReady(transferred, follower.acknowledged, mayBeCommitted)) {
      return;
    }
    if (!follower.binding || now - follower.promotionProposed > 4 * state.settings.retransmit()) {
      if (!follower.binding) {
        follower.binding = state.rules.promotionBinds();
        follower.promotionProposed = now - 5 * state.settings.retransmit(); // not yet
      }
      if (!answers.mayPropose(follower)) {
        return; // it binds already, and will be told what it has to know
      }
      follower.promotionProposed = now;
      state.output.proposePromotion(state.number, state.epoch(), follower.member);
    }
  }

  /** Sends what was appended, and commits what can be. */
  void flush(long now) {
    do {
      backlog.count();
      for (Follower follower : followers.values()) {
        sender.pump(follower, now);
      }
      commit(now);
      answers.flush(now);
      changes.flush(now);
    } while (executor.resumeReads(now));
  }

  private void commit(long now) {
    EffectLog log = state.log;
    long target = log.last();
    for (Follower follower : followers.values()) {
      if (follower.counts()) {
        target = Math.min(target, follower.acknowledged);
      }
    }
    if (target <= log.commit() && barrierOver) {
      return;
    }
    if (!barrierOver) {
      barrierOver =
          !state.rules.barrierBlocksCommit()
              || state.authority.barrierOver(state.assignment.revoked());
      if (!barrierOver) {
        return;
      }
      state.output.barrierPassed(state.number, state.epoch());
    }
    if (target <= log.commit()
        || (state.rules.commitNeedsLease() && !state.authority.leaseValid())) {
      return;
    }
    state.commitTo(target, this::committed);
    trim();
    for (Follower follower : followers.values()) {
      promoteIfReady(follower, now);
    }
  }

  /** Evicts entries of a cache, some of them in this step. */
  void evict(int cache, long entries, long bytes, long now) {
    if (answers.accepts()) {
      evictor.evict(cache, entries, bytes);
      flush(now);
    }
  }

  /** Whether code runs on an entry. */
  boolean busy() {
    return executor.busy();
  }

  private void committed(Effect effect) {
    tail.committed(effect);
    answers.committed(effect);
  }

  /** Answers the caller of an effect. */
  void answer(Effect effect) {
    answer(effect.operation(), effect.outcome(), effect.changesEntry() ? effect.index() : 0);
  }

  /**
   * Answers the caller of an operation that is done.
   *
   * @param index of its effect, for a caller who waits for its own listeners; 0 if there is nothing
   *     to wait for
   */
  void answer(OperationId operation, Outcome outcome, long index) {
    AnswerStatus status =
        outcome == null
            ? AnswerStatus.FORGOTTEN
            : outcome.changed() ? AnswerStatus.DONE : AnswerStatus.UNCHANGED;
    state.send(
        operation.client(),
        new Answer(
            state.number, operation, 0, status, outcome == null ? null : outcome.value(), index));
  }

  private void trim() {
    long commit = state.log.commit();
    long needed = commit + 1;
    for (Follower follower : followers.values()) {
      long needs = follower.inSync ? needed : Math.min(needed, follower.needs());
      if (commit - needs < MAX_LEARNER_LAG && state.log.bytes() < MAX_LOG_BYTES) {
        needed = needs;
      }
    }
    state.log.trim(needed);
  }

  @Override
  public void onTick(long now) {
    PartitionSettings settings = state.settings;
    for (Follower follower : followers.values()) {
      boolean sendingLarge = sender.sendingLarge(follower);
      if (sendingLarge) {
        follower.lastProgress = now;
      }
      boolean overdue =
          follower.offered > 0
              && follower.transfer != null
              && follower.transfer.overdue(state, sendingLarge, now);
      if (overdue || (follower.chunkDue && follower.transfer != null)) {
        sendChunk(follower, now);
      }
      if (!follower.active) {
        continue;
      }
      long silent = now - Math.max(follower.lastProgress, follower.lastSent);
      long granted = sender.granted(follower);
      if (follower.outstanding() && silent > settings.retransmit() + granted) {
        follower.sendAgain();
        follower.commitSent = -1;
      } else {
        sender.tellCommit(follower, now);
      }
      promoteIfReady(follower, now);
      if (follower.inSync
          && follower.outstanding()
          && now - follower.lastProgress > settings.silenceLimit() + granted) {
        follower.lastProgress = now;
        // Who has no lease commits nothing, and may be the one that hears nobody: it must not make
        // itself the only copy.
        if (state.authority.leaseValid()) {
          state.output.proposeShrink(state.number, state.epoch(), follower.member, true);
        }
      }
    }
    executor.onTick(now);
    if (barrierOver && state.authority.leaseValid() && answers.accepts()) {
      sweeper.sweep(executor::reserved, now);
    }
    answers.onTick(now);
    changes.onTick(now);
    flush(now);
  }

  @Override
  public boolean waiting() {
    if (!barrierOver
        || state.log.last() > state.log.commit()
        || executor.busy()
        || sweeper.waiting()
        || answers.waiting()
        || changes.waiting()) {
      return true;
    }
    for (Follower follower : followers.values()) {
      if (follower.outstanding() || !follower.inSync || follower.commitSent < state.log.commit()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean inSync() {
    return true;
  }
}
