package io.henge.replication.partition;

import io.henge.replication.store.StoredValue;
import java.util.Arrays;

/**
 * What an operation does to an entry in a given state.
 *
 * @param kind the effect
 * @param value the new value for PUT, otherwise null
 * @param outcome the operation's result
 */
record Evaluation(Effect.Kind kind, byte[] value, Outcome outcome) {

  private static final Outcome CHANGED = new Outcome(true, null);
  private static final Outcome UNCHANGED = new Outcome(false, null);

  static Evaluation of(Operation operation, StoredValue head) {
    if (operation instanceof Operation.Put put) {
      return put(put.value(), put.returnPrevious() ? head.value() : null);
    }
    if (operation instanceof Operation.PutIfAbsent put) {
      return head.present() ? unchanged() : put(put.value(), null);
    }
    if (operation instanceof Operation.Remove remove) {
      return head.present() ? remove(remove.returnPrevious() ? head.value() : null) : unchanged();
    }
    if (operation instanceof Operation.RemoveIfEquals remove) {
      return Arrays.equals(head.value(), remove.expected()) ? remove(null) : unchanged();
    }
    if (operation instanceof Operation.Replace replace) {
      return head.present()
          ? put(replace.value(), replace.returnPrevious() ? head.value() : null)
          : unchanged();
    }
    if (operation instanceof Operation.ReplaceIfEquals replace) {
      return Arrays.equals(head.value(), replace.expected())
          ? put(replace.value(), null)
          : unchanged();
    }
    if (operation instanceof Operation.Clear) {
      return new Evaluation(Effect.Kind.CLEAR, null, CHANGED);
    }
    if (operation instanceof Operation.Complete complete) {
      return of(complete.change(), complete.value(), complete.result());
    }
    throw new IllegalStateException("not evaluated on an entry: " + operation);
  }

  static Evaluation of(Operation.Change change, byte[] value, byte[] result) {
    Outcome outcome = new Outcome(true, result);
    return switch (change) {
      case NONE -> new Evaluation(Effect.Kind.NONE, null, outcome);
      case SET -> new Evaluation(Effect.Kind.PUT, value, outcome);
      case REMOVE -> new Evaluation(Effect.Kind.REMOVE, null, outcome);
      case VOID -> unchanged();
    };
  }

  private static Evaluation put(byte[] value, byte[] previous) {
    return new Evaluation(
        Effect.Kind.PUT, value, previous == null ? CHANGED : new Outcome(true, previous));
  }

  private static Evaluation remove(byte[] previous) {
    return new Evaluation(
        Effect.Kind.REMOVE, null, previous == null ? CHANGED : new Outcome(true, previous));
  }

  private static Evaluation unchanged() {
    return new Evaluation(Effect.Kind.NONE, null, UNCHANGED);
  }
}
