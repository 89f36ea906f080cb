package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.node.EntryOutcome.Change;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code that runs while several keys are reserved; this member leads them all. */
class ReservedBatchTest {

  private static final MemberId SELF = new MemberId(0, 1);
  private static final int LANES = 3;

  /** What was asked of the primary: "reserve a", "set a", "leave a". */
  private final List<String> asked = new ArrayList<>();

  /** The keys that the code was given, one run after the other. */
  private final List<List<String>> runs = new ArrayList<>();

  /** Keys by the ids of their reservations: what ends one does not name it. */
  private final Map<Object, String> keys = new HashMap<>();

  /** What the primary says to a reservation or its end, if it does not grant and do it. */
  private Function<String, AnswerStatus> primary = request -> null;

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
          delayed -> {},
          () -> 0);

  @AfterEach
  void allLanesAreFree() {
    assertThat(plane.tick()).as("operations are under way").isFalse();
  }

  private void answer(PartitionMessage message) {
    Request request = (Request) message;
    boolean reserves = request.operation() instanceof Operation.Reserve;
    if (reserves) {
      keys.put(request.id(), text(request.key().bytes()));
    }
    String what = verb(request.operation()) + " " + keys.get(request.id());
    asked.add(what);
    AnswerStatus otherwise = primary.apply(what);
    AnswerStatus status =
        otherwise != null ? otherwise : reserves ? AnswerStatus.GRANTED : AnswerStatus.DONE;
    plane.onAnswer(
        new Answer(request.partition(), request.id(), request.attempt(), status, bytes("old"), 7));
  }

  private static String verb(Operation operation) {
    if (operation instanceof Operation.Complete complete) {
      return complete.change() == Operation.Change.NONE ? "leave" : "set";
    }
    return "reserve";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<ClientResult> invoke(EntriesFunction function, String... names) {
    return plane.invokeAllHere(
        Stream.of(names)
            .map(
                name ->
                    new ClientPlane.Item(0, new EntryKey(1, bytes(name)), new Operation.Reserve()))
            .toList(),
        function);
  }

  private Map<Bytes, EntryOutcome> setAll(Map<Bytes, byte[]> present) {
    runs.add(present.keySet().stream().map(key -> text(key.array())).toList());
    Map<Bytes, EntryOutcome> outcomes = new LinkedHashMap<>();
    present.forEach(
        (key, value) -> {
          assertThat(value).isEqualTo(bytes("old"));
          outcomes.put(key, new EntryOutcome(Change.SET, bytes("new"), null));
        });
    return outcomes;
  }

  @Test
  void allKeysAreReservedInTheirOrderBeforeTheCodeRunsOnce() {
    assertThat(invoke(this::setAll, "a", "b", "c"))
        .extracting(ClientResult::kind)
        .containsOnly(Kind.DONE)
        .hasSize(3);
    assertThat(runs).containsExactly(List.of("a", "b", "c"));
    assertThat(asked)
        .containsExactly("reserve a", "reserve b", "reserve c", "set a", "set b", "set c");
  }

  @Test
  void moreKeysThanLanesAreHeldInBatches() {
    assertThat(invoke(this::setAll, "a", "b", "c", "d", "e")).hasSize(5);
    assertThat(runs).containsExactly(List.of("a", "b", "c"), List.of("d", "e"));
  }

  @Test
  void aKeyThatTheCodeLeavesOutStaysAsItIs() {
    invoke(present -> Map.of(), "a", "b");
    assertThat(asked).containsExactly("reserve a", "reserve b", "leave a", "leave b");
  }

  @Test
  void whereOneKeyCannotBeReservedNothingIsRunAndTheOthersAreGivenBack() {
    primary = what -> what.equals("reserve b") ? AnswerStatus.CACHE_DROPPED : null;
    assertThat(invoke(this::setAll, "a", "b", "c"))
        .extracting(ClientResult::kind)
        .containsExactly(Kind.CACHE_DROPPED);
    assertThat(runs).isEmpty();
    assertThat(asked).containsExactly("reserve a", "reserve b", "leave a");
  }

  @Test
  void noFurtherBatchIsBegunAfterOneThatFailed() {
    primary = what -> what.equals("reserve b") ? AnswerStatus.CACHE_DROPPED : null;
    invoke(this::setAll, "a", "b", "c", "d", "e");
    assertThat(asked).doesNotContain("reserve d");
  }

  @Test
  void codeThatThrowsChangesNothing() {
    assertThatThrownBy(
            () ->
                invoke(
                    present -> {
                      throw new UnsupportedOperationException("by the user");
                    },
                    "a",
                    "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(asked).containsExactly("reserve a", "reserve b", "leave a", "leave b");
  }

  @Test
  void theCodeRunsAgainForTheKeyWhoseReservationWasLostAndForNoOther() {
    List<String> lost = new ArrayList<>(List.of("set b"));
    primary = what -> lost.remove(what) ? AnswerStatus.CONFLICT : null;
    assertThat(invoke(this::setAll, "a", "b", "c"))
        .extracting(ClientResult::kind)
        .containsOnly(Kind.DONE)
        .hasSize(3);
    assertThat(runs).containsExactly(List.of("a", "b", "c"), List.of("b"));
    assertThat(asked).containsOnlyOnce("set a", "set c").endsWith("set b");
  }

  @Test
  void codeThatThrowsWhenItRunsAgainLeavesThatKeyAsItIs() {
    List<String> lost = new ArrayList<>(List.of("set b"));
    primary = what -> lost.remove(what) ? AnswerStatus.CONFLICT : null;
    assertThatThrownBy(
            () ->
                invoke(
                    present -> {
                      if (!runs.isEmpty()) {
                        throw new UnsupportedOperationException("by the user");
                      }
                      return setAll(present);
                    },
                    "a",
                    "b",
                    "c"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(asked).endsWith("leave b");
  }
}
