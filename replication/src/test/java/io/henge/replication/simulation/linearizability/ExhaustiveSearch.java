package io.henge.replication.simulation.linearizability;

import java.util.List;
import java.util.Objects;

/** The obvious slow twin of {@link KeySearch}: tries every order of one key's operations. */
final class ExhaustiveSearch {

  private final List<RecordedOperation> operations;

  ExhaustiveSearch(List<RecordedOperation> operations) {
    this.operations =
        operations.stream().filter(each -> !(each.outcome() instanceof Outcome.NotDone)).toList();
  }

  boolean linearizable() {
    return search(null, 0);
  }

  private boolean search(String value, int taken) {
    long earliestReturn = Long.MAX_VALUE;
    for (int i = 0; i < operations.size(); i++) {
      RecordedOperation each = operations.get(i);
      if ((taken & (1 << i)) == 0 && each.outcome() instanceof Outcome.Done) {
        earliestReturn = Math.min(earliestReturn, each.returnedAt());
      }
    }
    if (earliestReturn == Long.MAX_VALUE) {
      return true;
    }
    for (int i = 0; i < operations.size(); i++) {
      RecordedOperation each = operations.get(i);
      if ((taken & (1 << i)) == 0 && each.invokedAt() <= earliestReturn) {
        Action.Transition transition = each.action().apply(value);
        boolean fits =
            !(each.outcome() instanceof Outcome.Done done)
                || Objects.equals(done.result(), transition.result());
        if (fits && search(transition.next(), taken | (1 << i))) {
          return true;
        }
      }
    }
    return false;
  }
}
