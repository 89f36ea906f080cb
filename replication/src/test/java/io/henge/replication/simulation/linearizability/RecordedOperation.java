package io.henge.replication.simulation.linearizability;

import java.util.Objects;

/**
 * One operation as its caller saw it. Times may come from any clock that all callers share.
 *
 * @param caller who called, for people only
 * @param key the entry it concerns
 * @param action what was asked
 * @param outcome how it ended
 * @param invokedAt when the caller asked
 * @param returnedAt when the caller knew the outcome; without meaning if the outcome is unknown
 */
public record RecordedOperation(
    String caller, String key, Action action, Outcome outcome, long invokedAt, long returnedAt) {

  public RecordedOperation {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(outcome, "outcome");
    if (!(outcome instanceof Outcome.Unknown) && returnedAt < invokedAt) {
      throw new IllegalArgumentException(
          "operation on " + key + " returned at " + returnedAt + ", before its call " + invokedAt);
    }
  }

  @Override
  public String toString() {
    String end =
        outcome instanceof Outcome.Done done
            ? returnedAt + "] = " + done.result()
            : outcome instanceof Outcome.NotDone ? returnedAt + "] refused" : "...) unknown";
    return "[" + invokedAt + " .. " + end + "  " + caller + ": " + key + " " + action;
  }
}
