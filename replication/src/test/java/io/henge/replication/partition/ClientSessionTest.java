package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.A;
import static io.henge.replication.partition.ReplicaNetwork.B;
import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.MILLISECOND;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.partition.ClientResult.Kind;
import io.henge.replication.partition.Operation.Change;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSessionTest {

  private static final long SECOND = 1000 * MILLISECOND;
  private static final ClientSettings SETTINGS = ClientSettings.withTimeout(10 * SECOND);
  private static final Operation PUT = new Operation.Put(bytes("value"), false);
  private static final Operation GET = new Operation.Get();

  private record Sent(MemberId to, Request request) {}

  private final List<Sent> sent = new ArrayList<>();
  private final List<ClientOperation> granted = new ArrayList<>();
  private final List<ClientOperation> notRunnable = new ArrayList<>();
  private final Map<ClientOperation, ClientResult> results = new HashMap<>();
  private MemberId primary = A;
  private boolean exchangingLarge;
  private long now = 77 * SECOND;

  private final ClientSession session =
      new ClientSession(
          CALLER,
          SETTINGS,
          new ClientSession.Routes() {
            @Override
            public MemberId primary(int partition) {
              return primary;
            }

            @Override
            public boolean exchangingLarge(MemberId member) {
              return exchangingLarge;
            }

            @Override
            public String whyNoPrimary(int partition) {
              return "nobody there";
            }
          },
          new ClientSession.Output() {
            @Override
            public void send(MemberId to, Request request) {
              sent.add(new Sent(to, request));
            }

            @Override
            public void granted(ClientOperation operation, byte[] value) {
              granted.add(operation);
            }

            @Override
            public void notRunnable(ClientOperation operation) {
              notRunnable.add(operation);
            }

            @Override
            public void finished(ClientOperation operation, ClientResult result) {
              assertThat(results.put(operation, result)).as("ended twice").isNull();
            }
          });

  private ClientOperation begin(Operation operation) {
    return session.begin(0, key("key"), operation, "attached", now);
  }

  @Test
  void aReadIsNotRepeatedWhileSomethingLargeIsOnItsWay() {
    begin(GET);
    exchangingLarge = true;
    for (int i = 0; i < 20; i++) {
      now += SETTINGS.retry();
      session.onTick(now);
    }
    assertThat(sent).hasSize(1);

    exchangingLarge = false;
    now += SETTINGS.retry();
    session.onTick(now);
    assertThat(sent).hasSize(2);
  }

  @Test
  void aSmallWriteIsRepeatedWhateverIsOnItsWay() {
    begin(PUT);
    exchangingLarge = true;
    now += SETTINGS.retry() + MILLISECOND;
    session.onTick(now);
    assertThat(sent).hasSize(2);
  }

  @Test
  void aReadThatMayHaveBeenLostIsRepeatedAfterAll() {
    begin(GET);
    exchangingLarge = true;
    for (long end = now + 4 * SETTINGS.maxRetry(); now <= end; now += SETTINGS.retry()) {
      session.onTick(now);
    }
    session.onTick(now);
    assertThat(sent).hasSize(2);
  }

  @Test
  void aLargeRequestHasMoreTimeToBeAnswered() {
    begin(new Operation.Put(new byte[20 << 20], false));
    now += 2 * SECOND;
    session.onTick(now);
    assertThat(sent).hasSize(1);
    now += SECOND / 2;
    session.onTick(now);
    assertThat(sent).hasSize(2);
  }

  private Request last() {
    return sent.get(sent.size() - 1).request();
  }

  private void answer(ClientOperation operation, AnswerStatus status) {
    answer(operation, operation.attempts(), status, 0);
  }

  private void answer(ClientOperation operation, int attempt, AnswerStatus status, long version) {
    session.onAnswer(new Answer(0, operation.id(), attempt, status, bytes("answer"), version), now);
  }

  private void pass(long time) {
    for (long end = now + time; now < end; ) {
      now += 5 * MILLISECOND;
      session.onTick(now);
    }
  }

  private Kind kind(ClientOperation operation) {
    assertThat(results).containsKey(operation);
    return results.get(operation).kind();
  }

  @Test
  void whatIsTriedAgainIsCountedAndWaitingForSomebodyToAskCountsOnce() {
    ClientOperation put = begin(PUT);
    assertThat(put.repeats()).isZero();
    assertThat(put.begun()).isEqualTo(77 * SECOND);
    answer(put, AnswerStatus.RETRY_LATER);
    pass(SETTINGS.maxBackoff());
    assertThat(put.repeats()).as("refused once").isEqualTo(1);
    primary = null;
    answer(put, AnswerStatus.RETRY_LATER);
    pass(SECOND);
    assertThat(put.repeats()).as("refused twice, then nobody to ask").isEqualTo(2);
    primary = B;
    session.onRoutesChanged(now);
    answer(put, AnswerStatus.DONE);
    assertThat(put.repeats()).isEqualTo(2);

    primary = null;
    ClientOperation homeless = begin(PUT);
    pass(SECOND);
    assertThat(homeless.repeats()).isEqualTo(1);
  }

  @Test
  void anAnsweredOperationIsDoneOrUnchanged() {
    ClientOperation put = begin(PUT);
    assertThat(sent).extracting(Sent::to).containsExactly(A);
    answer(put, AnswerStatus.DONE);
    assertThat(kind(put)).isEqualTo(Kind.DONE);
    assertThat(results.get(put).value()).isEqualTo(bytes("answer"));
    ClientOperation get = begin(GET);
    answer(get, AnswerStatus.UNCHANGED);
    assertThat(kind(get)).isEqualTo(Kind.UNCHANGED);
    assertThat(session.active()).isZero();
  }

  @Test
  void aLaneNamesEachOperationAnew() {
    ClientOperation first = begin(PUT);
    answer(first, AnswerStatus.DONE);
    ClientOperation second = begin(PUT);
    assertThat(second.id().lane()).isEqualTo(first.id().lane());
    assertThat(second.id().sequence()).isEqualTo(first.id().sequence() + 1);
    answer(first, AnswerStatus.UNCHANGED); // late
    assertThat(results).doesNotContainKey(second);
  }

  @Test
  void noMoreOperationsThanLanesAreUnderWay() {
    for (int i = 0; i < SETTINGS.lanes(); i++) {
      assertThat(begin(PUT)).isNotNull();
    }
    assertThat(begin(PUT)).isNull();
    assertThat(session.active()).isEqualTo(SETTINGS.lanes());
  }

  @Test
  void anUnansweredRequestIsRepeatedUnderTheSameIdMoreAndMoreSeldom() {
    ClientOperation put = begin(PUT);
    pass(9 * SECOND);
    assertThat(sent).hasSizeBetween(8, 15);
    assertThat(sent).allMatch(each -> each.request().id().equals(put.id()));
    assertThat(last().attempt()).isEqualTo(sent.size());
    answer(put, 1, AnswerStatus.DONE, 0); // an answer to any attempt counts
    assertThat(kind(put)).isEqualTo(Kind.DONE);
  }

  @Test
  void aWriteThatWasSentAndNotAnsweredIsUnknownAndAReadIsNotDone() {
    ClientOperation put = begin(PUT);
    ClientOperation get = begin(GET);
    pass(11 * SECOND);
    assertThat(kind(put)).isEqualTo(Kind.UNKNOWN);
    assertThat(kind(get)).isEqualTo(Kind.NOT_DONE);
    assertThat(results.get(put).why()).isEqualTo("nobody there");
  }

  @Test
  void aWriteThatWasNeverSentIsNotDone() {
    primary = null;
    ClientOperation put = begin(PUT);
    pass(11 * SECOND);
    assertThat(sent).isEmpty();
    assertThat(kind(put)).isEqualTo(Kind.NOT_DONE);
  }

  @Test
  void aWriteThatWasSentOnceStaysUnknownThoughLaterAttemptsWereRefused() {
    ClientOperation put = begin(PUT);
    answer(put, AnswerStatus.RETRY_LATER);
    primary = null;
    pass(11 * SECOND);
    assertThat(kind(put)).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void waitsForAPrimaryAndSendsWhenThereIsOne() {
    primary = null;
    begin(PUT);
    primary = B;
    session.onRoutesChanged(now);
    assertThat(sent).extracting(Sent::to).containsExactly(B);
  }

  @Test
  void isSentAgainAtOnceWhenThePrimaryMovesAndNotIfItStays() {
    begin(PUT);
    session.onRoutesChanged(now);
    assertThat(sent).hasSize(1);
    primary = B;
    session.onRoutesChanged(now);
    assertThat(sent).extracting(Sent::to).containsExactly(A, B);
  }

  @Test
  void aRefusalIsFollowedByAPauseThatGrows() {
    ClientOperation put = begin(PUT);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answer(put, AnswerStatus.RETRY_LATER);
      int before = sent.size();
      long since = now;
      while (sent.size() == before) {
        now += MILLISECOND;
        session.onTick(now);
      }
      pauses.add((now - since) / MILLISECOND);
    }
    assertThat(pauses).isSorted().startsWith(2L, 4L, 8L).endsWith(50L);
  }

  @Test
  void aRefusalOfAnEarlierAttemptIsIgnored() {
    ClientOperation put = begin(PUT);
    primary = B;
    session.onRoutesChanged(now);
    answer(put, 1, AnswerStatus.NOT_PRIMARY, 0);
    now += 10 * MILLISECOND;
    session.onTick(now);
    assertThat(sent).hasSize(2);
  }

  @Test
  void anOperationOnACacheThatWasDestroyedEnds() {
    ClientOperation put = begin(PUT);
    answer(put, AnswerStatus.CACHE_DROPPED);
    assertThat(kind(put)).isEqualTo(Kind.CACHE_DROPPED);
  }

  @Test
  void aForgottenResultIsUnknown() {
    ClientOperation put = begin(PUT);
    answer(put, AnswerStatus.FORGOTTEN);
    assertThat(kind(put)).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void codeUnderAReservationHasItsTimeAndIsKeptAlive() {
    ClientOperation reserve = begin(new Operation.Reserve());
    answer(reserve, 1, AnswerStatus.GRANTED, 42);
    answer(reserve, 1, AnswerStatus.GRANTED, 43); // repeated
    assertThat(granted).containsExactly(reserve);
    pass(60 * SECOND);
    assertThat(results).isEmpty();
    assertThat(sent).hasSize(1 + 30);
    session.complete(reserve, Change.SET, bytes("new"), null, Lifetimes.UNCHANGED, now);
    assertThat(last().operation())
        .isInstanceOfSatisfying(
            Operation.Complete.class, complete -> assertThat(complete.version()).isEqualTo(42));
    answer(reserve, AnswerStatus.DONE);
    assertThat(kind(reserve)).isEqualTo(Kind.DONE);
  }

  @Test
  void aConflictRunsTheCodeAgainUnderTheSameId() {
    ClientOperation reserve = begin(new Operation.Reserve());
    answer(reserve, 1, AnswerStatus.GRANTED, 42);
    session.complete(reserve, Change.NONE, null, null, Lifetimes.UNCHANGED, now);
    int attempt = reserve.attempts();
    answer(reserve, AnswerStatus.CONFLICT);
    assertThat(last().operation()).isInstanceOf(Operation.Reserve.class);
    answer(reserve, attempt, AnswerStatus.CONFLICT, 0); // repeated
    answer(reserve, reserve.attempts(), AnswerStatus.GRANTED, 43);
    assertThat(granted).hasSize(2);
    assertThat(last().id()).isEqualTo(reserve.id());
  }

  @Test
  void afterAConflictAnEarlierCompletionMayStillBeDone() {
    ClientOperation reserve = begin(new Operation.Reserve());
    answer(reserve, 1, AnswerStatus.GRANTED, 42);
    session.complete(reserve, Change.NONE, null, null, Lifetimes.UNCHANGED, now);
    answer(reserve, AnswerStatus.CONFLICT);
    pass(11 * SECOND);
    assertThat(kind(reserve)).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void aReservationThatIsNoLongerWaitedForIsGivenBack() {
    ClientOperation reserve = begin(new Operation.Reserve());
    pass(11 * SECOND);
    assertThat(kind(reserve)).isEqualTo(Kind.NOT_DONE);
    assertThat(last().operation()).isInstanceOf(Operation.Abandon.class);
    assertThat(last().id()).isEqualTo(reserve.id());
  }

  @Test
  void anOperationThatEndsUnderTheRunningCodeEndsOnce() {
    ClientOperation reserve = begin(new Operation.Reserve());
    answer(reserve, 1, AnswerStatus.GRANTED, 42);
    answer(reserve, AnswerStatus.CACHE_DROPPED); // to a sign of life
    assertThat(kind(reserve)).isEqualTo(Kind.CACHE_DROPPED);
    int before = sent.size();
    session.complete(reserve, Change.NONE, null, null, Lifetimes.UNCHANGED, now);
    session.reserveInstead(reserve, now);
    assertThat(sent).hasSize(before);
    assertThat(session.active()).isZero();
  }

  @Test
  void completingWithoutAReservationIsABug() {
    ClientOperation put = begin(PUT);
    assertThatThrownBy(
            () -> session.complete(put, Change.NONE, null, null, Lifetimes.UNCHANGED, now))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRunningProcessorIsWaitedForAsLongAsItsPrimarySaysSo() {
    ClientOperation run = begin(new Operation.RunProcessor(bytes("code")));
    for (int i = 0; i < 30; i++) {
      answer(run, AnswerStatus.RUNNING);
      pass(2 * SECOND);
    }
    assertThat(results).isEmpty();
    assertThat(sent).hasSizeBetween(30, 70);
    pass(11 * SECOND);
    assertThat(kind(run)).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void aProcessorThatCannotRunThereUsesUpItsIdUnderAReservation() {
    ClientOperation run = begin(new Operation.RunProcessor(bytes("code")));
    answer(run, AnswerStatus.NOT_RUNNABLE);
    assertThat(notRunnable).containsExactly(run);
    pass(60 * SECOND);
    assertThat(sent).hasSize(1);
    session.reserveInstead(run, now);
    answer(run, AnswerStatus.GRANTED);
    session.complete(run, Change.VOID, null, null, Lifetimes.UNCHANGED, now);
    answer(run, AnswerStatus.UNCHANGED);
    assertThat(kind(run)).isEqualTo(Kind.UNCHANGED);
  }

  @Test
  void notRunnableFromAnEarlierAttemptIsIgnored() {
    ClientOperation run = begin(new Operation.RunProcessor(bytes("code")));
    primary = B;
    session.onRoutesChanged(now);
    answer(run, 1, AnswerStatus.NOT_RUNNABLE, 0);
    assertThat(notRunnable).isEmpty();
  }

  @Test
  void closingEndsEverythingButRunningCodeWhichEndsWithItsCompletion() {
    ClientOperation put = begin(PUT);
    ClientOperation get = begin(GET);
    ClientOperation reserve = begin(new Operation.Reserve());
    answer(reserve, AnswerStatus.GRANTED);
    primary = null;
    ClientOperation unsent = begin(PUT);
    session.close("over");
    assertThat(kind(put)).isEqualTo(Kind.UNKNOWN);
    assertThat(kind(get)).isEqualTo(Kind.NOT_DONE);
    assertThat(kind(unsent)).isEqualTo(Kind.NOT_DONE);
    assertThat(results).doesNotContainKey(reserve);
    session.complete(reserve, Change.NONE, null, null, Lifetimes.UNCHANGED, now);
    session.close("over");
    assertThat(kind(reserve)).isEqualTo(Kind.NOT_DONE);
    assertThat(session.active()).isZero();
  }

  @Test
  void whatIsUnderWayEndsWhenTheClusterIsFoundedAgain() {
    ClientOperation put = begin(PUT);
    ClientOperation get = begin(GET);
    primary = null;
    ClientOperation unsent = begin(PUT);
    session.onFoundedAgain("founded again");
    assertThat(kind(put)).isEqualTo(Kind.UNKNOWN);
    assertThat(kind(get)).isEqualTo(Kind.NOT_DONE);
    assertThat(kind(unsent)).isEqualTo(Kind.NOT_DONE);
    assertThat(session.active()).isZero();
  }

  /** The version that the former cluster gave out may be another value in the new one. */
  @Test
  void codeThatRanUnderAReservationOfTheFormerClusterRunsAgain() {
    ClientOperation reserve = begin(new Operation.Reserve());
    answer(reserve, AnswerStatus.GRANTED);
    session.onFoundedAgain("founded again");
    assertThat(results).isEmpty();
    sent.clear();
    session.complete(reserve, Change.SET, bytes("stale"), null, Lifetimes.UNCHANGED, now);
    assertThat(sent.get(0).request().operation()).isInstanceOf(Operation.Reserve.class);
    answer(reserve, AnswerStatus.GRANTED);
    assertThat(granted).containsExactly(reserve, reserve);
    session.complete(reserve, Change.SET, bytes("fresh"), null, Lifetimes.UNCHANGED, now);
    assertThat(sent.get(1).request().operation()).isInstanceOf(Operation.Complete.class);
  }

  @Test
  void answersToNobodyAreIgnored() {
    session.onAnswer(
        new Answer(0, new OperationId(CALLER, -1, 1), 1, AnswerStatus.DONE, null, 0), now);
    session.onAnswer(
        new Answer(0, new OperationId(CALLER, 1 << 20, 1), 1, AnswerStatus.DONE, null, 0), now);
    assertThat(results).isEmpty();
  }
}
