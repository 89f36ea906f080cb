package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.TreeSet;

/**
 * The leader's judgement of members: suspends the silent and the crashed, removes the dead and the
 * expired, activates those who arrived and resumes those who are back (PROTOCOL 4.2, 4.6).
 */
final class FailureJudge {

  private final ClusterLog log;
  private final Liveness liveness;
  private final SuspicionBook suspicions;
  private final ProposalBook proposals;
  private final PlannedChangeRules rules;
  private final Outbox outbox;

  FailureJudge(
      ClusterLog log,
      Liveness liveness,
      SuspicionBook suspicions,
      ProposalBook proposals,
      PlannedChangeRules rules,
      Outbox outbox) {
    this.log = log;
    this.liveness = liveness;
    this.suspicions = suspicions;
    this.proposals = proposals;
    this.rules = rules;
    this.outbox = outbox;
  }

  void tick(long now) {
    boolean connected = hearsMajority(now);
    for (Member member : log.state().members().values()) {
      Suspicion suspicion = suspicions.due(member.id(), now);
      if (suspicion != null && suspicion.witness != null) {
        remove(member, reason(Reason.Cause.CRASH, suspicion, suspicion.witness, true, now), now);
      } else if (member.state() == MemberState.SUSPENDED) {
        judgeSuspended(member, connected, now);
      } else {
        judgePresent(member, suspicion, connected, now);
      }
    }
  }

  private void judgePresent(Member member, Suspicion suspicion, boolean connected, long now) {
    ClusterTimings timings = log.state().timings();
    MemberId id = member.id();
    if (suspicion != null) {
      String evidence = suspicion.evidence + "; no answer to the probe";
      giveUp(member, reason(Reason.Cause.CRASH, suspicion, evidence, false, now), now);
    } else if (connected && liveness.silence(id, now) > timings.suspendAfter()) {
      long silence = liveness.silence(id, now);
      Reason reason =
          new Reason(
              Reason.Cause.SILENT,
              log.self(),
              "silent for " + silence / 1_000_000 + " ms",
              liveness.lastHeardAgo(id, now),
              silence - timings.suspendAfter(),
              false);
      giveUp(member, reason, now);
    } else if (member.state() == MemberState.JOINING && liveness.slot(id) >= member.joinedAt()) {
      proposals.propose(new Command.ActivateMember(id), now);
    }
  }

  private void judgeSuspended(Member member, boolean connected, long now) {
    ClusterTimings timings = log.state().timings();
    MemberId id = member.id();
    if (liveness.isFresh(id, timings.lease(), now) && liveness.knowsOfSuspension(id)) {
      suspicions.reachable(id);
      proposals.propose(new Command.Resume(id), now);
    } else if (connected && successor(member, now) != null) {
      // Two processes cannot listen at one address: the old one is gone, or can never be reached.
      // That is no proof of death, so its lease is waited for.
      Reason reason =
          new Reason(
              Reason.Cause.REPLACED,
              log.self(),
              "a newer process listens at " + member.address(),
              liveness.lastHeardAgo(id, now),
              0,
              false);
      remove(member, reason, now);
    } else if (connected && liveness.suspendedFor(id, now) > timings.removeAfter()) {
      Reason reason =
          new Reason(
              Reason.Cause.EXPIRED,
              log.self(),
              "suspended for " + liveness.suspendedFor(id, now) / 1_000_000_000 + " s",
              liveness.lastHeardAgo(id, now),
              0,
              false);
      remove(member, reason, now);
    }
  }

  /** A later member at the same address that was just heard, or null. */
  private Member successor(Member member, long now) {
    for (Member other : log.state().members().values()) {
      if (other.joinedAt() > member.joinedAt()
          && other.address().equals(member.address())
          && other.state() != MemberState.SUSPENDED
          && liveness.isFresh(other.id(), log.state().timings().lease(), now)) {
        return other;
      }
    }
    return null;
  }

  /** Whoever is cut off itself must not call the others silent. */
  private boolean hearsMajority(long now) {
    long recent = log.state().timings().suspendAfter() / 2;
    Set<MemberId> heard = new TreeSet<>();
    for (MemberId member : liveness.heardWithin(recent, now)) {
      heard.add(log.state().members().get(member).voter().id());
    }
    return log.state().configuration().isQuorum(heard);
  }

  private Reason reason(
      Reason.Cause cause, Suspicion suspicion, String evidence, boolean proven, long now) {
    long heardAgo = liveness.lastHeardAgo(suspicion.member, now);
    long waited = now - suspicion.since;
    return new Reason(
        cause,
        suspicion.by,
        evidence,
        heardAgo < 0 ? -1 : Math.max(0, heardAgo - waited),
        waited,
        proven);
  }

  /**
   * Suspends a member, so that it keeps its data. Whoever was admitted and never heard of since has
   * none, nor a seat: most likely it died before its welcome came. If it lives it joins anew.
   */
  private void giveUp(Member member, Reason reason, long now) {
    boolean arrived = member.state() != MemberState.JOINING || liveness.slot(member.id()) >= 0;
    if (arrived || log.state().votes(member.id()) || !rules.forgetsWhoNeverArrived()) {
      suspend(member, reason, now);
    } else {
      remove(member, reason, now);
    }
  }

  private void suspend(Member member, Reason reason, long now) {
    if (proposals.propose(new Command.Suspend(member.id(), reason), now)) {
      outbox.event(
          ControlEvent.Kind.PROPOSED,
          member.id(),
          "suspend member " + member.name() + ": " + reason.evidence());
    }
  }

  private void remove(Member member, Reason reason, long now) {
    if (proposals.propose(new Command.RemoveMember(member.id(), reason), now)) {
      outbox.event(
          ControlEvent.Kind.PROPOSED,
          member.id(),
          "remove member " + member.name() + ": " + reason.evidence());
    }
  }
}
