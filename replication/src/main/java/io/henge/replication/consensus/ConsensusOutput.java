package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;

/** Where a step's effects go. Must not call back into the replica. */
public interface ConsensusOutput {

  /** Sends; may be lost, delayed, repeated or reordered: the protocol sends again. */
  void send(MemberId to, ConsensusMessage message);

  /** This replica became leader of {@code ballot}, or is it no longer. */
  void leadership(boolean leading, Ballot ballot);
}
