package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.C;
import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.ofType;
import static io.henge.replication.partition.ReplicaNetwork.sentBy;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.ReplicaNetwork.Envelope;
import io.henge.replication.partition.ReplicaNetwork.Proposal;
import io.henge.replication.topology.OperationId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes in a steady epoch: what is committed when, repeated when, and refused when. */
class PrimaryRoleTest {

  private final ReplicaNetwork network = ReplicaNetwork.withSmallBounds();

  private void threeInSync() {
    network.epoch(List.of(A, B, C), List.of());
    network.deliver();
  }

  private AnswerStatus status(OperationId id) {
    return network.answerTo(id).status();
  }

  @Test
  void aWriteIsAnsweredWhenEveryInSyncReplicaHasIt() {
    threeInSync();
    OperationId put = network.put(A, "key", "value");
    network.deliver(envelope -> !sentTo(C).test(envelope));
    assertThat(network.answersTo(put)).isEmpty();
    assertThat(network.node(A).replica.commitIndex())
        .isLessThan(network.node(A).replica.lastIndex());
    network.deliver();
    assertThat(status(put)).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aBackupAnswersLocallyOnlyWhatIsNotPending() {
    threeInSync();
    network.put(A, "key", "value");
    network.deliver();
    assertThat(network.node(B).read("key")).isNull();
    assertThat(network.node(B).read("other").present()).isFalse();
    network.run(LEASE);
    assertThat(text(network.node(B).read("key").value())).isEqualTo("value");
    network.node(B).lease = false;
    assertThat(network.node(B).read("key")).isNull();
  }

  @Test
  void aSolePrimaryCommitsAtOnce() {
    network.epoch(List.of(A), List.of());
    assertThat(status(network.put(A, "key", "value"))).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void everyFrameMayBeLostRepeatedAndReordered() {
    threeInSync();
    List<OperationId> puts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      network.tick(LEASE / 10);
      if (puts.stream().filter(id -> network.answersTo(id).isEmpty()).count() < 8) {
        puts.add(network.put(A, "key" + i % 7, "value " + i));
      }
      List<Envelope> under = new ArrayList<>(network.drop(envelope -> true));
      Collections.reverse(under);
      for (int j = 0; j < under.size(); j++) {
        if ((i + j) % 3 != 0) {
          network.hand(under.get(j));
          network.hand(under.get(j));
        }
      }
    }
    network.run(4 * LEASE);
    assertThat(network.content(A)).hasSize(7);
    assertThat(network.content(B)).isEqualTo(network.content(A));
    assertThat(network.content(C)).isEqualTo(network.content(A));
    assertThat(puts).allMatch(put -> !network.answersTo(put).isEmpty());
  }

  @Test
  void aLostAcknowledgementOfTheGreetingIsAskedForAgainAndNobodyIsShrunk() {
    network.epoch(List.of(A, B), List.of());
    network.deliver(ofType(Append.class));
    network.drop(ofType(Appended.class));
    network.run(10 * LEASE);
    assertThat(network.node(A).proposals).isEmpty();
    assertThat(network.node(A).replica.waiting()).isFalse();
  }

  @Test
  void aLastCommitIndexThatWasLostIsSentAgain() {
    threeInSync();
    network.put(A, "key", "value");
    network.deliver();
    network.tick(1);
    network.drop(sentTo(B));
    network.run(2 * LEASE);
    assertThat(network.node(B).read("key")).isNotNull();
  }

  @Test
  void aSilentBackupIsProposedForRemovalNotRemoved() {
    threeInSync();
    OperationId put = network.put(A, "key", "value");
    for (int i = 0; i < 50; i++) {
      network.tick(LEASE / 10);
      network.drop(sentTo(C));
      network.deliver();
    }
    assertThat(network.node(A).proposals)
        .isNotEmpty()
        .allMatch(new Proposal(false, network.assignment().epoch(), C)::equals);
    assertThat(network.answersTo(put)).isEmpty();
    network.epoch(List.of(A, B), List.of(C));
    network.deliver();
    assertThat(status(put)).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aPrimaryThatHearsNobodyDoesNotMakeItselfTheOnlyCopy() {
    threeInSync();
    network.put(A, "key", "value");
    network.node(A).lease = false; // as whoever hears nobody soon has none
    for (int i = 0; i < 50; i++) {
      network.tick(LEASE / 10);
      network.drop(sentTo(A));
      network.deliver();
    }
    assertThat(network.node(A).proposals).isEmpty();

    network.node(A).lease = true;
    network.run(5 * LEASE);
    assertThat(network.node(A).proposals).isEmpty();
    assertThat(network.node(C).read("key")).isNotNull();
  }

  @Test
  void noMoreThanTheWindowIsInFlightToOneReplica() {
    network.epoch(List.of(A, B), List.of());
    network.deliver();
    for (int i = 0; i < 8; i++) {
      network.put(A, "key" + i, "value");
    }
    int sent =
        network.wire.stream()
            .filter(ofType(Append.class))
            .mapToInt(envelope -> ((Append) envelope.message()).effects().size())
            .sum();
    assertThat(sent).isBetween(1, network.settings.window() + 2);
    network.deliver();
    assertThat(network.node(A).replica.commitIndex())
        .isEqualTo(network.node(A).replica.lastIndex());
  }

  @Test
  void largeValuesFillTheWindowByTheirBytes() {
    ReplicaNetwork wide = new ReplicaNetwork();
    wide.epoch(List.of(A, B), List.of());
    wide.deliver();
    String large = "x".repeat(900_000);
    for (int i = 0; i < 20; i++) {
      wide.put(A, "key" + i, large);
    }
    assertThat(wide.wire.stream().filter(ofType(Append.class)).count()).isLessThanOrEqualTo(6);
    wide.run(LEASE);
    assertThat(wide.content(B).keySet()).hasSize(20);
  }

  @Test
  void uncommittedEffectsAreBoundedByNumberAndByBytes() {
    threeInSync();
    List<OperationId> puts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      puts.add(network.put(A, "key" + i, "value"));
    }
    assertThat(network.answersTo(puts.get(7))).isEmpty();
    assertThat(status(puts.get(8))).isEqualTo(AnswerStatus.RETRY_LATER);

    ReplicaNetwork wide = new ReplicaNetwork();
    wide.epoch(List.of(A, B), List.of());
    String large = "x".repeat(900_000);
    List<AnswerStatus> refused = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      wide.answersTo(wide.put(A, "key" + i, large)).forEach(answer -> refused.add(answer.status()));
    }
    assertThat(refused).isNotEmpty().containsOnly(AnswerStatus.RETRY_LATER);
  }

  @Test
  void aHotKeyPipelines() {
    threeInSync();
    network.put(A, "key", "one");
    OperationId second = network.ask(A, "key", new Operation.Put(bytes("two"), true));
    OperationId third =
        network.ask(A, "key", new Operation.ReplaceIfEquals(bytes("two"), bytes("three")));
    network.deliver();
    assertThat(text(network.answerTo(second).value())).isEqualTo("one");
    assertThat(status(third)).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(A)).isEqualTo(Map.of("key", "three"));
  }

  @Test
  void aRepeatIsNotRunAgainWhetherUnderWayOrDone() {
    threeInSync();
    OperationId id = network.ask(A, "key", new Operation.PutIfAbsent(bytes("value")));
    network.ask(A, id, 2, "key", new Operation.PutIfAbsent(bytes("value")));
    assertThat(network.answersTo(id)).isEmpty();
    network.deliver();
    network.ask(A, id, 3, "key", new Operation.PutIfAbsent(bytes("value")));
    assertThat(network.answersTo(id))
        .hasSize(2)
        .allMatch(answer -> answer.status() == AnswerStatus.DONE);
    assertThat(network.node(A).replica.lastIndex() & 0xFFFF).isEqualTo(1);
  }

  @Test
  void anOperationThatItsCallerHasLeftBehindIsIgnored() {
    threeInSync();
    network.ask(A, new OperationId(CALLER, 0, 2), 1, "key", new Operation.Remove(false));
    network.deliver();
    OperationId late = new OperationId(CALLER, 0, 1);
    network.ask(A, late, 1, "key", new Operation.Put(bytes("late"), false));
    network.deliver();
    assertThat(network.answersTo(late)).isEmpty();
    assertThat(network.content(A)).isEmpty();
  }

  @Test
  void aResultThatIsNoLongerRememberedIsSaidToBeForgotten() {
    threeInSync();
    network.put(A, "key", "x".repeat(100));
    OperationId id = network.ask(A, "key", new Operation.Put(bytes("new"), true));
    network.deliver();
    network.answers.clear();
    network.ask(A, id, 2, "key", new Operation.Put(bytes("new"), true));
    assertThat(status(id)).isEqualTo(AnswerStatus.FORGOTTEN);
  }

  @Test
  void otherMembersDoNotExecute() {
    threeInSync();
    assertThat(status(network.put(B, "key", "value"))).isEqualTo(AnswerStatus.NOT_PRIMARY);
    assertThat(status(network.put(ReplicaNetwork.D, "key", "value")))
        .isEqualTo(AnswerStatus.NOT_PRIMARY);
  }

  @Test
  void requestsOfAMemberThatIsGoneAreRefused() {
    threeInSync();
    network.gone.add(CALLER);
    network.node(A).replica.onMembersChanged(network.now);
    assertThat(status(network.put(A, "key", "value"))).isEqualTo(AnswerStatus.RETRY_LATER);
  }

  @Test
  void aPrimaryThatHasNotHeardOfACacheYetIsAskedAgainLater() {
    threeInSync();
    network.unheardOf.add(ReplicaNetwork.CACHE);
    assertThat(status(network.put(A, "key", "value"))).isEqualTo(AnswerStatus.RETRY_LATER);
    network.unheardOf.clear();
    OperationId put = network.put(A, "key", "value");
    network.deliver();
    assertThat(status(put)).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aDestroyedCacheIsUnknownButWhatWasDoneIsStillAnswered() {
    threeInSync();
    OperationId done = network.put(A, "key", "value");
    network.deliver();
    network.answers.clear();
    network.dropped.add(ReplicaNetwork.CACHE);
    network.nodes.values().forEach(node -> node.replica.onCacheDropped(ReplicaNetwork.CACHE));
    network.ask(A, done, 2, "key", new Operation.Put(bytes("value"), false));
    assertThat(status(done)).isEqualTo(AnswerStatus.DONE);
    assertThat(status(network.put(A, "key", "value"))).isEqualTo(AnswerStatus.CACHE_DROPPED);
    assertThat(status(network.ask(A, "key", new Operation.Get())))
        .isEqualTo(AnswerStatus.CACHE_DROPPED);
    assertThat(network.content(A)).isEmpty();
  }

  @Test
  void readsNeedALease() {
    threeInSync();
    network.node(A).lease = false;
    assertThat(status(network.ask(A, "key", new Operation.Get())))
        .isEqualTo(AnswerStatus.RETRY_LATER);
    assertThat(status(network.ask(A, "", new Operation.Scan(new byte[0], 100))))
        .isEqualTo(AnswerStatus.RETRY_LATER);
  }

  @Test
  void aClearHidesAndRemovesEverythingOfItsCache() {
    threeInSync();
    network.put(A, "key", "value");
    network.run(LEASE);
    OperationId clear = network.ask(A, "", new Operation.Clear());
    assertThat(network.node(A).read("other")).isNull();
    network.run(LEASE);
    assertThat(status(clear)).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(A)).isEmpty();
    assertThat(network.content(B)).isEmpty();
    assertThat(network.node(B).read("key").present()).isFalse();
  }

  @Test
  void aScanReturnsEveryEntryOnceInBatchesWithinTheLimit() {
    network.epoch(List.of(A), List.of());
    for (int i = 0; i < 25; i++) {
      network.put(A, "key" + i, "value " + i);
    }
    List<String> keys = new ArrayList<>();
    byte[] after = {};
    boolean more = true;
    while (more) {
      ScanBatch batch =
          ScanBatch.decode(
              network.answerTo(network.ask(A, "", new Operation.Scan(after, 100))).value());
      assertThat(batch.encode().length).isLessThanOrEqualTo(110);
      assertThat(batch.entries()).isNotEmpty();
      batch.entries().forEach(entry -> keys.add(text(entry.key())));
      after = batch.entries().get(batch.entries().size() - 1).key();
      more = batch.more();
    }
    assertThat(keys).hasSize(25).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aScanGetsOnPastAnEntryThatIsLargerThanTheLimit() {
    network.epoch(List.of(A), List.of());
    network.put(A, "a", "x".repeat(1000));
    network.put(A, "b", "small");
    ScanBatch batch =
        ScanBatch.decode(
            network.answerTo(network.ask(A, "", new Operation.Scan(new byte[0], 0))).value());
    assertThat(batch.entries()).hasSize(1);
    assertThat(batch.more()).isTrue();
  }

  @Test
  void aReplicaThatLeavesAnswersNobody() {
    threeInSync();
    network.put(A, "key", "value");
    network.run(LEASE);
    network.epoch(List.of(A, B), List.of());
    assertThat(network.node(C).read("key")).isNull();
    assertThat(network.content(C)).isEmpty();
    assertThat(network.node(C).replica.waiting()).isFalse();
    assertThat(network.drop(sentBy(C))).isEmpty();
  }
}
