package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.Effect;
import io.henge.replication.partition.LaneRecord;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.Outcome;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.partition.PartitionMessage.SnapshotEntry;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rooms above may send is never larger than what the transport takes. */
class LargestFramesTest {

  private static final PartitionSettings SETTINGS = PartitionSettings.forLease(300_000_000);
  private static final OperationId ID = new OperationId(new MemberId(-1, -1), 255, -1);
  private static final byte[] LARGEST = new byte[NodeSettings.LARGEST_VALUE_BYTES];

  private static EntryKey key(int size) {
    return new EntryKey(Integer.MAX_VALUE, new byte[size]);
  }

  private static Effect effect(long index, int key, byte[] value, byte[] result) {
    return new Effect(index, ID, Effect.Kind.PUT, key(key), value, new Outcome(true, result));
  }

  private static void assertFits(PartitionMessage message) {
    assertThat(Frames.ofCluster(Frames.of(message), -1).size() - Transport.HEADROOM)
        .isLessThanOrEqualTo(Transport.LARGEST_FRAME_BYTES);
  }

  @Test
  void aFrameOfSmallEffectsWithALargestOneAtItsEndFits() {
    List<Effect> effects = new ArrayList<>();
    int bytes = 0;
    for (long i = 1L << 60; ; i++) {
      Effect small = effect(i, 10, new byte[10], null);
      if (bytes + small.bytes() >= SETTINGS.frameBytes()) {
        effects.add(effect(i, 0, LARGEST, LARGEST));
        break;
      }
      bytes += small.bytes();
      effects.add(small);
    }
    long large = Long.MAX_VALUE;
    assertFits(new Append(1 << 20, large, large, large, 1L << 60, effects, large, large));
  }

  @Test
  void aChunkWithALargestEntryAtItsEndFits() {
    List<SnapshotEntry> entries = new ArrayList<>();
    for (int bytes = 0; bytes < SETTINGS.chunkBytes(); bytes += 64 + 20) {
      entries.add(new SnapshotEntry(key(10), new byte[10], Long.MAX_VALUE, 1L << 60));
    }
    entries.add(new SnapshotEntry(key(0), LARGEST, Long.MAX_VALUE, 1L << 60));
    LaneRecord result = new LaneRecord(ID, 1, new Outcome(true, new byte[SETTINGS.resultBytes()]));
    assertFits(new SnapshotChunk(1, 1, 1, 1, 1, entries, List.of(result), true, 1, 1L << 60));
  }

  @Test
  void theLargestRequestsFit() {
    assertFits(new Request(1, ID, 1, key(10), new Operation.ReplaceIfEquals(LARGEST, LARGEST)));
    assertFits(
        new Request(
            1, ID, 1, key(10), new Operation.Complete(1, Operation.Change.SET, LARGEST, LARGEST)));
  }
}
