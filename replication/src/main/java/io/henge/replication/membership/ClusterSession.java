package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A member's time in one cluster: from founding or being welcomed until it is expelled or stops.
 * Passes each event to the part that it concerns.
 */
final class ClusterSession implements ClusterLog.Listener {

  private final Outbox outbox;
  private final ControlOutput output;
  private final ClusterLog log;
  private final LeaseExchange leases;
  private final Liveness liveness;
  private final SuspicionBook suspicions;
  private final Controller controller;
  private final Gatekeeper gatekeeper;
  private final Readmission readmission;
  private final MemoryKeeper keeper;
  private final Departure departure;
  private final Absentees absentees;
  private MemberId leaderToldOf;
  private String over;

  /**
   * Enters the cluster in {@code state}. The output sees it at once if this incarnation is in it;
   * one that comes back with its directory is not yet, and asks for it.
   *
   * @param former the last state of the cluster of which this one was founded again; null if this
   *     incarnation was in none before
   */
  ClusterSession(
      Member self,
      ClusterState state,
      ClusterState former,
      MemoryKeeper keeper,
      ControlSettings settings,
      ControlParts parts,
      PeerBook peers,
      Introductions introductions,
      Outbox outbox,
      ControlOutput output,
      LongSupplier entropy,
      long now) {
    this.outbox = outbox;
    this.output = output;
    this.keeper = keeper;
    log = new ClusterLog(self, state, keeper, parts, outbox, output, this, entropy, now);
    liveness = new Liveness(state, now);
    suspicions = new SuspicionBook(log, outbox, output);
    leases =
        new LeaseExchange(
            log, parts.leaseHolder(state.timings().lease()), liveness, outbox, output);
    absentees = new Absentees(settings.limits().reReplicateAfter(), liveness);
    PlannedChangeRules planned = parts.plannedChangeRules();
    controller =
        new Controller(
            log, liveness, suspicions, settings.limits(), absentees, planned, outbox, now);
    departure = new Departure(log, planned, leases, this::propose, outbox);
    gatekeeper = new Gatekeeper(log, peers, introductions, suspicions, liveness, outbox, output);
    readmission = new Readmission(self, log, peers, gatekeeper, outbox, now);
    if (log.isMember()) {
      learnAddresses(null, state);
    }
    log.begin(former, now);
  }

  /** Everything awaited up to {@code number} is safe in the durable memory. */
  void onStored(long number, long now) {
    log.onStored(number, now);
    settle(now);
  }

  ClusterState state() {
    return log.state();
  }

  ClusterLog log() {
    return log;
  }

  long leaseEnd() {
    return leases.leaseEnd();
  }

  /** Why this member is no longer in the cluster, or null while it is. */
  String over() {
    return over;
  }

  void dropLease() {
    leases.drop();
  }

  /** Gives the lease up for good, whatever else still arrives. */
  void stop() {
    leases.leave();
  }

  /** Says who this is to whoever asks, and nothing else. */
  void answer(MemberId from, ControlMessage.Hello hello) {
    if (!hello.answer()) {
      gatekeeper.greet(from, true);
    }
  }

  void drain(long now) {
    departure.drain(now);
  }

  void leave(long now) {
    departure.leave(now);
    if (!log.isMember() && !readmission.asked()) {
      over = "was closed before it asked to be a member again";
    }
  }

  boolean handedOver() {
    return departure.handedOver();
  }

  void propose(Command command, long now) {
    if (log.leading()) {
      controller.propose(command, now);
    } else if (log.leader() != null && !log.leader().equals(log.self())) {
      outbox.send(log.leader(), new ControlMessage.Propose(log.state().clusterId(), command));
    }
  }

  /** A drill: has a member renew its lease no more for so long. */
  void holdRenewals(MemberId member, long nanos) {
    outbox.send(member, new ControlMessage.HoldRenewals(log.state().clusterId(), nanos));
  }

  /** Asks the leader to hand over, if that still is {@code leader}. */
  void stepDown(MemberId leader) {
    if (leader.equals(log.leader())) {
      outbox.send(leader, new ControlMessage.StepDown(log.state().clusterId(), log.leaderBallot()));
    }
  }

  @Override
  public void applied(ClusterState before, ClusterState after, List<Command> decided, long now) {
    learnAddresses(before, after);
    absentees.applied(before, after, now);
    liveness.applied(after, now);
    controller.applied(decided, now);
    leases.applied(after);
    MemberId self = log.self();
    Member was = before.members().get(self);
    Member is = after.members().get(self);
    if (is == null && was == null && !after.removed().contains(self)) {
      return; // comes back with its directory and is not readmitted yet
    }
    if (is == null) {
      // Tells what it knows before it goes: those who wait for its lease need not wait.
      outbox.sendAll(
          after.members().keySet(), new ControlMessage.Confirm(after.clusterId(), after.slot()));
      over = "removed from cluster " + after.clusterId().abbreviated() + whyRemoved(decided);
    } else if (is.state() == MemberState.ACTIVE
        && (was == null || was.state() == MemberState.JOINING)) {
      outbox.event(
          ControlEvent.Kind.JOINED,
          self,
          "is an active member of cluster " + after.clusterId().abbreviated());
    }
  }

  void onTick(long now) {
    log.onTick(now);
    if (over != null) {
      return;
    }
    liveness.tick(now, Math.max(100_000_000L, log.state().timings().suspendAfter() / 4));
    suspicions.tick(now);
    absentees.tick(now);
    gatekeeper.tick(now);
    if (log.leading()) {
      controller.tick(now);
    }
    if (!log.isMember() && !departure.leaving()) {
      readmission.tick(now);
    }
    departure.tick(now);
    settle(now);
  }

  void onHint(Hint hint, long now) {
    if (hint instanceof Hint.PeerAppeared appeared) {
      suspicions.reachable(appeared.peer());
      if (!log.state().members().containsKey(appeared.peer())) {
        gatekeeper.greet(appeared.peer(), false);
      }
    } else if (hint instanceof Hint.ConnectionLost lost) {
      suspicions.suspect(lost.peer(), log.self(), lost.evidence(), now);
      log.onConnectionLost(lost.peer(), now);
      suspicions.tick(now);
    } else if (hint instanceof Hint.ProvenDead dead) {
      suspicions.proven(dead.peer(), log.self(), dead.witness(), now);
      log.onConnectionLost(dead.peer(), now);
      suspicions.tick(now);
    } else if (hint instanceof Hint.ClockJumped) {
      leases.drop();
    }
    if (log.leading()) {
      controller.tick(now);
    }
    settle(now);
  }

  void onMessage(MemberId from, ControlMessage message, long now) {
    if (message instanceof ControlMessage.Consensus m) {
      if (isOurs(m.clusterId())) {
        log.onMessage(m, now);
      }
    } else if (message instanceof ControlMessage.Hello m) {
      giveWay(gatekeeper.onHello(from, m));
    } else if (message instanceof ControlMessage.Welcome m) {
      if (isOurs(m.state().clusterId()) && !log.isMember()) {
        log.welcomed(m.state(), now);
      }
    } else if (message instanceof ControlMessage.JoinRequest m) {
      if (isOurs(m.clusterId())) {
        gatekeeper.onJoinRequest(controller, m, now);
      }
    } else if (message instanceof ControlMessage.Probe m) {
      suspicions.onProbe(from, m);
    } else if (message instanceof ControlMessage.ProbeThrough m) {
      suspicions.onProbeThrough(from, m);
    } else if (message instanceof ControlMessage.ProbeAnswer m) {
      suspicions.onAnswer(m, now);
    } else {
      onLeaseMessage(from, message, now);
    }
    settle(now);
  }

  private void onLeaseMessage(MemberId from, ControlMessage message, long now) {
    if (message instanceof ControlMessage.Renew m) {
      if (isOurs(m.clusterId())) {
        leases.onRenew(from, m, now);
      }
    } else if (message instanceof ControlMessage.RenewGranted m) {
      if (isOurs(m.clusterId())) {
        leases.onGranted(m, now);
      }
    } else if (message instanceof ControlMessage.RenewDiverged m) {
      if (isOurs(m.clusterId()) && leases.onDiverged(from, m)) {
        over = "its log contradicts a majority of the voters: it has diverged and must not go on";
        output.condemnMemory(over);
      }
    } else if (message instanceof ControlMessage.Confirm m) {
      if (isOurs(m.clusterId())) {
        leases.onConfirm(from, m);
      }
    } else if (message instanceof ControlMessage.NotMember m) {
      onNotMember(from, m);
    } else if (message instanceof ControlMessage.Leave m) {
      if (isOurs(m.clusterId())) {
        onLeave(from, now);
      }
    } else {
      onMembersMessage(from, message, now);
    }
  }

  /**
   * A member goes, or a joiner takes back its request. Everybody who hears it notes it: whoever
   * leads next must not need to hear it again.
   */
  private void onLeave(MemberId from, long now) {
    controller.leaves(from, now);
    if (log.leading()) {
      controller.tick(now);
    }
    gatekeeper.tellIfRemoved(from);
  }

  /** What only members may say. */
  private void onMembersMessage(MemberId from, ControlMessage message, long now) {
    if (!log.state().members().containsKey(from)) {
      gatekeeper.tellIfRemoved(from);
      return;
    }
    if (message instanceof ControlMessage.Propose m && isOurs(m.clusterId())) {
      if (log.leading()) {
        controller.propose(m.command(), now);
      }
    } else if (message instanceof ControlMessage.Release m && isOurs(m.clusterId())) {
      if (m.partition() < log.state().partitionCount()) {
        output.release(m.partition(), m.epoch(), m.replica(), now);
      }
    } else if (message instanceof ControlMessage.Suspected m && isOurs(m.clusterId())) {
      suspicions.suspect(m.suspect(), from, m.evidence(), now);
      suspicions.tick(now);
    } else if (message instanceof ControlMessage.ProvenDead m && isOurs(m.clusterId())) {
      suspicions.proven(m.dead(), from, m.witness(), now);
      if (log.leading()) {
        controller.tick(now);
      }
    } else if (message instanceof ControlMessage.HoldRenewals m && isOurs(m.clusterId())) {
      leases.hold(m.nanos(), now);
    } else if (message instanceof ControlMessage.StepDown m && isOurs(m.clusterId())) {
      if (log.leading()) {
        controller.stepDown(m.ballot(), now);
      }
    } else if (message instanceof ControlMessage.Rival m && isOurs(m.clusterId())) {
      giveWay(gatekeeper.meets(m.rival()));
    }
  }

  /** Leaves the cluster for another one; a directory forgets it, or it would come back to it. */
  private void giveWay(String why) {
    if (why != null) {
      over = why;
      keeper.forget(log.self());
    }
  }

  /**
   * Believed only from a voter that this member knows, or when no voter has renewed its lease for
   * so long that its own list of voters must be out of date; and only with a newer slot.
   */
  private void onNotMember(MemberId from, ControlMessage.NotMember message) {
    if (isOurs(message.clusterId()) && message.slot() > log.state().slot()) {
      boolean voter = log.state().voters().contains(outbox.seats().voterOf(from));
      if (voter || leases.leaseEnd() == LeaseHolder.NONE) {
        over = "was removed from cluster " + log.state().clusterId().abbreviated() + " meanwhile";
      }
    }
  }

  /** What has to follow any step: a slot may have been applied or leadership changed in it. */
  private void settle(long now) {
    if (over != null) {
      return;
    }
    if (log.takeLeadershipChange()) {
      controller.leadershipChanged();
    }
    if (!Objects.equals(leaderToldOf, log.leader())) {
      leaderToldOf = log.leader();
      tellOfLeader();
      suspicions.tick(now);
    }
    if (log.leading()) {
      controller.settle(now);
    }
    leases.settle(now);
  }

  private void tellOfLeader() {
    if (leaderToldOf != null) {
      Member leader = log.state().members().get(leaderToldOf);
      String name = leader == null ? leaderToldOf.abbreviated() : leader.name();
      outbox.event(ControlEvent.Kind.LEADER_CHANGED, leaderToldOf, "member " + name + " leads");
    }
  }

  private boolean isOurs(MemberId clusterId) {
    return clusterId.equals(log.state().clusterId());
  }

  private void learnAddresses(ClusterState before, ClusterState after) {
    for (Member member : after.members().values()) {
      boolean known = before != null && before.members().containsKey(member.id());
      if (!known && !member.id().equals(log.self())) {
        output.learnAddress(member.id(), member.host(), member.port());
      }
    }
  }

  private String whyRemoved(List<Command> decided) {
    for (Command command : decided) {
      if (command instanceof Command.RemoveMember remove && remove.member().equals(log.self())) {
        return ": " + remove.reason().evidence();
      }
    }
    return "";
  }
}
