package io.henge.replication.partition;

import java.util.Collection;

/** What the replicas of one partition owe to its primary, as a part of {@link PeerBacklogs}. */
final class Backlog {

  private final ReplicaState state;
  private final Collection<Follower> followers;

  Backlog(ReplicaState state, Collection<Follower> followers) {
    this.state = state;
    this.followers = followers;
  }

  /** Counts what those owe whose acknowledgement is needed. */
  void count() {
    EffectLog log = state.log;
    for (Follower each : followers) {
      long owes = each.counts() ? log.bytesBetween(each.acknowledged, log.last()) : 0;
      state.authority.backlogs().update(each, owes);
    }
  }

  /** Whether one of those owes too much, in all partitions together. */
  boolean full() {
    for (Follower each : followers) {
      if (each.counts() && state.authority.backlogs().full(each.member)) {
        return state.rules.backlogIsBounded();
      }
    }
    return false;
  }

  /** A follower is none any more, or this member no primary. */
  void forget(Follower follower) {
    state.authority.backlogs().update(follower, 0);
  }
}
