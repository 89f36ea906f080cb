package io.henge.replication.consensus;

import java.util.function.Supplier;

/**
 * The replica under test, whole or with one rule left out.
 *
 * @param acceptors makes the acceptor of each replica
 * @param proposers makes the proposer of each replica
 * @param voterChangesPerSlot how many voters a slot may change; 1 in production (I3)
 */
record Variant(
    Supplier<Acceptor> acceptors, PaxosReplica.ProposerFactory proposers, int voterChangesPerSlot) {

  static final Variant PRODUCTION = new Variant(Acceptor::new, Proposer::new, 1);

  Variant withAcceptor(Supplier<Acceptor> mutant) {
    return new Variant(mutant, proposers, voterChangesPerSlot);
  }

  Variant withProposer(PaxosReplica.ProposerFactory mutant) {
    return new Variant(acceptors, mutant, voterChangesPerSlot);
  }

  Variant withVoterChangesPerSlot(int changes) {
    return new Variant(acceptors, proposers, changes);
  }
}
