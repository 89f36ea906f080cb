package io.henge.replication.consensus;

/**
 * What a voter must never forget: the ballot it promised and what it accepted last (invariant I2).
 * Accepted proposals of decided slots need no keeping: the chosen log has their outcome, and with
 * one slot in flight only the slot after the log can have one.
 *
 * <p>Volatile: a restarted process has a new id, so nobody counts on its promises. Durable: it
 * starts from what it stored, and {@link Safekeeping} lets nothing be said before it is stored.
 */
class Acceptor {

  private Ballot promised;
  private Proposal accepted;

  Acceptor() {
    this(AcceptorState.NEW);
  }

  Acceptor(AcceptorState before) {
    promised = before.promised();
    accepted = before.accepted();
  }

  /** The highest ballot promised. */
  Ballot promised() {
    return promised;
  }

  /** What was accepted last for the slot, or null. */
  Proposal accepted(long slot) {
    return accepted != null && accepted.slot() == slot ? accepted : null;
  }

  /** Promises to accept nothing below the ballot; false if a higher one was promised. */
  boolean promise(Ballot ballot) {
    if (ballot.compareTo(promised) < 0) {
      return false;
    }
    promised = ballot;
    return true;
  }

  /** Accepts the proposal; false if a higher ballot was promised. */
  boolean accept(Proposal proposal) {
    if (proposal.ballot().compareTo(promised) < 0) {
      return false;
    }
    requireForward(proposal);
    promised = proposal.ballot();
    accepted = proposal;
    return true;
  }

  private void requireForward(Proposal proposal) {
    if (accepted == null) {
      return;
    }
    if (proposal.slot() < accepted.slot()) {
      throw new IllegalStateException(
          "Slot " + proposal.slot() + " is to be accepted after slot " + accepted.slot() + ".");
    }
    if (proposal.slot() > accepted.slot()) {
      return;
    }
    int order = proposal.ballot().compareTo(accepted.ballot());
    if (order < 0) {
      throw new IllegalStateException(
          "Ballot " + proposal.ballot() + " is to be accepted after " + accepted.ballot() + ".");
    }
    if (order == 0 && !Batches.equal(proposal.batch(), accepted.batch())) {
      throw new IllegalStateException(
          "Ballot "
              + proposal.ballot()
              + " proposed two batches for slot "
              + proposal.slot()
              + ".");
    }
  }
}
