package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Remembers the newest committed operation of every lane (the client table of Viewstamped
 * Replication Revisited), so that a retry is answered and a late duplicate is not run again.
 * Bounded by the lanes of the members; large results are dropped, oldest first, beyond a number of
 * bytes.
 */
final class LaneTable {

  private record Lane(MemberId client, int lane) {
    static Lane of(OperationId operation) {
      return new Lane(operation.client(), operation.lane());
    }
  }

  private final Map<Lane, LaneRecord> newest = new LinkedHashMap<>();

  /** Those of the newest whose result is still there, the oldest first. */
  private final Map<Lane, LaneRecord> withResult = new LinkedHashMap<>();

  private final int resultBytes;
  private long bytes;

  LaneTable(int resultBytes) {
    this.resultBytes = resultBytes;
  }

  /** The newest committed operation of the operation's lane, or null. */
  LaneRecord find(OperationId operation) {
    return newest.get(Lane.of(operation));
  }

  /** Remembers an operation unless a newer effect of its lane is known. */
  void record(LaneRecord record) {
    Lane lane = Lane.of(record.operation());
    LaneRecord old = newest.get(lane);
    if (old != null && old.index() >= record.index()) {
      return;
    }
    newest.put(lane, record);
    release(lane);
    if (record.resultBytes() > 0) {
      withResult.put(lane, record);
      bytes += record.resultBytes();
      while (bytes > resultBytes) {
        forgetResult(withResult.keySet().iterator().next());
      }
    }
  }

  /** Forgets the lanes of members that are gone; their requests are refused from then on. */
  void retain(Predicate<MemberId> member) {
    newest.keySet().removeIf(lane -> !member.test(lane.client()));
    List.copyOf(withResult.keySet()).stream()
        .filter(lane -> !member.test(lane.client()))
        .forEach(this::release);
  }

  /** All records, for a transfer. */
  List<LaneRecord> records() {
    return List.copyOf(newest.values());
  }

  void reset() {
    newest.clear();
    withResult.clear();
    bytes = 0;
  }

  private void forgetResult(Lane lane) {
    LaneRecord record = newest.get(lane);
    newest.put(lane, new LaneRecord(record.operation(), record.index(), null));
    release(lane);
  }

  /** The result of a lane is there no longer, and counts no longer. */
  private void release(Lane lane) {
    LaneRecord record = withResult.remove(lane);
    if (record != null) {
      bytes -= record.resultBytes();
    }
  }
}
