package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.topology.ReplicationMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncPartitionTest {

  private static final long SECOND = 1_000 * MILLISECOND;

  private final ReplicaNetwork network = network(3, 1 << 20, SECOND);

  private static ReplicaNetwork network(int operations, long bytes, long time) {
    return new ReplicaNetwork(
        PartitionSettings.forLease(LEASE), new ReplicationMode.Async(operations, bytes, time));
  }

  /** Two or three in-sync replicas of an empty partition whose primary, A, may answer. */
  private static void begin(ReplicaNetwork network, List<MemberId> inSync) {
    network.epoch(inSync, List.of());
    network.deliver();
    network.run(50 * MILLISECOND);
  }

  private boolean answered(OperationId id) {
    return answered(network, id);
  }

  private static boolean answered(ReplicaNetwork network, OperationId id) {
    return network.answersTo(id).stream().anyMatch(a -> a.status() == AnswerStatus.DONE);
  }

  /** Puts and delivers everything but what would bring effects to the others. */
  private OperationId putAhead(String key, String value) {
    OperationId id = network.put(A, key, value);
    network.drop(ofType(Append.class));
    network.deliver();
    return id;
  }

  @Test
  void aWriteIsAnsweredBeforeAnyBackupHoldsIt() {
    begin(network, List.of(A, B));
    OperationId id = network.put(A, "k", "v");
    assertThat(answered(id)).isTrue();
    assertThat(network.node(B).replica.lastIndex()).isLessThan(network.node(A).replica.lastIndex());
  }

  @Test
  void thePrimaryReadsWhatItAnsweredAndABackupDoesNotAnswer() {
    begin(network, List.of(A, B));
    network.put(A, "k", "v");
    OperationId read = network.ask(A, "k", new Operation.Get());
    assertThat(text(network.answerTo(read).value())).isEqualTo("v");
    network.deliver();
    network.run(50 * MILLISECOND);
    assertThat(text(network.node(A).read("k").value())).isEqualTo("v");
    assertThat(network.node(B).read("k")).isNull();
    assertThat(text(network.node(B).replica.readStale(ReplicaNetwork.key("k")).value()))
        .isEqualTo("v");
  }

  @Test
  void aBackupReadsItsOwnCopyWithoutALeaseIfAskedTo() {
    begin(network, List.of(A, B));
    network.put(A, "k", "v");
    network.deliver();
    network.run(50 * MILLISECOND);
    network.node(B).lease = false;
    assertThat(text(network.node(B).replica.readStale(ReplicaNetwork.key("k")).value()))
        .isEqualTo("v");
  }

  @Test
  void nothingIsAnsweredWithoutALease() {
    begin(network, List.of(A, B));
    network.node(A).lease = false;
    OperationId id = network.put(A, "k", "v");
    assertThat(answered(id)).isFalse();
    OperationId read = network.ask(A, "k", new Operation.Get());
    assertThat(network.answerTo(read).status()).isEqualTo(AnswerStatus.RETRY_LATER);
  }

  @Test
  void theWriterWaitsBeyondTheBoundOfOperations() {
    begin(network, List.of(A, B));
    int answers = 0;
    OperationId last = null;
    for (int i = 0; i < 6; i++) {
      last = putAhead("k" + i, "v");
      answers += answered(last) ? 1 : 0;
    }
    assertThat(answers).isBetween(1, 3);
    assertThat(answered(last)).isFalse();
    network.run(200 * MILLISECOND);
    assertThat(answered(last)).isTrue();
  }

  @Test
  void theWriterWaitsBeyondTheBoundOfBytes() {
    ReplicaNetwork small = network(100, 500, SECOND);
    begin(small, List.of(A, B));
    OperationId large = small.put(A, "k", "v".repeat(1000));
    assertThat(answered(small, large)).isFalse();
    small.deliver();
    assertThat(answered(small, large)).isTrue();
  }

  @Test
  void theWriterWaitsWhileABackupIsBehindForTooLong() {
    ReplicaNetwork hasty = network(100, 1 << 20, 20 * MILLISECOND);
    begin(hasty, List.of(A, B));
    assertThat(answered(hasty, hasty.put(A, "k", "1"))).isTrue();
    hasty.drop(sentTo(B));
    hasty.now += 25 * MILLISECOND;
    OperationId late = hasty.put(A, "k", "2");
    assertThat(answered(hasty, late)).isFalse();
    hasty.run(200 * MILLISECOND);
    assertThat(answered(hasty, late)).isTrue();
  }

  @Test
  void theLongestLogOfTheSurvivorsGoesOn() {
    begin(network, List.of(A, B, C));
    OperationId id = network.put(A, "k", "v");
    assertThat(answered(id)).isTrue();
    network.deliver(sentTo(C)); // B gets nothing
    network.drop(envelope -> true);
    network.epoch(List.of(B, C), List.of());
    network.deliver();
    network.run(50 * MILLISECOND);
    assertThat(text(network.node(B).read("k").value())).isEqualTo("v");
  }

  @Test
  void whatMayBeLostIsNotedBeforeAnythingIsAnswered() {
    begin(network, List.of(A, B));
    assertThat(answered(putAhead("k", "lost"))).isTrue();
    network.epoch(List.of(B), List.of());
    OperationId read = network.ask(B, "k", new Operation.Get());
    network.deliver();
    assertThat(network.node(B).losses).hasSize(1);
    assertThat(network.node(B).losses.get(0)).isBetween(1L, 3L);
    assertThat(network.answersTo(read))
        .extracting(Answer::status)
        .containsOnly(AnswerStatus.RETRY_LATER);
    network.run(20 * MILLISECOND);
    assertThat(network.node(B).read("k").present()).isFalse();
  }

  @Test
  void aQuietPartitionHasNothingToLose() {
    begin(network, List.of(A, B));
    network.put(A, "k", "v");
    network.deliver();
    for (int i = 0; i < 130; i++) {
      network.tick(100 * MILLISECOND);
      network.deliver();
    }
    network.epoch(List.of(B), List.of());
    network.deliver();
    network.run(50 * MILLISECOND);
    assertThat(network.node(B).losses).isEmpty();
    assertThat(text(network.node(B).read("k").value())).isEqualTo("v");
  }

  @Test
  void aPlannedTransferLosesNothing() {
    begin(network, List.of(A, B));
    assertThat(answered(putAhead("k", "v"))).isTrue();
    network.epoch(List.of(B, A), List.of());
    network.deliver();
    network.run(50 * MILLISECOND);
    assertThat(network.node(B).losses).isEmpty();
    assertThat(text(network.node(B).read("k").value())).isEqualTo("v");
    assertThat(network.content(A)).isEqualTo(network.content(B));
  }

  @Test
  void whatIsCommittedDuringATakeoverIsAnsweredAfterIt() {
    ReplicaNetwork strict = network(1, 1 << 20, SECOND);
    begin(strict, List.of(A, B));
    strict.put(A, "k", "1");
    OperationId waits = strict.put(A, "k", "2");
    strict.deliver(sentTo(B));
    strict.drop(envelope -> true);
    assertThat(answered(strict, waits)).isFalse();

    strict.epoch(List.of(B, A), List.of());
    strict.deliver();
    strict.run(50 * MILLISECOND);

    assertThat(answered(strict, waits)).isTrue();
  }

  @Test
  void aNewPrimaryAnswersNothingUntilTheOldOneCannot() {
    begin(network, List.of(A, B));
    network.put(A, "k", "v");
    network.deliver();
    network.run(50 * MILLISECOND);
    network.node(B).barrier = false;
    network.epoch(List.of(B), List.of());
    network.run(50 * MILLISECOND);
    assertThat(network.node(B).read("k")).isNull();
    network.node(B).barrier = true;
    network.run(50 * MILLISECOND);
    assertThat(text(network.node(B).read("k").value())).isEqualTo("v");
  }

  @Test
  void aScanShowsEverythingThatWasAnswered() {
    begin(network, List.of(A, B));
    assertThat(answered(putAhead("k", "v"))).isTrue();
    OperationId scan = network.ask(A, "", new Operation.Scan(new byte[0], 1000));
    assertThat(network.answersTo(scan)).isEmpty();
    network.run(200 * MILLISECOND);
    assertThat(ScanBatch.decode(network.answerTo(scan).value()).entries()).hasSize(1);
  }

  @Test
  void aRepeatedRequestIsAnsweredAgainAndNotExecutedAgain() {
    begin(network, List.of(A, B));
    OperationId id = putAhead("k", "v");
    long last = network.node(A).replica.lastIndex();
    network.ask(A, id, 2, "k", new Operation.Put(ReplicaNetwork.bytes("v"), false));
    assertThat(network.answersTo(id)).hasSize(2);
    assertThat(network.node(A).replica.lastIndex()).isEqualTo(last);
  }
}
