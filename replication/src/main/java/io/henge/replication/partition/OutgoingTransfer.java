package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.partition.PartitionMessage.SnapshotEntry;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A transfer of the map to one learner, chunk by chunk, one in flight. */
final class OutgoingTransfer {

  /** What a learner is granted to take a byte in, beyond the usual time. */
  private static final long NANOS_PER_BYTE = 50;

  final long id;
  final long start;
  private final Iterator<Map.Entry<EntryKey, StoredValue>> entries;
  private Iterator<LaneRecord> results;
  private SnapshotChunk current;
  private boolean done;
  private long sentAt;

  /** Bytes of the chunk in flight. */
  private long bytes;

  OutgoingTransfer(long id, ReplicaState state) {
    this.id = id;
    this.start = state.log.commit();
    this.entries = state.store.entries();
    next(state, 0);
  }

  /** Whether the last chunk was acknowledged. */
  boolean done() {
    return done;
  }

  /** Whether the learner has acknowledged the first chunk: its log begins at {@link #start}. */
  boolean begun() {
    return done || current.chunk() > 0;
  }

  /** About how many bytes {@link #chunk} has; 0 when done. */
  int chunkBytes() {
    return done ? 0 : (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /** The chunk to send, stamped with the present epoch; null when done. */
  SnapshotChunk chunk(ReplicaState state, long now) {
    if (done) {
      return null;
    }
    sentAt = now;
    return new SnapshotChunk(
        state.number,
        state.epoch(),
        id,
        start,
        current.chunk(),
        current.entries(),
        current.lanes(),
        current.last(),
        current.completeAt(),
        state.clock.time(now));
  }

  /**
   * Whether the chunk in flight should be sent again.
   *
   * @param underWay whether something large is still on its way to the learner, perhaps the chunk
   */
  boolean overdue(ReplicaState state, boolean underWay, long now) {
    if (underWay) {
      sentAt = now;
    }
    return !done && now - sentAt > 2 * state.settings.retransmit() + NANOS_PER_BYTE * bytes;
  }

  /** Notes an acknowledgement; returns whether there is a new chunk to send. */
  boolean received(ReplicaState state, int chunk) {
    if (done || chunk != current.chunk()) {
      return false;
    }
    if (current.last()) {
      done = true;
      current = null;
      return false;
    }
    next(state, chunk + 1);
    return true;
  }

  private void next(ReplicaState state, int chunk) {
    List<SnapshotEntry> batch = new ArrayList<>();
    bytes = 0;
    while (bytes < state.settings.chunkBytes() && entries.hasNext()) {
      Map.Entry<EntryKey, StoredValue> entry = entries.next();
      batch.add(
          new SnapshotEntry(
              entry.getKey(),
              entry.getValue().value(),
              entry.getValue().version(),
              entry.getValue().deadline()));
      bytes += 64 + entry.getKey().bytes().length + entry.getValue().value().length;
    }
    List<LaneRecord> lanes = new ArrayList<>();
    boolean last = false;
    if (!entries.hasNext()) {
      if (results == null) {
        results = state.lanes.records().iterator();
      }
      while (bytes < state.settings.chunkBytes() && results.hasNext()) {
        LaneRecord lane = results.next();
        lanes.add(lane);
        bytes += lane.bytes();
      }
      last = !results.hasNext();
    }
    current =
        new SnapshotChunk(
            state.number,
            state.epoch(),
            id,
            start,
            chunk,
            batch,
            lanes,
            last,
            state.log.commit(),
            0);
  }
}
