package io.henge.replication.node;

import io.henge.replication.insight.WhatIf;
import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * How much the partitions hold, as seen from here: counted where this member has a copy, the mean
 * of those in the same group elsewhere. Bytes are those of keys and values, from a sample. One use;
 * not thread-safe.
 */
final class LocalSizes implements WhatIf.Sizes {

  private static final int SAMPLE = 100;

  private record Size(long entries, long bytes) {}

  private final ClusterState state;
  private final DataPlane data;
  private final Map<Integer, Size> means = new HashMap<>();

  LocalSizes(ClusterState state, DataPlane data) {
    this.state = state;
    this.data = data;
  }

  @Override
  public long entries(int partition) {
    return size(partition).entries();
  }

  @Override
  public long bytes(int partition) {
    return size(partition).bytes();
  }

  private Size size(int partition) {
    Size counted = count(partition);
    return counted != null
        ? counted
        : means.computeIfAbsent(partition / state.partitionsPerGroup(), this::mean);
  }

  private Size mean(int group) {
    long copies = 0;
    long entries = 0;
    long bytes = 0;
    for (int i = 0; i < state.partitionsPerGroup(); i++) {
      Size counted = count(group * state.partitionsPerGroup() + i);
      if (counted != null) {
        copies++;
        entries += counted.entries();
        bytes += counted.bytes();
      }
    }
    return copies == 0 ? new Size(0, 0) : new Size(entries / copies, bytes / copies);
  }

  /** Null if this member has no copy that may answer. */
  private Size count(int partition) {
    PartitionReplica replica = data.replica(partition);
    if (replica == null || !replica.serves()) {
      return null;
    }
    long entries = 0;
    for (CacheDefinition cache : state.caches().values()) {
      if (cache.group() == partition / state.partitionsPerGroup()) {
        entries += replica.store().size(cache.id());
      }
    }
    long sampled = 0;
    long bytes = 0;
    Iterator<Map.Entry<EntryKey, StoredValue>> some = replica.store().entries();
    while (sampled < SAMPLE && some.hasNext()) {
      Map.Entry<EntryKey, StoredValue> entry = some.next();
      sampled++;
      bytes += entry.getKey().bytes().length + entry.getValue().value().length;
    }
    return new Size(entries, sampled == 0 ? 0 : bytes * entries / sampled);
  }
}
