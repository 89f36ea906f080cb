package io.henge.replication.simulation.linearizability;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Makes all values alike that no known result can tell apart: those that nobody was told of, that
 * nobody compared with, and from which no told value can be computed. Exact, since no operation of
 * the history behaves differently on two of them; it spares the search most unknown writes.
 */
final class ValueAbstraction {

  /** Stands for every value that nobody can tell from another. */
  static final String UNTOLD = "(a value that nobody saw)";

  private final Set<String> told = new HashSet<>();

  ValueAbstraction(Collection<RecordedOperation> known, Collection<RecordedOperation> unknown) {
    Set<Action> unknownChanges = new LinkedHashSet<>();
    unknown.forEach(operation -> unknownChanges.add(operation.action()));
    Set<Action> changes = new LinkedHashSet<>(unknownChanges);
    known.forEach(operation -> changes.add(operation.action()));
    record Step(String value, int depth) {}
    Deque<Step> work = new ArrayDeque<>();
    for (RecordedOperation operation : known) {
      String result = ((Outcome.Done) operation.outcome()).result();
      if (result != null) {
        work.add(new Step(result, 0));
      }
      comparedBy(operation.action()).forEach(value -> work.add(new Step(value, 0)));
    }
    for (Action change : unknownChanges) {
      change.compared().forEach(value -> work.add(new Step(value, 0)));
    }
    // Between two told values lie at most all the unknown changes, hence the bound on the depth.
    while (!work.isEmpty()) {
      Step step = work.remove();
      if (told.add(step.value()) && step.depth() <= unknown.size()) {
        for (Action change : changes) {
          for (String origin : change.origins(step.value())) {
            work.add(new Step(origin, step.depth() + 1));
          }
        }
      }
    }
  }

  private static Collection<String> comparedBy(Action action) {
    Set<String> compared = new LinkedHashSet<>(action.compared());
    if (action instanceof Action.ReplaceIf replace) {
      compared.add(replace.expected());
    }
    return compared;
  }

  /** The value, or {@link #UNTOLD}; null stays null. */
  String of(String value) {
    return value == null || told.contains(value) ? value : UNTOLD;
  }

  /** Applies an action to an abstract value. */
  Action.Transition apply(Action action, String value) {
    boolean computes = action instanceof Action.Increment || action instanceof Action.Append;
    if (computes && UNTOLD.equals(value)) {
      return new Action.Transition(UNTOLD, UNTOLD);
    }
    Action.Transition transition = action.apply(value);
    return new Action.Transition(of(transition.next()), transition.result());
  }
}
