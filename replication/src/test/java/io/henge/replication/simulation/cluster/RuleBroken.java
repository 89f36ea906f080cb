package io.henge.replication.simulation.cluster;

/** Thrown by a judge: a rule that holds over all members was broken. */
final class RuleBroken extends RuntimeException {

  private static final long serialVersionUID = 1;

  RuleBroken(String rule, String detail) {
    super(rule + ": " + detail);
  }
}
