package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.AboutChanges;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.AnswerLimit;
import io.henge.replication.partition.PartitionMessage.BetweenReplicas;
import io.henge.replication.partition.PartitionMessage.ChangesTaken;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionMessage.TailWanted;
import io.henge.replication.store.CacheUsage;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.PartitionStore;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * This member's replica of one partition, whatever its role. Pure; steps by one thread at a time,
 * {@link #read}, {@link #answerRead} and {@link #serves} by any.
 *
 * <p>Legal changes of role follow the assignment only: none to learner, learner to backup
 * (promoted), backup to primary (takeover or transfer), primary to backup (transfer), any to
 * learner (suspended, shrunk), any to none. A learner or an incomplete copy that is made primary is
 * a bug and stops here.
 */
public final class PartitionReplica {

  /** Frames of an epoch that this member has not applied yet wait here; more are sent again. */
  private static final int MAX_EARLY_FRAMES = 16;

  /** Partitions begin at indices that lie apart, so that an index is never used twice. */
  private static final int ORIGIN_SHIFT = 38;

  private final ReplicaState state;
  private final IncomingTransfer transfer = new IncomingTransfer();
  private final Deque<Early> early = new ArrayDeque<>();
  private Role role = new NoRole();
  private long origin = -1;
  private long servings;

  /** Numbers the times in which this copy is in sync without a break; 0 while it is not. */
  private volatile long serving;

  private record Early(MemberId from, PartitionMessage message) {}

  /** Creates a replica of a synchronous partition, without a role. */
  public PartitionReplica(
      int number,
      MemberId self,
      PartitionSettings settings,
      PartitionRules rules,
      PartitionAuthority authority,
      PartitionOutput output) {
    this(number, self, ReplicationMode.SYNC, settings, rules, authority, output);
  }

  /** Creates a replica without a role. */
  public PartitionReplica(
      int number,
      MemberId self,
      ReplicationMode mode,
      PartitionSettings settings,
      PartitionRules rules,
      PartitionAuthority authority,
      PartitionOutput output) {
    this.state = new ReplicaState(number, self, mode, settings, rules, authority, output);
  }

  /** Follows the metadata log; called for each applied slot that changes the assignment. */
  public void onAssignment(PartitionAssignment next, long now) {
    PartitionAssignment before = state.assignment;
    if (next.equals(before)) {
      return;
    }
    boolean newEpoch = next.epoch() != before.epoch();
    boolean newOrigin = next.holds(state.self) && next.origin() != origin;
    if (newOrigin || !next.inSync().contains(state.self)) {
      serving = 0; // before anything is forgotten: nobody must read that as absent
    }
    state.assignment = next;
    if (newOrigin) {
      beginAt(next);
    }
    changeRole(next, newEpoch, now);
    if (serving == 0 && role.inSync()) {
      serving = ++servings;
    }
    replayEarly(now);
  }

  /**
   * What was left of the cluster was founded again; {@link #onAssignment} is to follow in the same
   * step. Both clusters number their epochs on from the same slot, so frames of the former one that
   * wait for their epoch must not meet one of this one.
   */
  public void onFoundedAgain() {
    early.clear();
  }

  /** Tells that members or caches changed: lanes of members that are gone are forgotten. */
  public void onMembersChanged(long now) {
    state.lanes.retain(state.authority::memberKnown);
    state.changes.retain(state.authority::memberKnown);
    if (role instanceof PrimaryRole primary) {
      primary.changes().retainListeners();
      primary.reassigned(false, now);
    }
  }

  /** Drops the entries of a cache that was destroyed. */
  public void onCacheDropped(int cache) {
    state.store.dropCache(cache);
    if (role instanceof PrimaryRole primary) {
      primary.tail().usage().forget(cache);
    }
  }

  /** Transfers of the whole map that this copy has begun to receive; any thread may ask. */
  public int transfersReceived() {
    return transfer.count();
  }

  private void beginAt(PartitionAssignment next) {
    leaveRole(); // what it knows is about data that is void
    origin = next.origin();
    transfer.begin(0);
    state.survivor.forget();
    boolean fromTheStart = next.inSync().contains(state.self);
    state.reset(origin << ORIGIN_SHIFT, fromTheStart);
    state.clock.reset();
  }

  private void leaveRole() {
    if (role instanceof PrimaryRole primary) {
      primary.deposed();
    }
    role = new NoRole();
  }

  private void changeRole(PartitionAssignment next, boolean newEpoch, long now) {
    MemberId self = state.self;
    if (self.equals(next.primary())) {
      if (role instanceof PrimaryRole primary) {
        primary.reassigned(newEpoch, now);
      } else {
        PrimaryRole primary = new PrimaryRole(state, now);
        role = primary;
        primary.flush(now);
      }
      return;
    }
    if (next.inSync().contains(self)) {
      if (newEpoch || !(role instanceof BackupRole)) {
        leaveRole();
        role = new BackupRole(state, now);
      }
    } else if (next.learners().contains(self)) {
      if (newEpoch || !(role instanceof LearnerRole)) {
        leaveRole();
        state.cut(state.log.commit());
        role = new LearnerRole(state, transfer, now);
      }
    } else if (!(role instanceof NoRole)) {
      leaveRole();
      state.survivor.forget();
      origin = -1;
      state.reset(0, false);
    }
  }

  /** Handles a message from a replica or a caller. */
  public void onMessage(MemberId from, PartitionMessage message, long now) {
    if (message instanceof Request request) {
      onRequest(request, now);
      flush(now);
      return;
    }
    if (message instanceof AboutChanges word) {
      onListener(from, word, now);
      return;
    }
    if (!(message instanceof BetweenReplicas between)) {
      throw new IllegalArgumentException("not a message to replicas: " + message);
    }
    if (between.epoch() > state.epoch()) {
      if (early.size() < MAX_EARLY_FRAMES) {
        early.addLast(new Early(from, message));
      }
    } else if (state.rules.epochMatches(between.epoch(), state.epoch())) {
      if (message instanceof AnswerLimit limit) {
        state.survivor.onLimit(from, limit);
      } else if (message instanceof TailWanted wanted) {
        state.survivor.onTailWanted(from, wanted);
      } else {
        role.onMessage(from, message, now);
      }
    }
  }

  /** A member that listens says so: every replica notes changes then, the primary tells them. */
  private void onListener(MemberId from, AboutChanges word, long now) {
    if (!state.authority.memberKnown(from)) {
      return;
    }
    if (word instanceof ChangesWanted wanted) {
      // Also before the slot that makes this a replica is applied here: it is said only once.
      state.changes.interest(from, wanted, state.log.commit(), now);
      if (role instanceof PrimaryRole primary) {
        primary.changes().onWanted(from, wanted, now);
      }
    } else if (word instanceof ChangesTaken taken && role instanceof PrimaryRole primary) {
      primary.changes().onTaken(from, taken, now);
    }
  }

  /** Handles one of several requests; {@link #flush} must follow the last one. */
  public void onRequest(Request request, long now) {
    Answer answer = answerRead(request);
    if (answer != null) {
      state.send(request.id().client(), answer);
    } else if (role instanceof PrimaryRole primary) {
      primary.onRequest(request, now);
    } else if (!forward(request)) {
      state.send(
          request.id().client(),
          new Answer(
              state.number, request.id(), request.attempt(), AnswerStatus.NOT_PRIMARY, null, 0));
    }
  }

  /**
   * When in doubt a copy passes a read on to the primary, which answers the caller (PROTOCOL 4.7).
   */
  private boolean forward(Request request) {
    boolean holds = role instanceof BackupRole || role instanceof LearnerRole;
    if (!holds
        || state.assignment.primary() == null
        || !(request.operation() instanceof Operation.Get get)
        || get.access() != Lifetimes.UNCHANGED
        || !get.forwardable()) {
      return false;
    }
    state.send(
        state.assignment.primary(),
        new Request(
            request.partition(),
            request.id(),
            request.attempt(),
            request.key(),
            new Operation.Get(get.access(), false)));
    return true;
  }

  /** Sends and commits what the requests before appended. */
  public void flush(long now) {
    if (role instanceof PrimaryRole primary) {
      primary.flush(now);
    }
  }

  /** A processor that {@link PartitionOutput#runProcessor} started has ended. */
  public void onProcessed(ProcessorOutcome outcome, long now) {
    Reservation ran = state.running.remove(outcome.id());
    if (role instanceof PrimaryRole primary) {
      primary.onProcessed(outcome, ran, now);
    }
  }

  /** Lets time pass; also to be called when the lease was extended or a barrier passed. */
  public void onTick(long now) {
    if (state.changes.active()) {
      state.changes.lapse(now);
    }
    role.onTick(now);
  }

  /** Whether {@link #onTick} has something to wait for; otherwise it need not be called. */
  public boolean waiting() {
    return role.waiting();
  }

  /**
   * Reads the local copy; any thread, no lock. The value is read first, the lease is checked after
   * it (PROTOCOL 4.3), and last that this copy was in sync all the while: a reader that was paused
   * between must not take a lease that was renewed later, on a later slot, for one from then.
   *
   * @return the committed value, or null if it must be asked at the primary
   */
  public StoredValue read(EntryKey key) {
    return read(key, state.rules.pendingBlocksLocalRead(), true);
  }

  private StoredValue read(EntryKey key, boolean pendingBlocks, boolean leaseNeeded) {
    long during = serving;
    long answering = state.answering;
    if (during == 0 || (answering == 0 && state.asynchronous())) {
      return null;
    }
    StoredValue value = state.store.read(key);
    if (value == null && !pendingBlocks) {
      value = state.store.committed(key);
    }
    if (value != null && value.deadline() != StoredValue.NEVER && nearlyExpired(value)) {
      value = state.rules.expiryNeedsEffect() ? null : StoredValue.ABSENT;
    }
    boolean leased = state.authority.leaseValid() || !leaseNeeded;
    return leased && serving == during && state.answering == answering ? value : null;
  }

  /**
   * Answers a caller's read from this copy under the rule of {@link #read}; any thread, no lock.
   *
   * @return null if it takes a step to answer: {@link #onRequest}
   */
  public Answer answerRead(Request request) {
    if (!(request.operation() instanceof Operation.Get get)
        || get.access() != Lifetimes.UNCHANGED
        || !state.authority.memberKnown(request.id().client())) {
      return null;
    }
    StoredValue value =
        read(
            request.key(),
            state.rules.pendingBlocksRemoteRead(),
            state.rules.remoteReadNeedsLease());
    if (value == null || !state.authority.cacheExists(request.key().cache())) {
      return null; // asked after the value was read: a cache that was dropped has no absent keys
    }
    return new Answer(
        state.number,
        request.id(),
        request.attempt(),
        value.present() ? AnswerStatus.DONE : AnswerStatus.UNCHANGED,
        value.value(),
        value.version());
  }

  /**
   * Reads the local copy as it is, with no regard to leases or to what is under way; any thread, no
   * lock. For callers who asked for reads that may be old (DESIGN section 1).
   *
   * @return what was committed here last, or null if this copy is not in sync as far as it knows
   */
  public StoredValue readStale(EntryKey key) {
    long during = serving;
    if (during == 0) {
      return null;
    }
    StoredValue value = state.store.committed(key);
    if (value.expiredAt(state.clock.time(state.authority.now()))) {
      value = StoredValue.ABSENT;
    }
    return serving == during ? value : null;
  }

  /**
   * Everything up to this index was answered, or may be; -1 if this is no primary, or one that may
   * not answer yet. For checks from outside.
   */
  public long answeredIndex() {
    return role instanceof PrimaryRole primary ? primary.answers().answeredIndex() : -1;
  }

  /** When this partition acknowledges writes. */
  public ReplicationMode mode() {
    return state.mode;
  }

  /** Only the primary lets entries expire, and its clock may be a little ahead (PROTOCOL 4.7). */
  private boolean nearlyExpired(StoredValue value) {
    long ahead = state.rules.expiryNeedsEffect() ? state.settings.retransmit() : 0;
    return value.expiredAt(state.clock.time(state.authority.now()) + ahead);
  }

  /** Whether this copy is in sync as of the last applied slot; any thread. */
  public boolean serves() {
    return serving != 0;
  }

  /** The assignment that it follows. */
  public PartitionAssignment assignment() {
    return state.assignment;
  }

  /** The committed entries. */
  public PartitionStore store() {
    return state.store;
  }

  /** Index of the last effect in the log. */
  public long lastIndex() {
    return state.log.last();
  }

  /** Index of the last committed effect. */
  public long commitIndex() {
    return state.log.commit();
  }

  /** The effect at an index, or null if it is not retained; for checks from outside. */
  public Effect effect(long index) {
    return index <= state.log.last() && state.log.retains(index) ? state.log.get(index) : null;
  }

  /**
   * What a cache's entries take when everything in the log is applied; null if this member is not
   * the primary.
   */
  public CacheUsage primaryUsage(int cache) {
    return role instanceof PrimaryRole primary ? primary.tail().usage().of(cache) : null;
  }

  /**
   * Evicts entries of a cache until a number of entries and of bytes have gone, some of them in
   * this step; does nothing if this member is not the primary.
   */
  public void evict(int cache, long entries, long bytes, long now) {
    if (role instanceof PrimaryRole primary) {
      primary.evict(cache, entries, bytes, now);
    }
  }

  /**
   * Proposes that a replica goes, as soon as nothing is needed of it; does nothing if this member
   * is not the primary of that epoch.
   */
  public void release(long epoch, MemberId replica, long now) {
    if (role instanceof PrimaryRole primary && epoch == state.epoch()) {
      primary.release(replica, now);
    }
  }

  /** Whether code runs on an entry, or a read waits for one to leave; for checks from outside. */
  public boolean waitsForCode() {
    return role instanceof PrimaryRole primary && primary.busy();
  }

  /** The partition's time, in which deadlines are, as this replica knows it. */
  public long partitionTime() {
    return state.clock.time(state.authority.now());
  }

  /** Whether this copy holds everything up to its commit index. */
  public boolean complete() {
    return state.complete;
  }

  private void replayEarly(long now) {
    int count = early.size();
    for (int i = 0; i < count; i++) {
      Early frame = early.removeFirst();
      onMessage(frame.from(), frame.message(), now);
    }
  }
}
