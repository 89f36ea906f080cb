package io.henge.replication.consensus;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds back what may be said only when the acceptor's memory is safe: a promise or an acceptance
 * that a crash could undo must not have been counted by anybody (PROTOCOL 4.1, invariant I2).
 * Without durable memory nothing waits, because a process that crashes never returns under its id.
 */
final class Safekeeping {

  /** What does not fit is never said: whoever waits for it asks again. */
  private static final int MOST_WAITING = 256;

  private record Waiting(long number, Runnable step) {}

  private final ConsensusOutput output;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  Safekeeping(ConsensusOutput output) {
    this.output = output;
  }

  void promised(Ballot ballot) {
    output.keepPromise(ballot);
  }

  void accepted(Proposal proposal) {
    output.keepAcceptance(proposal);
  }

  /** Runs the step when all that was kept so far is safe; now, if it is. */
  void whenSafe(Runnable step) {
    long number = output.awaitStored();
    if (number == 0) {
      step.run();
    } else if (waiting.size() < MOST_WAITING) {
      waiting.addLast(new Waiting(number, step));
    }
  }

  /** All that was awaited up to {@code number} is safe. */
  void stored(long number) {
    while (!waiting.isEmpty() && waiting.getFirst().number() <= number) {
      waiting.removeFirst().step().run();
    }
  }
}
