package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.henge.replication.partition.AnswerStatus;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.ClientResult.Kind;
import io.henge.replication.partition.ClientSettings;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers against a primary at the same member: each request is answered on its own thread. */
@Timeout(60) // a caller that is never woken fails, instead of the whole build standing still
class ClientPlaneTest {

  private static final MemberId SELF = new MemberId(0, 1);
  private static final EntryKey KEY = new EntryKey(1, new byte[] {1});
  private static final int LANES = 4;

  private final List<DelayedOperation> delayed = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private Function<Request, AnswerStatus> primary = request -> AnswerStatus.DONE;
  private final LocalDelivery local = new LocalDelivery(this::answer);
  private final ClientPlane plane =
      new ClientPlane(
          SELF,
          new ClientSettings(LANES, 10_000_000_000L, 1 << 30, 1 << 30, 1, 1, 1 << 20, 1 << 30),
          new FixedRoutes(partition -> SELF),
          (to, frame) -> {
            throw new AssertionError("nobody else is there");
          },
          local,
          delayed::add,
          now::get);

  private void answer(PartitionMessage message) {
    Request request = (Request) message;
    requests.add(request);
    AnswerStatus status = primary.apply(request);
    if (status != null) {
      answer(request, status);
    }
  }

  private void answer(Request request, AnswerStatus status) {
    plane.onAnswer(
        new Answer(
            request.partition(), request.id(), request.attempt(), status, bytes("answer"), 7));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A primary that grants, runs and completes. */
  private static AnswerStatus serve(Request request) {
    if (request.operation() instanceof Operation.Reserve) {
      return AnswerStatus.GRANTED;
    }
    if (request.operation() instanceof Operation.Complete complete
        && complete.change() == Operation.Change.VOID) {
      return AnswerStatus.UNCHANGED;
    }
    return request.operation() instanceof Operation.RunProcessor
        ? AnswerStatus.NOT_RUNNABLE
        : AnswerStatus.DONE;
  }

  private void assertAllLanesAreFree() {
    assertThat(plane.tick()).as("operations are under way").isFalse();
  }

  private static List<ClientPlane.Item> items(int count) {
    List<ClientPlane.Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new ClientPlane.Item(i, KEY, new Operation.Get()));
    }
    return items;
  }

  @Test
  void whatHadToBeTriedAgainIsToldWhenItEnds() throws InterruptedException {
    plane.call(2, KEY, new Operation.Get());
    assertThat(delayed).as("answered at once").isEmpty();
    primary = request -> request.attempt() < 3 ? AnswerStatus.RETRY_LATER : AnswerStatus.DONE;
    long begun = now.get();
    Thread caller = new Thread(() -> plane.call(3, KEY, new Operation.Get()));
    caller.start();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              // Both attempts after the first wait for a tick; time passes here only.
              boolean waits = requests.size() > 1 && requests.size() < 4;
              now.addAndGet(waits ? 10 : 0);
              plane.tick();
              return !delayed.isEmpty();
            });
    caller.join();
    DelayedOperation told = delayed.get(0);
    assertThat(delayed).hasSize(1);
    assertThat(told.partition()).isEqualTo(3);
    assertThat(told.begun()).isEqualTo(begun);
    assertThat(told.ended()).isGreaterThan(begun);
    assertThat(told.repeats()).isEqualTo(2);
    assertThat(told.kind()).isEqualTo(Kind.DONE);
  }

  @Test
  void aCallReturnsItsAnswer() {
    ClientResult result = plane.call(3, KEY, new Operation.Get());
    assertThat(result.kind()).isEqualTo(Kind.DONE);
    assertThat(result.value()).isEqualTo(bytes("answer"));
    assertAllLanesAreFree();
  }

  @Test
  void aBatchLargerThanTheLanesReturnsEveryResultInItsOrder() {
    primary = request -> request.partition() % 2 == 0 ? AnswerStatus.DONE : AnswerStatus.UNCHANGED;
    List<ClientResult> results = plane.callAll(items(LANES * 3 + 1));
    assertThat(results).hasSize(LANES * 3 + 1);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).kind()).isEqualTo(i % 2 == 0 ? Kind.DONE : Kind.UNCHANGED);
    }
    assertAllLanesAreFree();
  }

  @Test
  void aBatchGoesOnWithTheOneLaneThatOthersLeave() throws InterruptedException {
    CountDownLatch taken = new CountDownLatch(LANES - 1);
    primary =
        request -> {
          if (request.operation() instanceof Operation.Clear) {
            taken.countDown();
            return null;
          }
          return AnswerStatus.DONE;
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < LANES - 1; i++) {
      Thread other = new Thread(() -> plane.call(0, KEY, new Operation.Clear()));
      other.start();
      others.add(other);
    }
    taken.await();
    assertThat(plane.callAll(items(10))).hasSize(10).allMatch(each -> each.kind() == Kind.DONE);
    requests.stream()
        .filter(request -> request.operation() instanceof Operation.Clear)
        .forEach(request -> answer(request, AnswerStatus.DONE));
    for (Thread other : others) {
      other.join();
    }
    assertAllLanesAreFree();
  }

  @Test
  void codeRunsOnTheGrantedValueAndItsResultIsReturned() {
    primary = ClientPlaneTest::serve;
    List<byte[]> values = new ArrayList<>();
    ClientResult result =
        plane.invokeHere(
            0,
            KEY,
            value -> {
              values.add(value);
              return new EntryOutcome(EntryOutcome.Change.SET, bytes("new"), bytes("result"));
            });
    assertThat(result.kind()).isEqualTo(Kind.DONE);
    assertThat(values).containsExactly(bytes("answer"));
    assertThat(requests.get(1).operation())
        .isInstanceOfSatisfying(
            Operation.Complete.class,
            complete -> assertThat(complete.value()).isEqualTo(bytes("new")));
    assertAllLanesAreFree();
  }

  @Test
  void codeThatThrowsEndsItsReservationWithoutAChange() {
    primary = ClientPlaneTest::serve;
    assertThatThrownBy(
            () ->
                plane.invokeHere(
                    0,
                    KEY,
                    value -> {
                      throw new UnsupportedOperationException("by the user");
                    }))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(requests.get(1).operation())
        .isInstanceOfSatisfying(
            Operation.Complete.class,
            complete -> assertThat(complete.change()).isEqualTo(Operation.Change.NONE));
    assertAllLanesAreFree();
  }

  @Test
  void anOperationThatEndsUnderItsRunningCodeWakesItsCaller() {
    primary = ClientPlaneTest::serve;
    ClientResult result =
        plane.invokeHere(
            0,
            KEY,
            value -> {
              answer(requests.get(0), AnswerStatus.CACHE_DROPPED); // the cache was destroyed
              return new EntryOutcome(EntryOutcome.Change.NONE, null, null);
            });
    assertThat(result.kind()).isEqualTo(Kind.CACHE_DROPPED);
    assertAllLanesAreFree();
  }

  @Test
  void aProcessorThatCannotRunAtThePrimaryIsReportedOnceItNeverWill() {
    primary = ClientPlaneTest::serve;
    assertThatThrownBy(() -> plane.invokeAtPrimary(0, KEY, bytes("code")))
        .isInstanceOf(ProcessorNotRunnableException.class);
    assertThat(requests)
        .extracting(request -> request.operation().getClass().getSimpleName())
        .containsExactly("RunProcessor", "Reserve", "Complete");
    assertAllLanesAreFree();
  }

  @Test
  void aProcessorOfWhichALateCopyWasRunAfterAllReturnsItsResult()
      throws ProcessorNotRunnableException {
    primary =
        request ->
            request.operation() instanceof Operation.Complete
                ? AnswerStatus.DONE // from the table of results: the copy was first
                : serve(request);
    ClientResult result = plane.invokeAtPrimary(0, KEY, bytes("code"));
    assertThat(result.kind()).isEqualTo(Kind.DONE);
    assertThat(result.value()).isEqualTo(bytes("answer"));
    assertAllLanesAreFree();
  }

  @Test
  void afterTheEndEverythingIsRefused() {
    plane.close("the node was closed");
    assertThat(plane.call(0, KEY, new Operation.Get()).kind()).isEqualTo(Kind.NOT_DONE);
    assertThat(plane.callAll(items(10)))
        .hasSize(10)
        .allMatch(result -> "the node was closed".equals(result.why()));
    assertAllLanesAreFree();
  }

  @Test
  void theEndWakesWhoWaits() {
    primary =
        request -> {
          plane.close("the node was closed");
          return null;
        };
    assertThat(plane.call(0, KEY, new Operation.Put(bytes("value"), false)).kind())
        .isEqualTo(Kind.UNKNOWN);
    assertThat(requests).hasSize(1);
    assertAllLanesAreFree();
  }
}
