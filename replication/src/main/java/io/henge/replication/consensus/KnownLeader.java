package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;

/**
 * Whom this replica takes for the leader, and for how long it insists on it (leader stability,
 * PROTOCOL 4.1). Only about progress: safety never depends on it.
 */
final class KnownLeader {

  private final Patience patience;
  private final long inFlight;
  private MemberId member;
  private Ballot ballot = Ballot.NONE;
  private Ballot givenUp = Ballot.NONE;
  private long heardAt;
  private boolean suspected;
  private long suspectedAt;

  KnownLeader(ConsensusSettings settings, Patience patience) {
    this.patience = patience;
    this.inFlight = settings.leastElectionDelay();
  }

  /** The leader heard last, or null. */
  MemberId member() {
    return member;
  }

  /** The highest ballot under which a leader was heard. */
  Ballot ballot() {
    return ballot;
  }

  /** A leader spoke; false if a later one was heard before, or if it leads no longer. */
  boolean heard(MemberId leader, Ballot leaderBallot, long now) {
    if (leaderBallot.compareTo(ballot) < 0 || hasGivenUp(leaderBallot)) {
      return false;
    }
    ballot = leaderBallot;
    heardAt = now;
    // What the leader sent before its connection broke may still arrive a moment after.
    suspected = suspected && leader.equals(member) && now - suspectedAt < inFlight;
    member = leader;
    return true;
  }

  /** The connection to the peer broke; true if that makes the leader doubtful. */
  boolean suspect(MemberId peer, long now) {
    if (!peer.equals(member) || suspected) {
      return false;
    }
    suspected = true;
    suspectedAt = now;
    return true;
  }

  /** This replica itself stood still for so long: that is no silence of the leader. */
  void excuse(long pause, long now) {
    heardAt = Patience.excused(heardAt, pause, now);
  }

  /** The leader is known to lead no longer. */
  void forget() {
    member = null;
  }

  /** The leader of the ballot said that it leads no longer; false if there is a later one. */
  boolean handedOver(Ballot leaderBallot) {
    if (leaderBallot.compareTo(ballot) < 0 || hasGivenUp(leaderBallot)) {
      return false;
    }
    ballot = leaderBallot;
    givenUp = leaderBallot;
    member = null;
    return true;
  }

  /** Whether the ballot's leader said that it leads no longer: what it sent before is void. */
  boolean hasGivenUp(Ballot leaderBallot) {
    return leaderBallot.equals(givenUp);
  }

  /** Whether the leader is known, was heard within the election timeout and is not in doubt. */
  boolean isTrusted(long now) {
    return member != null && !suspected && now - heardAt < patience.timeout(now);
  }

  /** Whether the candidate may be helped to lead: it is the leader itself, or there is none. */
  boolean mayGiveWayTo(MemberId candidate, long now) {
    return candidate.equals(member) || !isTrusted(now);
  }
}
