package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;

/** Where a step's effects go. Must not call back into the replica. */
public interface ConsensusOutput {

  /** Sends; may be lost, delayed, repeated or reordered: the protocol sends again. */
  void send(MemberId to, ConsensusMessage message);

  /** This replica became leader of {@code ballot}, or is it no longer. */
  void leadership(boolean leading, Ballot ballot);

  /** Adds a promise to the acceptor's durable memory, if it has one. */
  default void keepPromise(Ballot ballot) {}

  /** Adds an acceptance to the acceptor's durable memory, if it has one. */
  default void keepAcceptance(Proposal proposal) {}

  /**
   * Asks for {@link PaxosReplica#onStored} as soon as all that was kept so far would survive a
   * crash.
   *
   * @return the number to be called with, growing; 0 if it would survive already, or if there is no
   *     durable memory
   */
  default long awaitStored() {
    return 0;
  }
}
