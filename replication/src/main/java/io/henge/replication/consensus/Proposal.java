package io.henge.replication.consensus;

import java.util.List;

/**
 * A batch that a ballot asked, or asks, the voters to accept for a slot. A ballot proposes one
 * batch per slot, ever.
 *
 * @param slot the slot
 * @param ballot the ballot
 * @param batch the commands, possibly none (a no-op)
 */
public record Proposal(long slot, Ballot ballot, List<byte[]> batch) {

  public Proposal {
    batch = List.copyOf(batch);
  }
}
