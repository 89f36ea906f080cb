package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;

/** The parts of one replica, each with the state of one role. */
record Roles(
    MemberId self,
    ConsensusSettings settings,
    AcceptObserver observer,
    ConsensusOutput output,
    Patience patience,
    ChosenLog log,
    KnownLeader knownLeader,
    Learner learner,
    Safekeeping keeping,
    Voter voter,
    Election election,
    Proposer proposer,
    Leadership leadership,
    CommandQueue queue) {}
