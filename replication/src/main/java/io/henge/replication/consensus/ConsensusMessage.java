package io.henge.replication.consensus;

/** What replicas of the log say to each other. */
public interface ConsensusMessage {}
