package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.TreeSet;

/** Renews this member's lease, and answers the renewals of others as a voter (PROTOCOL 4.3). */
final class LeaseExchange {

  private final ClusterLog log;
  private final LeaseHolder holder;
  private final Liveness liveness;
  private final Outbox outbox;
  private final ControlOutput output;
  private final Set<MemberId> contradicting = new TreeSet<>();
  private boolean leaving;
  private boolean renewDue = true;
  private long renewedAt;
  private boolean held;
  private long heldUntil;
  private long told = LeaseHolder.NONE;

  LeaseExchange(
      ClusterLog log, LeaseHolder holder, Liveness liveness, Outbox outbox, ControlOutput output) {
    this.log = log;
    this.holder = holder;
    this.liveness = liveness;
    this.outbox = outbox;
    this.output = output;
    holder.allow(mayHold(log.state()));
  }

  long leaseEnd() {
    return holder.end();
  }

  /** A slot was applied: whether this member may hold a lease may have changed. */
  void applied(ClusterState after) {
    holder.allow(mayHold(after));
    renewDue = true;
    tell();
  }

  /** Gives the lease up; the next renewal may bring it back. */
  void drop() {
    holder.drop();
    tell();
  }

  /** Gives the lease up for good. */
  void leave() {
    leaving = true;
    holder.allow(false);
    tell();
  }

  /**
   * Renews nothing for so long, {@link ControlPlane#MOST_HELD_NANOS} at most: to others this member
   * is paused.
   */
  void hold(long nanos, long now) {
    long length = Math.min(nanos, ControlPlane.MOST_HELD_NANOS);
    held = true;
    heldUntil = now + length;
    outbox.event(
        ControlEvent.Kind.DRILL,
        log.self(),
        "renews its lease no more for " + length / 1_000_000 + " ms: a drill");
  }

  /** Sends a renewal if one is due. To be called after each step. */
  void settle(long now) {
    ClusterState state = log.state();
    held = held && now - heldUntil < 0;
    if (held || !state.members().containsKey(log.self())) {
      return;
    }
    if (!renewDue && now - renewedAt < state.timings().lease() / 4) {
      return;
    }
    renewDue = false;
    renewedAt = now;
    long nonce = holder.renewing(state.configuration(), now);
    outbox.sendToVoters(
        state.voters(),
        new ControlMessage.Renew(state.clusterId(), state.slot(), state.chain(), nonce));
    if (isRevoked(state)) {
      outbox.sendAll(
          state.members().keySet(), new ControlMessage.Confirm(state.clusterId(), state.slot()));
    }
  }

  void onRenew(MemberId from, ControlMessage.Renew renew, long now) {
    ClusterState state = log.state();
    MemberId cluster = state.clusterId();
    if (!state.members().containsKey(from)) {
      if (renew.slot() <= state.slot()) {
        outbox.send(from, new ControlMessage.NotMember(cluster, state.slot()));
        return;
      }
      // It joined by a slot that this voter has not applied yet.
    }
    if (log.history().contradicts(renew.slot(), renew.chain())) {
      outbox.send(
          from,
          new ControlMessage.RenewDiverged(
              cluster, log.voter(), renew.nonce(), renew.slot(), log.history().at(renew.slot())));
      return;
    }
    liveness.heard(from, renew.slot(), now);
    log.revocations.confirmed(from, renew.slot());
    if (log.grantor.renew(from, renew.slot(), now)) {
      outbox.send(from, new ControlMessage.RenewGranted(cluster, log.voter(), renew.nonce()));
    } else {
      outbox.send(
          from, new ControlMessage.RenewRefused(cluster, renew.nonce(), log.grantor.revokeIndex()));
    }
  }

  void onGranted(ControlMessage.RenewGranted granted, long now) {
    contradicting.remove(granted.voter());
    holder.granted(granted.voter(), granted.nonce(), now);
    tell();
  }

  /**
   * A voter has another history. Whoever contradicts a majority of the voters is the one that went
   * astray.
   *
   * @return true if that is this member: it must stop
   */
  boolean onDiverged(MemberId from, ControlMessage.RenewDiverged diverged) {
    if (!log.history().contradicts(diverged.slot(), diverged.chain())) {
      return false;
    }
    if (contradicting.add(diverged.voter())) {
      outbox.event(
          ControlEvent.Kind.DIVERGED,
          from,
          "voter " + from.abbreviated() + " has another log at slot " + diverged.slot());
    }
    return log.state().configuration().isQuorum(contradicting);
  }

  void onConfirm(MemberId from, ControlMessage.Confirm confirm) {
    log.revocations.confirmed(from, confirm.slot());
  }

  private boolean mayHold(ClusterState state) {
    Member self = state.members().get(log.self());
    return !leaving && self != null && self.state() != MemberState.SUSPENDED;
  }

  private boolean isRevoked(ClusterState state) {
    for (PartitionGroup group : state.groups()) {
      for (var partition : group.partitions()) {
        if (partition.revoked().containsKey(log.self())) {
          return true;
        }
      }
    }
    return false;
  }

  private void tell() {
    if (told != holder.end()) {
      told = holder.end();
      output.leaseExtended(told);
    }
  }
}
