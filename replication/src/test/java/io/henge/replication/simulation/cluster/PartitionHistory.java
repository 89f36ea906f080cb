package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.Change;
import io.henge.replication.partition.Effect;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was committed in one partition since it began empty, as the simulator knows it. */
final class PartitionHistory {

  private final long start;
  private long committed;
  private final Map<Long, Effect> effects = new HashMap<>();
  private final Map<Long, Long> epochs = new HashMap<>();
  private final Map<OperationId, Long> operations = new HashMap<>();
  private final Map<Long, MemberId> appenders = new HashMap<>();
  private final Map<EntryKey, NavigableMap<Long, Effect>> versions = new HashMap<>();
  private final NavigableMap<Long, Effect> clears = new TreeMap<>();
  private final Map<Integer, Long> lastChanges = new HashMap<>();

  PartitionHistory(long start) {
    this.start = start;
    this.committed = start;
  }

  /** The index before the first effect. */
  long start() {
    return start;
  }

  /** Index of the last committed effect. */
  long committed() {
    return committed;
  }

  /** The committed effect at an index. */
  Effect effect(long index) {
    return effects.get(index);
  }

  /** Index of an operation's effect, or null. */
  Long indexOf(OperationId operation) {
    return operations.get(operation);
  }

  /** Who appended first in an epoch; the caller is noted if it is the first. */
  MemberId appender(long epoch, MemberId member) {
    return appenders.computeIfAbsent(epoch, absent -> member);
  }

  /** The epoch in which an effect was committed. */
  long epochOf(long index) {
    return epochs.get(index);
  }

  /** Notes the next committed effect. */
  void commit(Effect effect, long epoch) {
    if (effect.index() != committed + 1) {
      throw new RuleBroken("I10", "committed " + effect.index() + " after " + committed);
    }
    committed++;
    effects.put(committed, effect);
    epochs.put(committed, epoch);
    Long before = effect.operation() == null ? null : operations.put(effect.operation(), committed);
    if (before != null) {
      throw new RuleBroken(
          "I15", effect.operation() + " took effect at " + before + " and again at " + committed);
    }
    switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE -> {
        versionsOf(effect.key()).put(committed, effect);
        lastChanges.put(effect.key().cache(), committed);
      }
      case EVICT, TOUCH -> versionsOf(effect.key()).put(committed, effect);
      case CLEAR -> clears.put(committed, effect);
      case NONE -> {}
    }
  }

  /** The part of it that was committed in epochs up to this one. */
  PartitionHistory upToEpoch(long epoch) {
    PartitionHistory part = new PartitionHistory(start);
    appenders.forEach(
        (each, appender) -> {
          if (each <= epoch) {
            part.appenders.put(each, appender);
          }
        });
    while (part.committed < committed && epochs.get(part.committed + 1) <= epoch) {
      part.commit(effects.get(part.committed + 1), epochs.get(part.committed + 1));
    }
    return part;
  }

  /** Goes on as another one did, up to an index. */
  void goOn(PartitionHistory other, long upTo) {
    while (committed < Math.min(upTo, other.committed)) {
      commit(other.effects.get(committed + 1), other.epochs.get(committed + 1));
    }
  }

  private NavigableMap<Long, Effect> versionsOf(EntryKey key) {
    return versions.computeIfAbsent(key, absent -> new TreeMap<>());
  }

  /** Index of the last effect of a cache that members who listen are told of; -1 if none. */
  long lastChange(int cache) {
    return lastChanges.getOrDefault(cache, -1L);
  }

  /** What members that listen are to be told, by index. */
  SortedMap<Long, Change> changes() {
    SortedMap<Long, Change> changes = new TreeMap<>();
    Map<EntryKey, byte[]> values = new HashMap<>();
    for (long index = start + 1; index <= committed; index++) {
      Effect effect = effects.get(index);
      byte[] before = values.get(effect.key());
      Change.Kind kind =
          switch (effect.kind()) {
            case PUT -> before == null ? Change.Kind.CREATED : Change.Kind.UPDATED;
            case REMOVE -> before == null ? null : Change.Kind.REMOVED;
            case EXPIRE -> before == null ? null : Change.Kind.EXPIRED;
            case NONE, TOUCH, CLEAR, EVICT -> null;
          };
      switch (effect.kind()) {
        case PUT -> values.put(effect.key(), effect.value());
        case REMOVE, EXPIRE, EVICT -> values.remove(effect.key());
        case CLEAR -> values.keySet().removeIf(key -> key.cache() == effect.key().cache());
        case NONE, TOUCH -> {}
      }
      if (kind != null) {
        changes.put(index, new Change(index, kind, effect.key(), before, effect.value(), false));
      }
    }
    return changes;
  }

  /** The entries after an index, as committed. */
  Map<EntryKey, StoredValue> entriesAt(long index) {
    Map<EntryKey, StoredValue> entries = new HashMap<>();
    versions.forEach(
        (key, changes) -> {
          Effect touch = null;
          for (Effect effect : changes.headMap(index, true).descendingMap().values()) {
            if (effect.kind() != Effect.Kind.TOUCH) {
              if (effect.kind() == Effect.Kind.PUT
                  && !clearedBetween(key.cache(), effect.index(), index)) {
                Effect newest = touch == null ? effect : touch;
                entries.put(
                    key, new StoredValue(effect.value(), newest.index(), newest.deadline()));
              }
              return;
            }
            touch = touch == null ? effect : touch;
          }
        });
    return entries;
  }

  private boolean clearedBetween(int cache, long after, long upTo) {
    return clears.subMap(after, false, upTo, true).values().stream()
        .anyMatch(effect -> effect.key().cache() == cache);
  }

  /** Whether two effects are the same in everything but their arrays' identity. */
  static boolean same(Effect one, Effect other) {
    return one.index() == other.index()
        && Objects.equals(one.operation(), other.operation())
        && one.kind() == other.kind()
        && one.key().equals(other.key())
        && Arrays.equals(one.value(), other.value())
        && one.deadline() == other.deadline()
        && one.outcome().changed() == other.outcome().changed()
        && Arrays.equals(one.outcome().value(), other.outcome().value());
  }
}
