package io.henge.replication.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.ClientResult.Kind;
import org.junit.jupiter.api.Test;

class ProbeRecordTest {

  private final ProbeRecord record = new ProbeRecord(2);

  @Test
  void whatWasAcknowledgedHasToBeThere() {
    record.wrote(0, 1, Kind.DONE);
    record.read(0, 1, Kind.DONE);
    record.wrote(0, 2, Kind.DONE);
    assertThat(record.lost()).isZero();
    record.read(0, 1, Kind.DONE);
    record.read(0, 1, Kind.DONE);
    assertThat(record.lost()).as("one key, seen twice").isEqualTo(1);
    record.wrote(1, 3, Kind.DONE);
    record.read(1, 0, Kind.UNCHANGED);
    assertThat(record.lost()).as("and one that is absent").isEqualTo(2);
    assertThat(record.writes()).isEqualTo(3);
    assertThat(record.reads()).isEqualTo(4);
  }

  @Test
  void whatIsUnknownMayBeThereOrNot() {
    record.wrote(0, 1, Kind.DONE);
    record.wrote(0, 2, Kind.UNKNOWN);
    record.wrote(1, 2, Kind.NOT_DONE);
    record.read(0, 2, Kind.DONE);
    record.read(0, 1, Kind.DONE);
    record.read(1, 0, Kind.UNCHANGED);
    record.read(1, 0, Kind.UNKNOWN);
    assertThat(record.lost()).isZero();
    assertThat(record.failed()).isEqualTo(3);
  }

  @Test
  void theLongestOperationAndTheRetriesAreKept() {
    record.ended(5);
    record.ended(7);
    record.ended(6);
    record.retried(2);
    record.retried(1);
    assertThat(record.longestNanos()).isEqualTo(7);
    assertThat(record.retries()).isEqualTo(3);
  }
}
