package io.henge.replication.consensus;

/**
 * What an acceptor brings along from before its process started (PROTOCOL 4.1, 4.4).
 *
 * @param promised the highest ballot promised, {@link Ballot#NONE} if none was
 * @param accepted what was accepted last, null if nothing was
 */
public record AcceptorState(Ballot promised, Proposal accepted) {

  /** An acceptor that has never answered anybody. */
  public static final AcceptorState NEW = new AcceptorState(Ballot.NONE, null);

  /** The same with a promise. */
  public AcceptorState promising(Ballot ballot) {
    return ballot.compareTo(promised) > 0 ? new AcceptorState(ballot, accepted) : this;
  }

  /** The same with an acceptance, which is a promise too. */
  public AcceptorState accepting(Proposal proposal) {
    return new AcceptorState(promising(proposal.ballot()).promised, proposal);
  }
}
