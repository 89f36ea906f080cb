package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.D;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.sentBy;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.topology.OperationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a new primary inherits, and what its backups do with the end of their own logs. */
class TakeoverTest {

  private ReplicaNetwork network = new ReplicaNetwork();

  /** Acknowledges some puts that B and C hold without knowing that they are committed. */
  private List<OperationId> putsWhoseCommitNobodyElseKnows(int count) {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
    List<OperationId> puts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      puts.add(network.put(A, "key" + i, "a rather long value " + i));
    }
    // Commits travel with the next frame or tick; there is none.
    network.deliver(
        envelope ->
            !(envelope.message() instanceof Append append)
                || append.commit() == ReplicaNetwork.ORIGIN << 38);
    puts.forEach(id -> assertThat(network.answerTo(id).status()).isEqualTo(AnswerStatus.DONE));
    network.drop(envelope -> true);
    assertThat(network.node(B).replica.commitIndex())
        .isLessThan(network.node(A).replica.commitIndex());
    return puts;
  }

  @Test
  void nothingAcknowledgedIsLostWhenTheSecondPrimaryDiesWhileItSendsItsTailAgain() {
    network = ReplicaNetwork.withSmallBounds();
    List<OperationId> puts = putsWhoseCommitNobodyElseKnows(4);
    network.epoch(List.of(B, C), List.of());
    // The tail takes several frames; only the first reaches C before B dies as well.
    network.deliverOne(envelope -> sentTo(C).test(envelope) && envelope.is(Append.class));
    network.drop(envelope -> true);
    network.epoch(List.of(C), List.of());
    network.deliver();
    assertThat(network.content(C)).hasSize(puts.size());
  }

  @Test
  void aBackupDoesNotAnswerOverWritesThatWereCommittedInAnEarlierEpoch() {
    network = ReplicaNetwork.withSmallBounds();
    putsWhoseCommitNobodyElseKnows(4);
    network.epoch(List.of(B, C), List.of());
    network.deliverOne(envelope -> sentTo(C).test(envelope) && envelope.is(Append.class));
    for (int i = 0; i < 4; i++) {
      assertThat(network.node(C).read("key" + i)).as("key" + i).isNull();
    }
  }

  @Test
  void aBackupAcknowledgesOnlyWhatTheNewPrimaryConfirmed() {
    network = ReplicaNetwork.withSmallBounds();
    putsWhoseCommitNobodyElseKnows(4);
    network.epoch(List.of(B, C), List.of());
    network.deliverOne(envelope -> sentTo(C).test(envelope) && envelope.is(Append.class));
    Appended acknowledgement = (Appended) network.drop(ofType(Appended.class)).get(0).message();
    assertThat(acknowledgement.index()).isLessThan(network.node(C).replica.lastIndex());
  }

  @Test
  void aBackupGivesUpWhatOnlyItAndTheDeadPrimaryHad() {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
    OperationId lost = network.put(A, "key", "only C has it");
    network.deliverOne(sentTo(C));
    network.drop(envelope -> true);
    assertThat(network.node(C).read("key")).isNull();

    network.epoch(List.of(B, C), List.of());
    network.deliver();
    assertThat(network.node(C).read("key").present()).isFalse();
    assertThat(network.node(C).replica.lastIndex()).isEqualTo(network.node(B).replica.lastIndex());
    assertThat(network.answersTo(lost)).isEmpty();
  }

  @Test
  void aDifferentEffectAtTheSamePlaceReplacesTheOldOneAndAllAfterIt() {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
    network.put(A, "one", "old");
    network.put(A, "two", "old");
    network.deliver(sentTo(C));
    network.drop(envelope -> true);

    network.decideEpoch(List.of(B, C), List.of());
    network.apply(B);
    network.put(B, "three", "new"); // before C hears of the epoch
    network.apply(C);
    network.run(ReplicaNetwork.LEASE);
    assertThat(network.content(B)).isEqualTo(Map.of("three", "new"));
    assertThat(network.content(C)).isEqualTo(Map.of("three", "new"));
    assertThat(network.node(C).read("one").present()).isFalse();
    assertThat(network.node(C).read("two").present()).isFalse();
  }

  @Test
  void theNewPrimaryAnswersTheCallersOfWhatItInherited() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    OperationId put = network.put(A, "key", "value");
    network.deliver(sentTo(B));
    network.drop(envelope -> true);
    network.epoch(List.of(B), List.of());
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void nothingIsCommittedBeforeTheBarrierIsOver() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    network.node(B).barrier = false;
    network.epoch(List.of(B), List.of());
    OperationId put = network.put(B, "key", "value");
    network.run(2 * ReplicaNetwork.LEASE);
    assertThat(network.answersTo(put)).isEmpty();
    network.node(B).barrier = true;
    network.tick(1);
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void nothingIsCommittedWithoutALease() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    network.node(A).lease = false;
    OperationId put = network.put(A, "key", "value");
    network.run(2 * ReplicaNetwork.LEASE);
    assertThat(network.answersTo(put)).isEmpty();
    network.node(A).lease = true;
    network.tick(1);
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void readsWaitForInheritedWritesButNotOnQuietKeys() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    network.put(A, "quiet", "value");
    network.run(ReplicaNetwork.LEASE);
    network.put(A, "inherited", "value");
    network.deliver(sentTo(B));
    network.drop(envelope -> true);
    network.node(B).barrier = false;
    network.epoch(List.of(B), List.of());

    assertThat(statusOfGet("quiet")).isEqualTo(AnswerStatus.DONE);
    assertThat(statusOfGet("inherited")).isEqualTo(AnswerStatus.RETRY_LATER);
    network.node(B).barrier = true;
    network.tick(1);
    assertThat(statusOfGet("inherited")).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aPrimaryAnswersOverItsOwnUncommittedWritesWithWhatIsCommitted() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    network.put(A, "key", "old");
    network.run(ReplicaNetwork.LEASE);
    network.put(A, "key", "new");
    assertThat(text(network.answerTo(network.ask(A, "key", new Operation.Get())).value()))
        .isEqualTo("old");
  }

  private AnswerStatus statusOfGet(String key) {
    return network.answerTo(network.ask(B, key, new Operation.Get())).status();
  }

  @Test
  void aRetryAtTheNewPrimaryGetsTheFirstAnswerAndHappensOnce() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    network.put(A, "key", "first");
    OperationId id = network.ask(A, "key", new Operation.Put(bytes("second"), true));
    network.run(ReplicaNetwork.LEASE);
    assertThat(text(network.answerTo(id).value())).isEqualTo("first");
    network.put(A, "key", "third");
    network.run(ReplicaNetwork.LEASE);
    network.answers.clear();

    network.epoch(List.of(B), List.of());
    network.ask(B, id, 2, "key", new Operation.Put(bytes("second"), true));
    assertThat(text(network.answerTo(id).value())).isEqualTo("first");
    assertThat(network.content(B)).isEqualTo(Map.of("key", "third"));
  }

  @Test
  void aRetryOfWhatIsStillInheritedIsNotRunASecondTime() {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
    OperationId id = network.ask(A, "key", new Operation.PutIfAbsent(bytes("value")));
    network.deliver(sentTo(B));
    network.drop(envelope -> true);
    network.epoch(List.of(B, C), List.of());
    network.ask(B, id, 2, "key", new Operation.PutIfAbsent(bytes("value")));
    network.deliver();
    assertThat(network.answerTo(id).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void framesOfAnOlderEpochCountForNothing() {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
    network.put(A, "key", "stale");
    List<ReplicaNetwork.Envelope> late = network.drop(sentBy(A));
    network.epoch(List.of(B, C), List.of(D));
    network.deliver();
    late.forEach(network::hand);
    assertThat(network.node(B).replica.lastIndex()).isEqualTo(ReplicaNetwork.ORIGIN << 38);
    assertThat(network.node(C).replica.lastIndex()).isEqualTo(ReplicaNetwork.ORIGIN << 38);
  }

  @Test
  void framesOfAnEpochThatThisMemberHasNotAppliedYetWaitForIt() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    network.decideEpoch(List.of(B, A), List.of());
    network.apply(B);
    OperationId put = network.put(B, "key", "value");
    network.deliver();
    assertThat(network.answersTo(put)).isEmpty();
    network.apply(A);
    network.deliver();
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aPrimaryThatStaysPrimaryGoesOnWithItsTailInTheNewEpoch() {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
    OperationId put = network.put(A, "key", "value");
    network.deliver(envelope -> !sentTo(C).test(envelope) && !sentBy(C).test(envelope));
    assertThat(network.answersTo(put)).isEmpty();
    network.drop(sentTo(C));
    network.epoch(List.of(A, B), List.of(C));
    network.deliver();
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
    network.run(ReplicaNetwork.LEASE);
    assertThat(network.node(C).replica.commitIndex())
        .isEqualTo(network.node(A).replica.commitIndex());
  }

  @Test
  void aPlannedTransferLosesNothing() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    OperationId before = network.put(A, "before", "value");
    network.deliver(sentTo(B));
    network.epoch(List.of(B, A), List.of());
    OperationId after = network.put(B, "after", "value");
    network.run(ReplicaNetwork.LEASE);
    assertThat(network.answersTo(before)).isNotEmpty();
    assertThat(network.answerTo(after).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(A)).isEqualTo(network.content(B)).hasSize(2);
  }

  @Test
  void aPrimaryThatBeginsEmptyAgainForgetsWhatItHad() {
    network.epoch(List.of(A), List.of());
    network.put(A, "key", "value");
    network.node(A).lease = false;
    network.put(A, "key", "uncommitted");
    network.decideReset(List.of(A)); // lost and reset, of which this member saw only the end
    network.applyAll();
    network.node(A).lease = true;
    network.tick(1);
    assertThat(network.content(A)).isEmpty();
    OperationId put = network.ask(A, "key", new Operation.PutIfAbsent(bytes("new")));
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }
}
