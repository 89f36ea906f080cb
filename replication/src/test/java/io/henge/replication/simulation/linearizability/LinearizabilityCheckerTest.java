package io.henge.replication.simulation.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.linearizability.Action.Append;
import io.henge.replication.simulation.linearizability.Action.ContainsKey;
import io.henge.replication.simulation.linearizability.Action.Get;
import io.henge.replication.simulation.linearizability.Action.GetAndPut;
import io.henge.replication.simulation.linearizability.Action.Increment;
import io.henge.replication.simulation.linearizability.Action.Put;
import io.henge.replication.simulation.linearizability.Action.PutIfAbsent;
import io.henge.replication.simulation.linearizability.Action.Remove;
import io.henge.replication.simulation.linearizability.Action.ReplaceIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {

  private final List<RecordedOperation> history = new ArrayList<>();

  @Test
  void anEmptyHistoryIsLinearizable() {
    assertThat(LinearizabilityChecker.check(List.of())).isEmpty();
  }

  @Test
  void aReadSeesTheWriteBeforeIt() {
    done(0, 1, new Put("a"), null);
    done(2, 3, new Get(), "a");
    accepted();
  }

  @Test
  void aStaleReadIsRefused() {
    done(0, 1, new Put("a"), null);
    done(2, 3, new Put("b"), null);
    done(4, 5, new Get(), "a");
    refused();
  }

  @Test
  void aReadThatOverlapsTheWriteMaySeeEitherValue() {
    done(0, 1, new Put("a"), null);
    done(2, 9, new Put("b"), null);
    done(3, 4, new Get(), "a");
    done(5, 6, new Get(), "b");
    accepted();
  }

  @Test
  void readsNeverGoBackInTime() {
    done(0, 1, new Put("a"), null);
    done(2, 9, new Put("b"), null);
    done(3, 4, new Get(), "b");
    done(5, 6, new Get(), "a");
    refused();
  }

  @Test
  void aLostWriteIsRefused() {
    done(0, 1, new Put("a"), null);
    done(2, 3, new Get(), null);
    refused();
  }

  @Test
  void anUnknownWriteMayTakeEffectLate() {
    unknown(0, new Put("a"));
    done(1, 2, new Get(), null);
    done(3, 4, new Get(), "a");
    accepted();
  }

  @Test
  void anUnknownWriteMayNeverTakeEffect() {
    unknown(0, new Put("a"));
    done(1, 2, new Get(), null);
    done(100, 101, new Get(), null);
    accepted();
  }

  @Test
  void anUnknownWriteTakesEffectOnlyOnce() {
    unknown(0, new Put("a"));
    done(1, 2, new Get(), "a");
    done(3, 4, new Put("b"), null);
    done(5, 6, new Get(), "a");
    refused();
  }

  @Test
  void anUnknownWriteHasNoEffectBeforeItsCall() {
    done(0, 1, new Get(), "a");
    unknown(2, new Put("a"));
    refused();
  }

  @Test
  void aRefusedWriteHasNoEffect() {
    history.add(operation(0, 1, new Put("a"), new Outcome.NotDone()));
    done(2, 3, new Get(), "a");
    refused();
  }

  @Test
  void twoIncrementsThatBothReturnOneAreRefused() {
    done(0, 5, new Increment(1), "1");
    done(0, 5, new Increment(1), "1");
    refused();
  }

  @Test
  void anIncrementExecutedTwiceIsRefused() {
    done(0, 1, new Increment(1), "1");
    done(2, 3, new Increment(1), "3");
    refused();
  }

  @Test
  void anAppendExecutedTwiceIsRefused() {
    done(0, 1, new Append("x"), "x,x");
    refused();
  }

  @Test
  void onlyOneOfTwoCompareAndSetsWins() {
    done(0, 1, new Put("a"), null);
    done(2, 9, new ReplaceIf("a", "b"), "true");
    done(2, 9, new ReplaceIf("a", "c"), "true");
    refused();
  }

  @Test
  void onlyOneOfTwoPutIfAbsentWins() {
    done(0, 9, new PutIfAbsent("a"), "true");
    done(0, 9, new PutIfAbsent("b"), "true");
    refused();
  }

  @Test
  void aSecondPutIfAbsentWinsAfterARemovalOfUnknownOutcome() {
    done(0, 9, new PutIfAbsent("a"), "true");
    done(0, 9, new PutIfAbsent("b"), "true");
    unknown(1, new Remove());
    accepted();
  }

  @Test
  void theValueBeforeMustBeTheOneBefore() {
    done(0, 1, new Put("a"), null);
    done(2, 3, new Put("b"), null);
    done(4, 5, new GetAndPut("c"), "a");
    refused();
  }

  @Test
  void containsKeyAgreesWithRemove() {
    done(0, 1, new Put("a"), null);
    done(2, 3, new Remove(), "true");
    done(4, 5, new ContainsKey(), "true");
    refused();
  }

  @Test
  void keysAreCheckedOneByOneAndInitialValuesCount() {
    history.add(new RecordedOperation("c", "x", new Get(), new Outcome.Done("1"), 0, 1));
    history.add(new RecordedOperation("c", "y", new Get(), new Outcome.Done(null), 0, 1));
    assertThat(LinearizabilityChecker.check(history, Map.of("x", "1"))).isEmpty();
    assertThat(LinearizabilityChecker.check(history))
        .get()
        .extracting(Violation::key)
        .isEqualTo("x");
  }

  @Test
  void aViolationNamesTheOperationAndWhatItCouldHaveSeen() {
    done(0, 1, new Put("a"), null);
    done(0, 1, new Get(), "a");
    done(2, 9, new Put("b"), null);
    done(3, 4, new Get(), "z");
    Violation violation = LinearizabilityChecker.check(history).orElseThrow();
    assertThat(violation.operation().invokedAt()).isEqualTo(3);
    assertThat(violation.toString()).contains("Put[value=b]", "could be one of [a]");
  }

  @Test
  void anOperationThatReturnsBeforeItsCallIsRefusedAsNonsense() {
    assertThatThrownBy(() -> operation(2, 1, new Get(), new Outcome.Done("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void generatedHistoriesAreAccepted() {
    for (long seed = 0; seed < 300; seed++) {
      List<RecordedOperation> generated = new GeneratedHistory(seed, 6, 3, 0.15).generate(180);
      assertThat(LinearizabilityChecker.check(generated)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void aLongHistoryOfOneKeyWithManyUnknownOutcomesIsDecided() {
    List<RecordedOperation> generated = new GeneratedHistory(7, 8, 1, 0.2).generate(800);
    assertThat(LinearizabilityChecker.check(generated)).isEmpty();
    assertThat(LinearizabilityChecker.check(withStaleRead(generated))).isPresent();
  }

  @Test
  void generatedHistoriesWithAStaleReadAreRefused() {
    for (long seed = 0; seed < 300; seed++) {
      List<RecordedOperation> generated = new GeneratedHistory(seed, 6, 2, 0.15).generate(120);
      assertThat(LinearizabilityChecker.check(withStaleRead(generated)))
          .as("seed " + seed)
          .isPresent();
    }
  }

  @Test
  void theFastSearchAgreesWithTryingEveryOrder() {
    SeededRandom random = new SeededRandom(1);
    int bad = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      List<RecordedOperation> generated =
          new ArrayList<>(new GeneratedHistory(seed, 3, 1, 0.2).generate(9));
      int changed = random.below(generated.size());
      RecordedOperation original = generated.get(changed);
      if (original.outcome() instanceof Outcome.Done) {
        RecordedOperation donor = random.pick(generated);
        if (donor.outcome() instanceof Outcome.Done done) {
          generated.set(
              changed,
              new RecordedOperation(
                  original.caller(),
                  original.key(),
                  original.action(),
                  done,
                  original.invokedAt(),
                  original.returnedAt()));
        }
      }
      boolean expected = new ExhaustiveSearch(generated).linearizable();
      bad += expected ? 0 : 1;
      assertThat(LinearizabilityChecker.check(generated).isEmpty())
          .as("seed %d: %s", seed, generated)
          .isEqualTo(expected);
    }
    assertThat(bad).isGreaterThan(2_000);
  }

  @Test
  void theRecorderCountsWhatIsStillUnderWayAsUnknown() {
    HistoryRecorder recorder = new HistoryRecorder();
    HistoryRecorder.Call put = recorder.begin("c", "k", new Put("a"), 0);
    HistoryRecorder.Call get = recorder.begin("d", "k", new Get(), 1);
    get.done("a", 2);
    assertThat(recorder.openCalls()).isOne();
    assertThat(recorder.history())
        .extracting(RecordedOperation::outcome)
        .containsExactlyInAnyOrder(new Outcome.Done("a"), new Outcome.Unknown());
    put.done(null, 3);
    assertThatThrownBy(() -> put.done(null, 4)).isInstanceOf(IllegalStateException.class);
  }

  /** Appends, well after everything else: two writes, then a read of the first one's value. */
  private static List<RecordedOperation> withStaleRead(List<RecordedOperation> history) {
    long end = history.stream().mapToLong(RecordedOperation::returnedAt).max().orElseThrow() + 1;
    List<RecordedOperation> longer = new ArrayList<>(history);
    IntStream.range(0, 3)
        .forEach(
            i ->
                longer.add(
                    new RecordedOperation(
                        "late",
                        "k0",
                        i < 2 ? new Put(i == 0 ? "-1" : "-1000000") : new Get(),
                        new Outcome.Done(i < 2 ? null : "-1"),
                        end + 2L * i,
                        end + 2L * i + 1)));
    return longer;
  }

  private void done(long from, long to, Action action, String result) {
    history.add(operation(from, to, action, new Outcome.Done(result)));
  }

  private void unknown(long from, Action action) {
    history.add(operation(from, from, action, new Outcome.Unknown()));
  }

  private RecordedOperation operation(long from, long to, Action action, Outcome outcome) {
    return new RecordedOperation("c" + history.size(), "k", action, outcome, from, to);
  }

  private void accepted() {
    assertThat(LinearizabilityChecker.check(history)).isEmpty();
  }

  private void refused() {
    assertThat(LinearizabilityChecker.check(history)).isPresent();
  }
}
