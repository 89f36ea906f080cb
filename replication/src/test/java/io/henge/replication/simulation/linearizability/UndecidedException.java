package io.henge.replication.simulation.linearizability;

/**
 * The search gave up: too many operations of unknown outcome for its bound. Says nothing of the
 * history.
 */
public final class UndecidedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UndecidedException(String message) {
    super(message);
  }
}
