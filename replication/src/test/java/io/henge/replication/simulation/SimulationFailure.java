package io.henge.replication.simulation;

import java.util.List;

/** A seed broke a rule. */
public final class SimulationFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  private final transient List<String> transcript;

  /**
   * Creates the failure.
   *
   * @param rule the broken rule and what broke it
   * @param transcript what happened before; empty if the run kept none
   * @param cause the exception of the code under test, or null
   */
  public SimulationFailure(String rule, List<String> transcript, Throwable cause) {
    super(rule, cause);
    this.transcript = List.copyOf(transcript);
  }

  /** What happened before, the oldest first. */
  public List<String> transcript() {
    return transcript;
  }
}
