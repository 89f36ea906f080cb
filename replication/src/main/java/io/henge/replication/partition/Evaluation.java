package io.henge.replication.partition;

import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import java.util.Arrays;

/**
 * What an operation does to an entry in a given state.
 *
 * @param kind the effect
 * @param value the new value for PUT, otherwise null
 * @param outcome the operation's result
 * @param deadline the new deadline for PUT and TOUCH, in partition time
 */
record Evaluation(Effect.Kind kind, byte[] value, Outcome outcome, long deadline) {

  private static final Outcome CHANGED = new Outcome(true, null);
  private static final Outcome UNCHANGED = new Outcome(false, null);

  /** Lifetimes beyond a century are no lifetimes, and cannot overflow. */
  private static final long LONGEST = 100L * 366 * 24 * 3_600 * 1_000_000_000L;

  /**
   * Evaluates.
   *
   * @param head the entry's state; it is not expired
   * @param time the partition's time
   */
  static Evaluation of(Operation operation, StoredValue head, long time) {
    if (operation instanceof Operation.Put put) {
      return set(put.value(), put.lifetimes(), head, put.returnPrevious(), time);
    }
    if (operation instanceof Operation.PutIfAbsent put) {
      return head.present() ? unchanged() : set(put.value(), put.lifetimes(), head, false, time);
    }
    if (operation instanceof Operation.Remove remove) {
      return head.present() ? remove(remove.returnPrevious() ? head.value() : null) : unchanged();
    }
    if (operation instanceof Operation.RemoveIfEquals remove) {
      return Arrays.equals(head.value(), remove.expected())
          ? remove(null)
          : access(head, remove.lifetimes().access(), UNCHANGED, time);
    }
    if (operation instanceof Operation.Replace replace) {
      return head.present()
          ? set(replace.value(), replace.lifetimes(), head, replace.returnPrevious(), time)
          : unchanged();
    }
    if (operation instanceof Operation.ReplaceIfEquals replace) {
      return Arrays.equals(head.value(), replace.expected())
          ? set(replace.value(), replace.lifetimes(), head, false, time)
          : access(head, replace.lifetimes().access(), UNCHANGED, time);
    }
    if (operation instanceof Operation.Clear) {
      return new Evaluation(Effect.Kind.CLEAR, null, CHANGED, StoredValue.NEVER);
    }
    if (operation instanceof Operation.Complete complete) {
      return ofCode(
          complete.change(), complete.value(), complete.result(), complete.lifetime(), head, time);
    }
    throw new IllegalStateException("not evaluated on an entry: " + operation);
  }

  /** What code did that ran on the entry; see {@link Operation.Complete}. */
  static Evaluation ofCode(
      Operation.Change change,
      byte[] value,
      byte[] result,
      long lifetime,
      StoredValue head,
      long time) {
    Outcome outcome = new Outcome(true, result);
    return switch (change) {
      case NONE -> access(head, lifetime, outcome, time);
      case SET -> set(value, lifetime, head, outcome, time);
      case REMOVE ->
          new Evaluation(
              head.present() ? Effect.Kind.REMOVE : Effect.Kind.NONE,
              null,
              outcome,
              StoredValue.NEVER);
      case VOID -> unchanged();
    };
  }

  /** When an entry expires that lives for {@code lifetime} from {@code time} on. */
  static long deadline(long lifetime, StoredValue head, long time) {
    if (lifetime == Lifetimes.UNCHANGED) {
      return head.deadline();
    }
    return lifetime > LONGEST ? StoredValue.NEVER : time + lifetime;
  }

  private static Evaluation set(
      byte[] value, Lifetimes lifetimes, StoredValue head, boolean returnPrevious, long time) {
    long lifetime = head.present() ? lifetimes.update() : lifetimes.creation();
    byte[] previous = returnPrevious ? head.value() : null;
    return set(
        value, lifetime, head, previous == null ? CHANGED : new Outcome(true, previous), time);
  }

  private static Evaluation set(
      byte[] value, long lifetime, StoredValue head, Outcome outcome, long time) {
    if (lifetime == 0) {
      return expireAtOnce(head, outcome);
    }
    return new Evaluation(Effect.Kind.PUT, value, outcome, deadline(lifetime, head, time));
  }

  private static Evaluation access(StoredValue head, long lifetime, Outcome outcome, long time) {
    if (!head.present() || lifetime == Lifetimes.UNCHANGED) {
      return new Evaluation(Effect.Kind.NONE, null, outcome, StoredValue.NEVER);
    }
    if (lifetime == 0) {
      return expireAtOnce(head, outcome);
    }
    return new Evaluation(Effect.Kind.TOUCH, null, outcome, deadline(lifetime, head, time));
  }

  private static Evaluation expireAtOnce(StoredValue head, Outcome outcome) {
    Effect.Kind kind = head.present() ? Effect.Kind.EXPIRE : Effect.Kind.NONE;
    return new Evaluation(kind, null, outcome, StoredValue.NEVER);
  }

  private static Evaluation remove(byte[] previous) {
    return new Evaluation(
        Effect.Kind.REMOVE,
        null,
        previous == null ? CHANGED : new Outcome(true, previous),
        StoredValue.NEVER);
  }

  private static Evaluation unchanged() {
    return new Evaluation(Effect.Kind.NONE, null, UNCHANGED, StoredValue.NEVER);
  }
}
