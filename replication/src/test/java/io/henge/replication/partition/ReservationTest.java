package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.LEASE;
import static io.henge.replication.partition.ReplicaNetwork.OTHER_CALLER;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.sentTo;
import static io.henge.replication.partition.ReplicaNetwork.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.Operation.Change;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.ReplicaNetwork.Run;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Code at the caller and processors at the primary (PROTOCOL 4.12). */
class ReservationTest {

  private static final Operation RESERVE = new Operation.Reserve();
  private static final Operation PROCESSOR = new Operation.RunProcessor(new byte[] {1});

  private final ReplicaNetwork network = ReplicaNetwork.withSmallBounds();

  private void inSync(MemberId... members) {
    network.epoch(List.of(members), List.of());
    network.run(LEASE);
  }

  private Answer last(OperationId id) {
    List<Answer> all = network.answersTo(id);
    assertThat(all).as("answers to " + id).isNotEmpty();
    return all.get(all.size() - 1);
  }

  private void complete(MemberId primary, OperationId id, long version, String value) {
    network.ask(
        primary,
        id,
        1,
        "key",
        new Operation.Complete(version, Change.SET, bytes(value), bytes("result")));
  }

  private void processed(MemberId member, Run run, String value) {
    network
        .node(member)
        .replica
        .onProcessed(
            new ProcessorOutcome(run.id(), true, Change.SET, bytes(value), bytes("result")),
            network.now);
  }

  @Test
  void aReservationGivesTheValueAndItsCompletionSetsTheNextOne() {
    inSync(A);
    network.put(A, "key", "old");
    OperationId id = network.ask(A, "key", RESERVE);
    assertThat(last(id).status()).isEqualTo(AnswerStatus.GRANTED);
    assertThat(text(last(id).value())).isEqualTo("old");
    complete(A, id, last(id).version(), "new");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(text(last(id).value())).isEqualTo("result");
    assertThat(network.content(A)).isEqualTo(Map.of("key", "new"));
  }

  @Test
  void othersWaitBehindAReservationInTheirOrderAndReadersDoNot() {
    inSync(A);
    OperationId holder = network.ask(A, "key", RESERVE);
    OperationId put = network.put(A, "key", "second");
    OperationId get = network.ask(A, "key", new Operation.Get());
    OperationId other = network.put(A, "other", "value");
    assertThat(network.answersTo(put)).isEmpty();
    assertThat(last(get).status()).isEqualTo(AnswerStatus.UNCHANGED);
    assertThat(last(other).status()).isEqualTo(AnswerStatus.DONE);
    complete(A, holder, last(holder).version(), "first");
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(A)).containsEntry("key", "second");
  }

  @Test
  void theQueueBehindAReservationIsBoundedAndHoldsEachRequestOnce() {
    inSync(A);
    OperationId holder = network.ask(A, "key", RESERVE);
    OperationId first = network.put(A, "key", "1");
    network.ask(A, first, 2, "key", new Operation.Put(bytes("1"), false));
    network.ask(A, first, 3, "key", new Operation.Put(bytes("1"), false));
    OperationId second = network.put(A, "key", "2");
    OperationId third = network.put(A, "key", "3");
    assertThat(last(third).status()).isEqualTo(AnswerStatus.RETRY_LATER);
    complete(A, holder, last(holder).version(), "0");
    assertThat(network.answerTo(first).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.answerTo(second).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aReservationBehindAReservationIsGrantedInItsTurnAndTheRestWaitsBehindIt() {
    inSync(A);
    OperationId first = network.ask(A, "key", RESERVE);
    OperationId second = network.ask(A, "key", RESERVE);
    OperationId put = network.put(A, "key", "put");
    complete(A, first, last(first).version(), "first");
    assertThat(text(last(second).value())).isEqualTo("first");
    assertThat(network.answersTo(put)).isEmpty();
    complete(A, second, last(second).version(), "second");
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(A)).isEqualTo(Map.of("key", "put"));
  }

  @Test
  void aSilentOwnerLosesItsReservationAndOneThatIsHeardDoesNot() {
    inSync(A);
    OperationId id = network.ask(A, "key", RESERVE);
    OperationId put = network.put(A, "key", "value");
    network.tick(network.settings.reservationSilence());
    network.ask(A, id, 1, "key", RESERVE);
    network.tick(network.settings.reservationSilence());
    assertThat(network.answersTo(put)).isEmpty();
    network.tick(1);
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
    complete(A, id, 0, "too late");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.CONFLICT);
  }

  @Test
  void noReservationLastsLongerThanItsLimit() {
    inSync(A);
    OperationId id = network.ask(A, "key", RESERVE);
    OperationId put = network.put(A, "key", "value");
    for (long t = 0; t <= network.settings.reservationLimit(); t += LEASE * 30) {
      network.tick(LEASE * 30);
      network.ask(A, id, 1, "key", RESERVE);
    }
    network.tick(1);
    assertThat(network.answersTo(put)).isNotEmpty();
  }

  @Test
  void theReservationsOfASuspendedMemberEnd() {
    inSync(A);
    OperationId id = new OperationId(OTHER_CALLER, 0, 1);
    network.ask(A, id, 1, "key", RESERVE);
    OperationId put = network.put(A, "key", "value");
    network.suspended.add(OTHER_CALLER);
    network.node(A).replica.onMembersChanged(network.now);
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aCallerThatNoLongerWaitsGivesItsReservationBack() {
    inSync(A);
    OperationId holder = network.ask(A, "key", RESERVE);
    OperationId waiting = network.ask(A, "key", RESERVE);
    OperationId put = network.put(A, "key", "value");
    network.ask(A, waiting, 2, "key", new Operation.Abandon());
    network.ask(A, holder, 2, "key", new Operation.Abandon());
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.answersTo(waiting)).isEmpty();
    assertThat(network.node(A).replica.waiting()).isFalse();
  }

  @Test
  void aLaterOperationOfTheLaneEndsItsReservation() {
    inSync(A);
    network.ask(A, new OperationId(CALLER, 0, 1), 1, "key", RESERVE);
    OperationId next = new OperationId(CALLER, 0, 2);
    network.ask(A, next, 1, "key", new Operation.Put(bytes("value"), false));
    assertThat(last(next).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aClearDuringTheCodeIsAConflictUnlessTheKeyWasAbsent() {
    inSync(A);
    network.put(A, "key", "old");
    OperationId id = network.ask(A, "key", RESERVE);
    network.ask(A, "", new Operation.Clear());
    complete(A, id, last(id).version(), "on the old value");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.CONFLICT);
    assertThat(network.content(A)).isEmpty();

    network.ask(A, id, 2, "key", RESERVE);
    network.ask(A, "", new Operation.Clear());
    complete(A, id, last(id).version(), "on nothing");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void afterAFailoverACompletionFitsIfTheEntryIsStillTheSame() {
    inSync(A, B);
    network.put(A, "key", "old");
    network.run(LEASE);
    OperationId id = network.ask(A, "key", RESERVE);
    long version = last(id).version();
    network.epoch(List.of(B), List.of());
    complete(B, id, version, "new");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(network.content(B)).isEqualTo(Map.of("key", "new"));
  }

  @Test
  void afterAFailoverACompletionOnAChangedEntryIsAConflict() {
    inSync(A, B);
    network.put(A, "key", "old");
    network.run(LEASE);
    OperationId id = network.ask(A, "key", RESERVE);
    long version = last(id).version();
    network.epoch(List.of(B), List.of());
    network.put(B, "key", "between");
    complete(B, id, version, "new");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.CONFLICT);
    assertThat(network.content(B)).isEqualTo(Map.of("key", "between"));
  }

  @Test
  void afterAFailoverAnotherOwnersReservationComesFirst() {
    inSync(A, B);
    OperationId id = network.ask(A, "key", RESERVE);
    long version = last(id).version();
    network.epoch(List.of(B), List.of());
    network.ask(B, "key", RESERVE);
    complete(B, id, version, "new");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.CONFLICT);
  }

  @Test
  void aVersionOfAnUncommittedValueDoesNotFitAnotherValueAtTheSameIndex() {
    inSync(A, B);
    network.put(A, "key", "never committed");
    OperationId id = network.ask(A, "key", RESERVE);
    long version = last(id).version();
    network.drop(sentTo(B));
    network.epoch(List.of(B), List.of());
    network.put(B, "key", "another value at the same index");
    complete(B, id, version, "computed from a value that never was");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.CONFLICT);
  }

  @Test
  void aReservationOnAnUncommittedRemovalFitsOnceItIsCommitted() {
    inSync(A, B);
    network.put(A, "key", "old");
    network.deliver();
    network.ask(A, "key", new Operation.Remove(false));
    OperationId id = network.ask(A, "key", RESERVE);
    network.deliver();
    complete(A, id, last(id).version(), "new");
    network.deliver();
    assertThat(last(id).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aRepeatedCompletionHappensOnce() {
    inSync(A, B);
    OperationId id = network.ask(A, "key", RESERVE);
    long version = last(id).version();
    complete(A, id, version, "new");
    complete(A, id, version, "new");
    network.deliver();
    complete(A, id, version, "new");
    assertThat(network.answersTo(id))
        .extracting(Answer::status)
        .containsExactly(AnswerStatus.GRANTED, AnswerStatus.DONE, AnswerStatus.DONE);
    assertThat(network.node(A).replica.lastIndex() & 0xFFFF).isEqualTo(1);
  }

  @Test
  void aProcessorRunsOnceHoweverOftenItIsAskedFor() {
    inSync(A);
    network.put(A, "key", "old");
    OperationId id = network.ask(A, "key", PROCESSOR);
    assertThat(network.answersTo(id)).isEmpty();
    network.ask(A, id, 2, "key", PROCESSOR);
    assertThat(last(id).status()).isEqualTo(AnswerStatus.RUNNING);
    assertThat(network.node(A).runs).hasSize(1);
    Run run = network.node(A).runs.get(0);
    assertThat(text(run.value())).isEqualTo("old");
    OperationId put = network.put(A, "key", "after");
    assertThat(network.answersTo(put)).isEmpty();
    processed(A, run, "new");
    assertThat(last(id).status()).isEqualTo(AnswerStatus.DONE);
    assertThat(text(last(id).value())).isEqualTo("result");
    assertThat(network.content(A)).isEqualTo(Map.of("key", "after"));
    network.ask(A, id, 3, "key", PROCESSOR);
    assertThat(network.node(A).runs).hasSize(1);
  }

  @Test
  void aProcessorThatFindsNoThreadIsSentBackAtOnceAndHoldsNothing() {
    inSync(A);
    network.mostRuns = 0;
    OperationId id = network.ask(A, "key", PROCESSOR);
    assertThat(last(id).status()).isEqualTo(AnswerStatus.NOT_RUNNABLE);
    OperationId put = network.put(A, "key", "value");
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aProcessorThatCannotRunIsSentBackToTheNewestAttempt() {
    inSync(A);
    OperationId id = network.ask(A, "key", PROCESSOR);
    network.ask(A, id, 2, "key", PROCESSOR);
    network.node(A).replica.onProcessed(ProcessorOutcome.notRunnable(id), network.now);
    assertThat(last(id).status()).isEqualTo(AnswerStatus.NOT_RUNNABLE);
    assertThat(last(id).attempt()).isEqualTo(2);
  }

  @Test
  void aProcessorThatCannotRunHereLeavesNothingBehind() {
    inSync(A);
    OperationId id = network.ask(A, "key", PROCESSOR);
    OperationId put = network.put(A, "key", "value");
    network.node(A).replica.onProcessed(ProcessorOutcome.notRunnable(id), network.now);
    assertThat(last(id).status()).isEqualTo(AnswerStatus.NOT_RUNNABLE);
    assertThat(last(put).status()).isEqualTo(AnswerStatus.DONE);
  }

  @Test
  void aProcessorRunsAgainIfTheCacheWasClearedUnderIt() {
    inSync(A);
    network.put(A, "key", "old");
    network.ask(A, "key", PROCESSOR);
    network.ask(A, "", new Operation.Clear());
    processed(A, network.node(A).runs.get(0), "from the old value");
    assertThat(network.node(A).runs).hasSize(2);
    assertThat(network.node(A).runs.get(1).value()).isNull();
    processed(A, network.node(A).runs.get(1), "from nothing");
    assertThat(network.content(A)).isEqualTo(Map.of("key", "from nothing"));
  }

  @Test
  void aProcessorOfADeposedPrimaryChangesNothing() {
    inSync(A, B);
    OperationId id = network.ask(A, "key", PROCESSOR);
    OperationId waiting = network.put(A, "key", "waiting");
    network.epoch(List.of(B, A), List.of());
    assertThat(last(waiting).status()).isEqualTo(AnswerStatus.NOT_PRIMARY);
    processed(A, network.node(A).runs.get(0), "stale");
    network.run(LEASE);
    assertThat(network.content(B)).isEmpty();
    network.ask(B, id, 2, "key", PROCESSOR);
    processed(B, network.node(B).runs.get(0), "new");
    network.run(LEASE);
    assertThat(network.content(B)).isEqualTo(Map.of("key", "new"));
    assertThat(network.content(A)).isEqualTo(network.content(B));
  }

  @Test
  void aProcessorThatOutlivesItsReservationChangesNothing() {
    inSync(A);
    network.ask(A, "key", PROCESSOR);
    network.tick(network.settings.reservationLimit() + 1);
    network.put(A, "key", "between");
    processed(A, network.node(A).runs.get(0), "late");
    assertThat(network.content(A)).isEqualTo(Map.of("key", "between"));
  }
}
