package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.ConsensusMessage.LogSegment;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenLogTest {

  private static final byte[] NO_NOTE = {};
  private static final MemberId A = new MemberId(0, 1);
  private static final MemberId B = new MemberId(0, 2);
  private static final MemberId C = new MemberId(0, 3);

  private final Machine machine = new Machine();
  private final ChosenLog log =
      new ChosenLog(
          machine,
          new ConsensusSettings(300, 50, 50, 3, 10, 5, 20),
          0,
          new Configuration(List.of(A, B), List.of()));

  @Test
  void aSlotOutOfOrderIsABug() {
    assertThatThrownBy(() -> apply(2, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSecondDecisionOfASlotIsABugUnlessItIsTheSame() {
    apply(1, 1);
    log.requireSame(1, List.of(new byte[1]));
    assertThatThrownBy(() -> log.requireSame(1, List.of(new byte[2])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("decided twice");
  }

  @Test
  void aSlotThatChangesTwoVotersIsABug() {
    machine.next = new Configuration(List.of(A, C), List.of());
    assertThatThrownBy(() -> apply(1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("changes 2 voters");
  }

  @Test
  void whoIsALittleBehindGetsTheSlotsItLacks() {
    for (int slot = 1; slot <= 5; slot++) {
      apply(slot, 1);
    }
    LogSegment segment = (LogSegment) log.answerTo(3);
    assertThat(segment.fromSlot()).isEqualTo(3);
    assertThat(segment.batches()).hasSize(3);
    assertThat(segment.chosenUpTo()).isEqualTo(5);
    assertThat(log.answerTo(6)).isNull();
  }

  @Test
  void anAnswerCarriesNoMoreBytesThanABatchButAlwaysSomething() {
    for (int slot = 1; slot <= 5; slot++) {
      apply(slot, 6);
    }
    assertThat(((LogSegment) log.answerTo(1)).batches()).hasSize(1);
  }

  @Test
  void whoIsFarBehindGetsASnapshotThatIsTakenOnce() {
    for (int slot = 1; slot <= 7; slot++) {
      apply(slot, 1);
    }
    assertThat(log.answerTo(3)).isInstanceOf(LogSegment.class);
    InstallSnapshot snapshot = (InstallSnapshot) log.answerTo(2);
    assertThat(snapshot.slot()).isEqualTo(7);
    apply(8, 1);
    assertThat(log.answerTo(1)).isSameAs(snapshot);
    assertThat(log.answerTo(8)).isInstanceOf(LogSegment.class);
    for (int slot = 9; slot <= 13; slot++) {
      apply(slot, 1);
    }
    assertThat(((InstallSnapshot) log.answerTo(1)).slot()).isEqualTo(13);
    assertThat(machine.snapshots).isEqualTo(2);
  }

  @Test
  void theRetainedLogIsBoundedInBytesToo() {
    ChosenLog wide =
        new ChosenLog(
            machine,
            new ConsensusSettings(300, 50, 50, 3, 10, 1_000, 20),
            0,
            new Configuration(List.of(A, B), List.of()));
    for (int slot = 1; slot <= 20; slot++) {
      wide.apply(slot, List.of(new byte[10]), NO_NOTE, 0);
    }
    assertThat(wide.answerTo(12)).isInstanceOf(InstallSnapshot.class);
    assertThat(wide.answerTo(13)).isInstanceOf(LogSegment.class);
  }

  @Test
  void anOlderSnapshotIsIgnored() {
    apply(1, 1);
    assertThat(log.install(new InstallSnapshot(1, new byte[0]), 0)).isFalse();
    assertThat(log.install(new InstallSnapshot(4, new byte[0]), 0)).isTrue();
    assertThat(log.next()).isEqualTo(5);
    apply(5, 1);
    assertThat(log.answerTo(4)).isInstanceOf(InstallSnapshot.class);
    assertThat(log.answerTo(5)).isInstanceOf(LogSegment.class);
  }

  private void apply(long slot, int bytes) {
    log.apply(slot, List.of(new byte[bytes]), NO_NOTE, 0);
  }

  private static final class Machine implements ReplicatedStateMachine {
    private Configuration next = new Configuration(List.of(A, B), List.of());
    private final List<Long> applied = new ArrayList<>();
    private int snapshots;

    @Override
    public Configuration apply(long slot, List<byte[]> batch, byte[] note, long now) {
      applied.add(slot);
      return next;
    }

    @Override
    public byte[] snapshot() {
      snapshots++;
      return new byte[0];
    }

    @Override
    public Configuration install(long slot, byte[] snapshot, long now) {
      return next;
    }
  }
}
