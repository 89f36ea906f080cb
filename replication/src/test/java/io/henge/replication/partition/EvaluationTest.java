package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.store.StoredValue;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final byte[] OLD = bytes("old");
  private static final byte[] NEW = bytes("new");
  private static final StoredValue PRESENT = new StoredValue(OLD, 1);
  private static final StoredValue ABSENT = StoredValue.ABSENT;

  private static void assertPut(Operation operation, StoredValue head, byte[] previous) {
    Evaluation evaluation = Evaluation.of(operation, head, 0);
    assertThat(evaluation.kind()).isEqualTo(Effect.Kind.PUT);
    assertThat(evaluation.value()).isEqualTo(NEW);
    assertThat(evaluation.outcome().changed()).isTrue();
    assertThat(evaluation.outcome().value()).isEqualTo(previous);
  }

  private static void assertRemoved(Operation operation, StoredValue head, byte[] previous) {
    Evaluation evaluation = Evaluation.of(operation, head, 0);
    assertThat(evaluation.kind()).isEqualTo(Effect.Kind.REMOVE);
    assertThat(evaluation.outcome().changed()).isTrue();
    assertThat(evaluation.outcome().value()).isEqualTo(previous);
  }

  private static void assertUnchanged(Operation operation, StoredValue head) {
    Evaluation evaluation = Evaluation.of(operation, head, 0);
    assertThat(evaluation.kind()).isEqualTo(Effect.Kind.NONE);
    assertThat(evaluation.outcome().changed()).isFalse();
    assertThat(evaluation.outcome().value()).isNull();
  }

  @Test
  void putsAnswerTheValueBeforeOnlyIfAsked() {
    assertPut(new Operation.Put(NEW, false), PRESENT, null);
    assertPut(new Operation.Put(NEW, true), PRESENT, OLD);
    assertPut(new Operation.Put(NEW, true), ABSENT, null);
  }

  @Test
  void conditionsOnPresence() {
    assertPut(new Operation.PutIfAbsent(NEW), ABSENT, null);
    assertUnchanged(new Operation.PutIfAbsent(NEW), PRESENT);
    assertPut(new Operation.Replace(NEW, true), PRESENT, OLD);
    assertUnchanged(new Operation.Replace(NEW, true), ABSENT);
    assertRemoved(new Operation.Remove(true), PRESENT, OLD);
    assertRemoved(new Operation.Remove(false), PRESENT, null);
    assertUnchanged(new Operation.Remove(true), ABSENT);
  }

  @Test
  void conditionsOnTheValue() {
    assertPut(new Operation.ReplaceIfEquals(bytes("old"), NEW), PRESENT, null);
    assertUnchanged(new Operation.ReplaceIfEquals(NEW, NEW), PRESENT);
    assertUnchanged(new Operation.ReplaceIfEquals(OLD, NEW), ABSENT);
    assertRemoved(new Operation.RemoveIfEquals(bytes("old")), PRESENT, null);
    assertUnchanged(new Operation.RemoveIfEquals(NEW), PRESENT);
    assertUnchanged(new Operation.RemoveIfEquals(OLD), ABSENT);
  }

  @Test
  void completionsAnswerTheirResultAndAVoidOneThatNothingWasDone() {
    assertPut(new Operation.Complete(1, Operation.Change.SET, NEW, OLD), ABSENT, OLD);
    assertRemoved(new Operation.Complete(1, Operation.Change.REMOVE, null, OLD), PRESENT, OLD);
    assertThat(
            Evaluation.of(new Operation.Complete(1, Operation.Change.NONE, null, OLD), PRESENT, 0)
                .outcome()
                .changed())
        .isTrue();
    assertUnchanged(new Operation.Complete(1, Operation.Change.VOID, null, null), PRESENT);
  }

  @Test
  void readsAreNotEvaluated() {
    assertThatThrownBy(() -> Evaluation.of(new Operation.Get(), PRESENT, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
