package io.henge.replication.partition;

import io.henge.replication.store.PartitionStore;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a replica holds in every role: map, log, remembered results, and its assignment. */
final class ReplicaState {

  final int number;
  final MemberId self;
  final ReplicationMode mode;
  final PartitionSettings settings;
  final PartitionRules rules;
  final PartitionAuthority authority;
  final PartitionOutput output;
  final PartitionStore store = new PartitionStore();
  final PartitionClock clock = new PartitionClock();
  final EffectLog log;
  final LaneTable lanes;
  final ChangeLog changes;

  /** What is kept for a new primary of an asynchronous partition. */
  final Survivor survivor = new Survivor(this);

  /** The epoch in which this primary of an asynchronous partition began to answer, otherwise 0. */
  volatile long answering;

  /** Processors that run now, each with the reservation it was started for. */
  final Map<OperationId, Reservation> running = new HashMap<>();

  /** Counts the reservations given out on uncommitted values. */
  int tickets;

  PartitionAssignment assignment = PartitionAssignment.none();

  /**
   * Whether the map holds everything up to the commit index; false while a transfer is coming in.
   */
  boolean complete;

  ReplicaState(
      int number,
      MemberId self,
      ReplicationMode mode,
      PartitionSettings settings,
      PartitionRules rules,
      PartitionAuthority authority,
      PartitionOutput output) {
    this.number = number;
    this.self = self;
    this.mode = mode;
    this.settings = settings;
    this.rules = rules;
    this.authority = authority;
    this.output = output;
    this.log = new EffectLog(settings.retainedEffects(), settings.retainedBytes());
    this.lanes = new LaneTable(settings.resultBytes());
    this.changes = new ChangeLog(settings);
  }

  boolean asynchronous() {
    return mode instanceof ReplicationMode.Async;
  }

  long epoch() {
    return assignment.epoch();
  }

  /** Appends an effect and marks its key, before anything is acknowledged. */
  void append(Effect effect) {
    log.append(effect);
    switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE, EVICT -> store.mark(effect.key());
      case CLEAR -> store.markAll();
      case NONE, TOUCH -> {}
    }
  }

  /** Cuts the uncommitted effects above {@code index}. */
  void cut(long index) {
    for (Effect effect : log.cut(index)) {
      unmark(effect);
    }
  }

  /** Applies effects up to {@code index} to the map, in order; calls {@code each} after each. */
  void commitTo(long index, Consumer<Effect> each) {
    while (log.commit() < index) {
      Effect effect = log.commitNext();
      boolean dropped = authority.cacheDropped(effect.key().cache());
      StoredValue before =
          complete && !dropped && changes.active() && changes.notes(effect)
              ? store.committed(effect.key())
              : null;
      switch (effect.kind()) {
        case EXPIRE -> store.expire(effect.key(), effect.index());
        case EVICT -> store.evict(effect.key(), effect.index());
        case PUT, REMOVE ->
            store.apply(
                effect.key(), dropped ? null : effect.value(), effect.index(), effect.deadline());
        case TOUCH -> store.touch(effect.key(), effect.index(), effect.deadline());
        case CLEAR -> store.clearCache(effect.key().cache(), effect.index());
        case NONE -> {}
      }
      if (effect.operation() != null) {
        lanes.record(new LaneRecord(effect.operation(), effect.index(), effect.outcome()));
      }
      unmark(effect);
      if (before != null) {
        changes.committed(effect, before);
      }
      each.accept(effect);
    }
  }

  /** Forgets all data; the log goes on after {@code start}. */
  void reset(long start, boolean completeNow) {
    store.reset();
    log.reset(start);
    lanes.reset();
    complete = completeNow;
    store.keepTombstones(!completeNow);
    changes.restart(start);
  }

  /** The map holds everything up to the commit index from now on. */
  void completed() {
    complete = true;
    store.keepTombstones(false);
    changes.restart(log.commit());
  }

  void send(MemberId to, PartitionMessage message) {
    output.send(to, message);
  }

  private void unmark(Effect effect) {
    switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE, EVICT -> store.unmark(effect.key());
      case CLEAR -> store.unmarkAll();
      case NONE, TOUCH -> {}
    }
  }
}
