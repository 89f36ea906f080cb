package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.store.PartitionStore;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The primary's index over its uncommitted tail: the newest effect of each key, cache and lane.
 * Operations are evaluated against this head, so that a hot key pipelines (PROTOCOL 4.5, rule 2).
 */
final class TailIndex {

  private record Lane(MemberId client, int lane) {}

  private final PartitionStore store;
  private final Map<EntryKey, StoredValue> heads = new HashMap<>();
  private final Map<Integer, Long> clears = new HashMap<>();
  private final Map<Lane, Effect> lanes = new HashMap<>();
  private final HeadUsage usage;

  TailIndex(EffectLog log, PartitionStore store, IntFunction<MemoryShare> shares) {
    this.store = store;
    this.usage = new HeadUsage(shares, store::usage);
    store.caches().forEach(usage::begin);
    for (long i = log.commit() + 1; i <= log.last(); i++) {
      added(log.get(i));
    }
  }

  void added(Effect effect) {
    usage.added(effect, head(effect.key()));
    switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE, EVICT ->
          heads.put(
              effect.key(), new StoredValue(effect.value(), effect.index(), effect.deadline()));
      case TOUCH -> touched(effect, head(effect.key()));
      case CLEAR -> clears.put(effect.key().cache(), effect.index());
      case NONE -> {}
    }
    if (effect.operation() != null) {
      lanes.put(lane(effect.operation()), effect);
    }
  }

  void committed(Effect effect) {
    switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE, EVICT, TOUCH -> forgetHead(effect);
      case CLEAR -> clears.remove(effect.key().cache(), effect.index());
      case NONE -> {}
    }
    if (effect.operation() != null) {
      lanes.remove(lane(effect.operation()), effect);
    }
  }

  /** What each cache takes when everything in the log is applied. */
  HeadUsage usage() {
    return usage;
  }

  /** The newest uncommitted operation of the lane, or null. */
  Effect newestOf(OperationId operation) {
    return lanes.get(lane(operation));
  }

  /** Index of the newest uncommitted effect on the key, 0 if none. */
  long newestOn(EntryKey key) {
    StoredValue head = heads.get(key);
    return Math.max(head == null ? 0 : head.version(), clears.getOrDefault(key.cache(), 0L));
  }

  /** The entry's state when everything in the log is applied. */
  StoredValue head(EntryKey key) {
    StoredValue head = heads.get(key);
    long clear = clears.getOrDefault(key.cache(), 0L);
    if (head == null && clear == 0) {
      return store.committed(key);
    }
    return head != null && head.version() > clear ? head : new StoredValue(null, clear);
  }

  private void touched(Effect effect, StoredValue head) {
    if (head.present()) {
      heads.put(effect.key(), new StoredValue(head.value(), effect.index(), effect.deadline()));
    }
  }

  private void forgetHead(Effect effect) {
    StoredValue head = heads.get(effect.key());
    if (head != null && head.version() == effect.index()) {
      heads.remove(effect.key());
    }
  }

  private static Lane lane(OperationId operation) {
    return new Lane(operation.client(), operation.lane());
  }
}
