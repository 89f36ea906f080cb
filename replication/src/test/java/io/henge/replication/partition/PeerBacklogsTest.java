package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.OperationId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup that does not acknowledge stops its primary from taking more (I19). */
class PeerBacklogsTest {

  private static final int MOST = 10_000;
  private static final String KILOBYTE = "x".repeat(1_000);

  private final ReplicaNetwork network = new ReplicaNetwork();

  @BeforeEach
  void threeInSync() {
    network.node(A).backlogs = new PeerBacklogs(MOST);
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
  }

  private PeerBacklogs backlogs() {
    return network.node(A).backlogs;
  }

  /** Writes until a write is refused, while nothing reaches a member; returns how often. */
  private int writeUntilRefused() {
    for (int i = 0; i < 100; i++) {
      OperationId id = network.put(A, "k" + i, KILOBYTE);
      if (!network.answersTo(id).isEmpty()) {
        assertThat(network.answerTo(id).status()).isEqualTo(AnswerStatus.RETRY_LATER);
        return i;
      }
      network.deliver(sentTo(B).negate());
    }
    throw new AssertionError("nothing is refused");
  }

  @Test
  void aPrimaryTakesNoMoreThanASilentBackupMayOwe() {
    assertThat(writeUntilRefused()).isBetween(7, 10);
    assertThat(backlogs().of(B)).isBetween((long) MOST, MOST + 1_200L);
    assertThat(backlogs().of(C)).isZero();
  }

  @Test
  void itGoesOnAsSoonAsTheBackupAcknowledges() {
    writeUntilRefused();
    network.deliver();
    assertThat(backlogs().of(B)).isZero();
    OperationId id = network.put(A, "again", KILOBYTE);
    network.deliver();
    assertThat(network.answerTo(id).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void itGoesOnWithoutABackupThatIsTakenOut() {
    writeUntilRefused();
    network.drop(sentTo(B));
    network.epoch(List.of(A, C), List.of());
    network.deliver();
    assertThat(backlogs().of(B)).isZero();
    OperationId id = network.put(A, "again", KILOBYTE);
    network.deliver();
    assertThat(network.answerTo(id).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aPrimaryThatIsNoneAnyMoreIsOwedNothing() {
    writeUntilRefused();
    network.epoch(List.of(C, A, B), List.of());
    assertThat(backlogs().of(B)).isZero();
  }
}
