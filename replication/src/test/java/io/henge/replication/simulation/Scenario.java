package io.henge.replication.simulation;

/** Something that a seed decides completely. Must not share state between runs. */
@FunctionalInterface
public interface Scenario {

  /**
   * Runs one seed.
   *
   * @param traceLimit lines of transcript to keep; 0 for none
   * @return what happened
   * @throws SimulationFailure if a rule was broken
   */
  Statistics run(long seed, int traceLimit);
}
