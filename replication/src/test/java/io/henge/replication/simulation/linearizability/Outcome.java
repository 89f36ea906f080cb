package io.henge.replication.simulation.linearizability;

/** How an operation ended for its caller: the three ways of DESIGN section 1. */
public sealed interface Outcome {

  /**
   * It took effect exactly once.
   *
   * @param result what the caller was told; null if nothing or absent
   */
  record Done(String result) implements Outcome {}

  /** It was refused and had no effect. */
  record NotDone() implements Outcome {}

  /** It may have had its effect, may have it at any later time, or never. */
  record Unknown() implements Outcome {}
}
