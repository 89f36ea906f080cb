package io.henge.replication.membership;

import io.henge.replication.consensus.Ballot;

/**
 * What a founding host with durable memory answered about slot 0 (PROTOCOL 4.4).
 *
 * @param promised the highest ballot promised
 * @param ballot the ballot of {@code accepted}; {@link Ballot#NONE} if nothing was accepted
 * @param accepted slot 0 as it was accepted last, null if none was
 */
public record FoundingVote(Ballot promised, Ballot ballot, ClusterState accepted) {

  /** Nothing was ever answered. */
  public static final FoundingVote NONE = new FoundingVote(Ballot.NONE, Ballot.NONE, null);

  FoundingVote promising(Ballot higher) {
    return higher.compareTo(promised) > 0 ? new FoundingVote(higher, ballot, accepted) : this;
  }

  FoundingVote accepting(Ballot at, ClusterState slotZero) {
    return new FoundingVote(promising(at).promised, at, slotZero);
  }
}
