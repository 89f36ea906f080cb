package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;

/**
 * A ballot number: rounds first, then the proposing voter's incarnation.
 *
 * @param round from 1; 0 only in {@link #NONE}
 * @param proposer the voter that drew it
 */
public record Ballot(long round, MemberId proposer) implements Comparable<Ballot> {

  /** Below every ballot that a voter draws. */
  public static final Ballot NONE = new Ballot(0, new MemberId(0, 0));

  @Override
  public int compareTo(Ballot other) {
    int byRound = Long.compare(round, other.round);
    return byRound != 0 ? byRound : proposer.compareTo(other.proposer);
  }

  @Override
  public String toString() {
    return round + "." + proposer.abbreviated();
  }
}
