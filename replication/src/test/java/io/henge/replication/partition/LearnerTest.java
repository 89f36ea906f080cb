package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.sentBy;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.ChunkReceived;
import io.henge.replication.partition.PartitionMessage.LearnerStatus;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.partition.ReplicaNetwork.Envelope;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Learners: by the tail of the log or by a transfer, while writes go on (PROTOCOL 4.9). */
class LearnerTest {

  private final ReplicaNetwork network = ReplicaNetwork.withSmallBounds();

  private void primaryWith(int entries) {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    for (int i = 0; i < entries; i++) {
      network.put(A, "key" + i, "value " + i);
      network.deliver();
    }
    network.run(LEASE);
  }

  private void addLearner(MemberId member) {
    network.decideLearners(List.of(member));
    network.applyAll();
  }

  private void assertSameAsPrimary(MemberId member) {
    assertThat(network.content(member)).isEqualTo(network.content(A));
    assertThat(network.node(member).replica.commitIndex())
        .isEqualTo(network.node(A).replica.commitIndex());
    assertThat(network.node(member).replica.complete()).isTrue();
  }

  @Test
  void aNewReplicaGetsTheMapInChunksAndIsProposedOnce() {
    primaryWith(20);
    addLearner(C);
    network.run(LEASE);
    assertSameAsPrimary(C);
    assertThat(network.node(A).promoted(C)).isTrue();
  }

  @Test
  void aLearnerServesNothingBeforeItsPromotionIsApplied() {
    primaryWith(5);
    addLearner(C);
    network.run(LEASE);
    assertThat(network.node(C).replica.serves()).isFalse();
    assertThat(network.node(C).read("key1")).isNull();
    network.epoch(List.of(A, B, C), List.of());
    assertThat(network.node(C).read("key1").present()).isTrue();
  }

  /** A transfer of twenty entries to C of which the chunks after the first are held back. */
  private List<Envelope> heldBackChunks() {
    primaryWith(20);
    addLearner(C);
    network.deliverOne(ofType(LearnerStatus.class));
    network.deliverOne(ofType(SnapshotChunk.class));
    network.deliverOne(ofType(ChunkReceived.class));
    return network.drop(ofType(SnapshotChunk.class));
  }

  @Test
  void writesAndRemovalsDuringTheTransferAreNotUndoneByLateChunks() {
    List<Envelope> late = heldBackChunks();
    for (int i = 0; i < 20; i++) {
      network.ask(A, "key" + i, new Operation.Remove(false));
      network.deliver();
    }
    network.put(A, "key3", "new");
    network.deliver();
    late.forEach(network::hand);
    network.run(2 * LEASE);
    assertThat(network.content(A)).hasSize(1);
    assertSameAsPrimary(C);
  }

  @Test
  void aClearDuringTheTransferIsNotUndoneByLateChunks() {
    List<Envelope> late = heldBackChunks();
    assertThat(((SnapshotChunk) late.get(0).message()).entries()).isNotEmpty();
    network.ask(A, "", new Operation.Clear());
    network.deliver();
    network.run(LEASE / 50);
    late.forEach(network::hand);
    network.run(2 * LEASE);
    assertThat(network.content(A)).isEmpty();
    assertSameAsPrimary(C);
  }

  @Test
  void noTombstoneStaysBehindATransfer() {
    primaryWith(20);
    addLearner(C);
    network.deliverOne(ofType(LearnerStatus.class));
    network.ask(A, "key1", new Operation.Remove(false));
    network.run(2 * LEASE);
    assertSameAsPrimary(C);
    assertThat(network.node(C).replica.store().committed(ReplicaNetwork.key("key1")).version())
        .isZero();
  }

  @Test
  void aMemberThatWasAwayForShortCatchesUpByTheTail() {
    primaryWith(5);
    network.epoch(List.of(A), List.of(B));
    network.put(A, "late", "value");
    network.run(LEASE);
    assertSameAsPrimary(B);
    assertThat(network.answers).noneMatch(answer -> answer.status() == AnswerStatus.RETRY_LATER);
    assertThat(network.node(A).promoted(B)).isTrue();
  }

  @Test
  void aMemberThatWasAwayForLongGetsTheMapAgain() {
    primaryWith(5);
    network.epoch(List.of(A), List.of(B));
    network.drop(envelope -> true);
    for (int i = 0; i < 30; i++) {
      network.put(A, "new" + i, "value");
    }
    network.ask(A, "key0", new Operation.Remove(false));
    network.run(2 * LEASE);
    assertSameAsPrimary(B);
    assertThat(network.content(B)).doesNotContainKey("key0");
  }

  @Test
  void everyLossIsMadeGoodInTheEnd() {
    primaryWith(20);
    addLearner(C);
    for (int i = 0; i < 60; i++) {
      network.tick(LEASE / 8);
      network.put(A, "while" + i, "value");
      // Every second message is lost, whatever it is; the rest arrives in the opposite order.
      List<Envelope> under = new ArrayList<>(network.drop(envelope -> true));
      Collections.reverse(under);
      for (int j = i % 2; j < under.size(); j += 2) {
        network.hand(under.get(j));
        network.hand(under.get(j));
      }
    }
    network.run(10 * LEASE);
    assertSameAsPrimary(C);
    assertSameAsPrimary(B);
  }

  @Test
  void aLearnerThatIsRemovedDuringTheTransferForgetsAll() {
    primaryWith(20);
    addLearner(C);
    network.deliverOne(ofType(LearnerStatus.class));
    network.deliverOne(ofType(SnapshotChunk.class));
    network.epoch(List.of(A, B), List.of());
    network.run(LEASE);
    assertThat(network.content(C)).isEmpty();
    assertThat(network.node(A).promoted(C)).isFalse();
    OperationId put = network.put(A, "key", "value");
    network.deliver();
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aTransferGoesOnWhenTheEpochChangesUnderIt() {
    primaryWith(20);
    addLearner(C);
    network.deliverOne(ofType(LearnerStatus.class));
    network.deliverOne(ofType(SnapshotChunk.class));
    network.epoch(List.of(A), List.of(C)); // B was shrunk away
    network.put(A, "key1", "new");
    network.run(LEASE);
    assertSameAsPrimary(C);
    assertThat(network.node(A).promoted(C)).isTrue();
  }

  @Test
  void aNewPrimaryThatKnowsOfFewerCommitsThanTheLearnerStartsTheTransferWhenItKnowsThem() {
    primaryWith(20);
    addLearner(C);
    network.deliverOne(ofType(LearnerStatus.class));
    network.deliverOne(ofType(SnapshotChunk.class));
    network.deliver(envelope -> !envelope.is(SnapshotChunk.class));
    network.put(A, "one", "value");
    network.put(A, "two", "value");
    network.deliver(envelope -> !envelope.is(SnapshotChunk.class));
    network.tick(1);
    network.deliver(sentTo(C)); // C learns that both are committed, B does not
    network.drop(envelope -> true);
    assertThat(network.node(C).replica.commitIndex())
        .isGreaterThan(network.node(B).replica.commitIndex());
    network.epoch(List.of(B), List.of(C));
    network.put(B, "three", "value");
    network.run(2 * LEASE);
    assertThat(network.content(B)).hasSize(23);
    assertThat(network.content(C)).isEqualTo(network.content(B));
    assertThat(network.node(B).promoted(C)).isTrue();
  }

  @Test
  void aWordFromBeforeATransferWasOfferedDoesNotEndIt() {
    primaryWith(20);
    network.epoch(List.of(A), List.of(B));
    Envelope early = network.drop(ofType(LearnerStatus.class)).get(0);
    for (int i = 0; i < 30; i++) {
      network.put(A, "new" + i, "value");
    }
    network.tick(LEASE);
    network.deliver(ofType(LearnerStatus.class)); // too far behind: a transfer is offered
    network.hand(early);
    network.hand(early);
    network.run(2 * LEASE);
    assertSameAsPrimary(B);
    assertThat(network.node(A).promoted(B)).isTrue();
  }

  @Test
  void aCompleteLearnerDoesNotBeginATransferThatItDoesNotNeed() {
    primaryWith(20);
    network.epoch(List.of(A), List.of(B));
    LearnerStatus status =
        (LearnerStatus) network.drop(ofType(LearnerStatus.class)).get(0).message();
    // A word that understates what the learner has, as from before a transfer it has finished.
    network.hand(
        new Envelope(B, A, new LearnerStatus(0, status.epoch(), status.commit(), false, 0, 0)));
    assertThat(network.wire.stream().filter(ofType(SnapshotChunk.class))).hasSize(1);
    network.deliver();
    network.put(A, "key", "value");
    network.run(2 * LEASE);
    assertThat(network.drop(ofType(SnapshotChunk.class))).isEmpty();
    assertSameAsPrimary(B);
    assertThat(network.node(A).promoted(B)).isTrue();
  }

  @Test
  void aLearnerIsMeasuredByWhatADeadPrimaryMayHaveCommitted() {
    primaryWith(5);
    network.epoch(List.of(A, B), List.of(C));
    network.run(LEASE);
    OperationId put = network.put(A, "key", "value");
    network.deliver(envelope -> sentTo(B).test(envelope) || sentBy(B).test(envelope));
    network.drop(envelope -> true);
    network.epoch(List.of(B), List.of(C));
    network.node(B).barrier = false;
    network.deliverOne(ofType(LearnerStatus.class));
    network.drop(
        envelope -> envelope.message() instanceof Append append && !append.effects().isEmpty());
    network.deliver();
    assertThat(network.node(B).promoted(C)).isFalse();
    network.run(LEASE);
    assertThat(network.node(B).promoted(C)).isTrue();
    network.node(B).barrier = true;
    network.run(LEASE);
    assertThat(network.answersTo(put)).isNotEmpty();
  }

  @Test
  void onceProposedALearnerIsNeededForEveryCommit() {
    primaryWith(5);
    addLearner(C);
    network.run(LEASE);
    assertThat(network.node(A).promoted(C)).isTrue();
    OperationId put = network.put(A, "key", "value");
    network.deliver(envelope -> !sentTo(C).test(envelope));
    assertThat(network.answersTo(put)).isEmpty();
    network.deliver();
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aLearnerIsNotProposedBeforeItHoldsEveryCommittedEffect() {
    primaryWith(20);
    addLearner(C);
    network.deliver(envelope -> !(envelope.is(SnapshotChunk.class) && isLast(envelope)));
    assertThat(network.node(A).promoted(C)).isFalse();
  }

  private static boolean isLast(Envelope envelope) {
    return ((SnapshotChunk) envelope.message()).last();
  }

  @Test
  void aPromotedReplicaIsCompleteAndTakesOver() {
    primaryWith(20);
    addLearner(C);
    network.run(LEASE);
    OperationId put = network.put(A, "key", "value");
    network.deliver();
    network.epoch(List.of(A, B, C), List.of());
    network.drop(envelope -> true);
    network.epoch(List.of(C), List.of());
    network.run(LEASE);
    assertThat(network.content(C)).hasSize(21);
    network.answers.clear();
    network.ask(C, put, 2, "key", new Operation.Put(ReplicaNetwork.bytes("value"), false));
    assertThat(network.answerTo(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void rememberedResultsTravelWithTheMapInChunksOfTheirOwn() {
    primaryWith(40);
    addLearner(C);
    network.deliver(envelope -> !envelope.is(SnapshotChunk.class));
    int largest = 0;
    while (network.wire.stream().anyMatch(ofType(SnapshotChunk.class))) {
      SnapshotChunk chunk =
          (SnapshotChunk)
              network.wire.stream()
                  .filter(ofType(SnapshotChunk.class))
                  .findFirst()
                  .orElseThrow()
                  .message();
      largest = Math.max(largest, chunk.entries().size() + chunk.lanes().size());
      network.deliverOne(ofType(SnapshotChunk.class));
      network.deliver(envelope -> !envelope.is(SnapshotChunk.class));
    }
    assertThat(largest).isLessThan(10);
    network.run(LEASE);
    network.epoch(List.of(C), List.of());
    OperationId first = new OperationId(ReplicaNetwork.CALLER, 1, 1);
    network.answers.clear();
    network.ask(C, first, 2, "key0", new Operation.PutIfAbsent(ReplicaNetwork.bytes("again")));
    assertThat(network.answerTo(first).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void entriesOfADestroyedCacheAreNotTakenFromAChunk() {
    primaryWith(5);
    addLearner(C);
    network.dropped.add(ReplicaNetwork.CACHE);
    network.run(LEASE);
    assertThat(network.content(C)).isEmpty();
  }

  @Test
  void anIdleLearnerThatHeardNothingAsksAgainButNotAtEachTick() {
    primaryWith(20);
    addLearner(C);
    network.drop(envelope -> true);
    for (int i = 0; i < 100; i++) {
      network.tick(LEASE / 100);
    }
    assertThat(network.drop(ofType(LearnerStatus.class))).hasSizeBetween(1, 4);
    assertThat(network.drop(ofType(Append.class))).isEmpty();
  }
}
