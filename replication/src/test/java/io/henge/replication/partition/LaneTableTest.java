package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.OTHER_CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.OperationId;
import org.junit.jupiter.api.Test;

class LaneTableTest {

  private final LaneTable lanes = new LaneTable(100);

  private static OperationId id(int lane, long sequence) {
    return new OperationId(CALLER, lane, sequence);
  }

  private LaneRecord record(int lane, long sequence, long index, int size) {
    LaneRecord record =
        new LaneRecord(
            id(lane, sequence), index, new Outcome(true, size == 0 ? null : new byte[size]));
    lanes.record(record);
    return record;
  }

  @Test
  void remembersTheNewestOperationOfEachLane() {
    record(0, 1, 10, 0);
    LaneRecord newer = record(0, 2, 11, 0);
    LaneRecord other = record(1, 1, 12, 0);
    assertThat(lanes.find(id(0, 1))).isSameAs(newer);
    assertThat(lanes.find(id(1, 9))).isSameAs(other);
    assertThat(lanes.find(id(2, 1))).isNull();
    assertThat(lanes.find(new OperationId(OTHER_CALLER, 0, 1))).isNull();
  }

  @Test
  void aLateRecordOfATransferDoesNotReplaceANewerOne() {
    LaneRecord newer = record(0, 2, 11, 0);
    record(0, 1, 10, 0);
    assertThat(lanes.find(id(0, 1))).isSameAs(newer);
  }

  @Test
  void dropsTheOldestResultsBeyondItsBytesButNotTheirOperations() {
    record(0, 1, 10, 60);
    record(1, 1, 11, 60);
    assertThat(lanes.find(id(0, 1)).outcome()).isNull();
    assertThat(lanes.find(id(0, 1)).operation()).isEqualTo(id(0, 1));
    assertThat(lanes.find(id(1, 1)).outcome().value()).hasSize(60);
  }

  @Test
  void aResultThatIsTooLargeByItselfIsNotKept() {
    record(0, 1, 10, 101);
    assertThat(lanes.find(id(0, 1)).outcome()).isNull();
  }

  @Test
  void droppingTheResultOfAReplacedOperationLeavesTheNewOne() {
    record(0, 1, 10, 60);
    record(0, 2, 11, 30);
    record(1, 1, 12, 60);
    assertThat(lanes.find(id(0, 2)).outcome().value()).hasSize(30);
  }

  @Test
  void aReplacedResultTakesNoRoomFromOthers() {
    record(0, 1, 10, 60);
    for (int i = 1; i <= 5; i++) {
      record(1, i, 10 + i, 40);
    }
    assertThat(lanes.find(id(0, 1)).outcome().value()).hasSize(60);
    assertThat(lanes.find(id(1, 5)).outcome().value()).hasSize(40);
  }

  @Test
  void forgetsMembersThatAreGone() {
    record(0, 1, 10, 60);
    lanes.record(new LaneRecord(new OperationId(OTHER_CALLER, 0, 1), 11, new Outcome(true, null)));
    lanes.retain(OTHER_CALLER::equals);
    assertThat(lanes.find(id(0, 1))).isNull();
    assertThat(lanes.records()).hasSize(1);
    record(1, 1, 12, 60);
    record(2, 1, 13, 60);
    assertThat(lanes.find(id(2, 1)).outcome()).isNotNull();
  }

  @Test
  void recordsComeInTheOrderInWhichLanesWereFirstUsed() {
    record(2, 1, 10, 0);
    record(0, 1, 11, 0);
    record(2, 2, 12, 0);
    assertThat(lanes.records()).extracting(LaneRecord::index).containsExactly(12L, 11L);
  }
}
