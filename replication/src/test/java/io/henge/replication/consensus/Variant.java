package io.henge.replication.consensus;

import java.util.function.Supplier;

/**
 * The replica under test, whole or with one rule left out.
 *
 * @param acceptors makes the acceptor of each replica
 * @param proposers makes the proposer of each replica
 * @param patience makes the patience of each replica
 * @param voterChangesPerSlot how many voters a slot may change; 1 in production (I3)
 */
record Variant(
    Supplier<Acceptor> acceptors,
    PaxosReplica.ProposerFactory proposers,
    PatienceFactory patience,
    int voterChangesPerSlot) {

  /** Makes the patience of a replica that starts {@code now}. */
  interface PatienceFactory {
    Patience create(ConsensusSettings settings, long now);
  }

  static final Variant PRODUCTION = new Variant(Acceptor::new, Proposer::new, Patience::new, 1);

  Variant withAcceptor(Supplier<Acceptor> mutant) {
    return new Variant(mutant, proposers, patience, voterChangesPerSlot);
  }

  Variant withProposer(PaxosReplica.ProposerFactory mutant) {
    return new Variant(acceptors, mutant, patience, voterChangesPerSlot);
  }

  Variant withPatience(PatienceFactory mutant) {
    return new Variant(acceptors, proposers, mutant, voterChangesPerSlot);
  }

  Variant withVoterChangesPerSlot(int changes) {
    return new Variant(acceptors, proposers, patience, changes);
  }
}
