package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Follows up rumours of death (PROTOCOL 4.6, rule 1): seeks proof, reports to the leader, and
 * probes the suspect directly and through another voter. Every member keeps what it heard for a
 * while, so that a leader elected because the old one died can judge the old one at once; whoever
 * may become that leader probes it already.
 */
final class SuspicionBook {

  /** A process that lives answers a probe within this time. */
  static final long PROBE_TIME = 50_000_000L;

  private static final long PROBE_EVERY = 15_000_000L;
  private static final long KEPT = 3_000_000_000L;
  private static final long REPORT_EVERY = 100_000_000L;
  private static final long SEEK_PROOF_EVERY = 25_000_000L;
  private static final long TRUST_AFTER_ANSWER = 500_000_000L;

  private final ClusterLog log;
  private final Outbox outbox;
  private final ControlOutput output;
  private final SortedMap<MemberId, Suspicion> suspicions = new TreeMap<>();
  private MemberId reportedTo;
  private long lastProbe;

  SuspicionBook(ClusterLog log, Outbox outbox, ControlOutput output) {
    this.log = log;
    this.outbox = outbox;
    this.output = output;
  }

  /** Somebody lost the connection to a member. */
  void suspect(MemberId suspect, MemberId by, String evidence, long now) {
    Member member = log.state().members().get(suspect);
    if (member == null || suspect.equals(log.self())) {
      return;
    }
    Suspicion known = suspicions.get(suspect);
    if (known != null && (!known.answered || now - known.answeredAt < TRUST_AFTER_ANSWER)) {
      return;
    }
    suspicions.put(suspect, new Suspicion(suspect, by, evidence, now));
    outbox.event(
        ControlEvent.Kind.SUSPECTED,
        suspect,
        "member " + member.name() + " is suspected by " + by.abbreviated() + ": " + evidence);
  }

  /** A death witness or a member that asked one says that the process is gone. */
  void proven(MemberId dead, MemberId by, String witness, long now) {
    if (!log.state().members().containsKey(dead) || dead.equals(log.self())) {
      return;
    }
    Suspicion suspicion =
        suspicions.computeIfAbsent(dead, id -> new Suspicion(id, by, witness, now));
    if (suspicion.witness == null) {
      suspicion.witness = witness;
      suspicion.reportedAt = Long.MIN_VALUE;
    }
  }

  /** The member can be reached again: what was only a broken connection is forgotten. */
  void reachable(MemberId member) {
    Suspicion known = suspicions.get(member);
    if (known != null && known.witness == null) {
      suspicions.remove(member);
    }
  }

  /** The suspicion to judge by, or null: none, not probed long enough, or answered. */
  Suspicion due(MemberId member, long now) {
    Suspicion known = suspicions.get(member);
    if (known == null || known.witness != null) {
      return known;
    }
    boolean silent = known.probe != 0 && !known.answered && now - known.probedAt >= PROBE_TIME;
    return silent ? known : null;
  }

  void onProbe(MemberId from, ControlMessage.Probe probe) {
    outbox.send(from, new ControlMessage.ProbeAnswer(probe.nonce(), probe.origin(), log.self()));
  }

  void onProbeThrough(MemberId from, ControlMessage.ProbeThrough request) {
    outbox.send(request.target(), new ControlMessage.Probe(request.nonce(), from));
  }

  void onAnswer(ControlMessage.ProbeAnswer answer, long now) {
    if (!answer.origin().equals(log.self())) {
      outbox.send(answer.origin(), answer);
      return;
    }
    Suspicion known = suspicions.get(answer.target());
    if (known != null && known.probe == answer.nonce()) {
      known.answered = true;
      known.answeredAt = now;
    }
  }

  void tick(long now) {
    suspicions.keySet().retainAll(log.state().members().keySet());
    MemberId leader = log.leader();
    boolean leaderIsNew = leader != null && !leader.equals(reportedTo);
    reportedTo = leader;
    for (Iterator<Suspicion> each = suspicions.values().iterator(); each.hasNext(); ) {
      Suspicion suspicion = each.next();
      if (suspicion.witness == null && now - suspicion.since > KEPT) {
        each.remove();
        continue;
      }
      follow(suspicion, leader, leaderIsNew, now);
    }
  }

  private void follow(Suspicion suspicion, MemberId leader, boolean leaderIsNew, long now) {
    if (suspicion.witness == null && isDue(suspicion.proofSoughtAt, SEEK_PROOF_EVERY, now)) {
      suspicion.proofSoughtAt = now;
      output.seekDeathProof(log.state().members().get(suspicion.member));
    }
    boolean judges = log.leading() || suspicion.member.equals(leader);
    if (judges && suspicion.witness == null && !suspicion.answered) {
      probe(suspicion, now);
    }
    boolean canReport =
        leader != null && !leader.equals(log.self()) && !leader.equals(suspicion.member);
    if (canReport && (leaderIsNew || isDue(suspicion.reportedAt, REPORT_EVERY, now))) {
      suspicion.reportedAt = now;
      report(suspicion, leader);
    }
  }

  private void report(Suspicion suspicion, MemberId leader) {
    MemberId cluster = log.state().clusterId();
    if (suspicion.witness != null) {
      outbox.send(
          leader, new ControlMessage.ProvenDead(cluster, suspicion.member, suspicion.witness));
    } else if (!suspicion.answered) {
      outbox.send(
          leader, new ControlMessage.Suspected(cluster, suspicion.member, suspicion.evidence));
    }
  }

  private void probe(Suspicion suspicion, long now) {
    if (suspicion.probe == 0) {
      suspicion.probe = ++lastProbe;
      suspicion.probedAt = now;
    } else if (now - suspicion.probeSentAt < PROBE_EVERY || now - suspicion.probedAt > PROBE_TIME) {
      return;
    }
    suspicion.probeSentAt = now;
    outbox.send(suspicion.member, new ControlMessage.Probe(suspicion.probe, log.self()));
    for (MemberId seat : log.state().voters()) {
      MemberId voter = outbox.seats().memberOf(seat);
      boolean other = !voter.equals(log.self()) && !voter.equals(suspicion.member);
      if (other && !suspicions.containsKey(voter)) {
        outbox.send(voter, new ControlMessage.ProbeThrough(suspicion.probe, suspicion.member));
        return;
      }
    }
  }

  private static boolean isDue(long last, long interval, long now) {
    return last == Long.MIN_VALUE || now - last >= interval;
  }
}
