package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * A member's own way out: asks to be drained until it is, gives its lease up for good, then says
 * goodbye until it is let go (PROTOCOL 4.13).
 */
final class Departure {

  private static final long ASK_EVERY = 50_000_000L;

  private enum Wish {
    NONE,
    DRAIN,
    LEAVE
  }

  /** Where the member's wishes go. */
  interface Asking {
    void ask(Command command, long now);
  }

  private final ClusterLog log;
  private final PlannedChangeRules rules;
  private final LeaseExchange leases;
  private final Asking asking;
  private final Outbox outbox;
  private Wish wish = Wish.NONE;
  private long askedAt = Long.MIN_VALUE;

  Departure(
      ClusterLog log,
      PlannedChangeRules rules,
      LeaseExchange leases,
      Asking asking,
      Outbox outbox) {
    this.log = log;
    this.rules = rules;
    this.leases = leases;
    this.asking = asking;
    this.outbox = outbox;
  }

  /** Begins to hand over, or goes on with it. */
  void drain(long now) {
    wish(Wish.DRAIN, now);
  }

  /** Goes, whatever is not handed over; there is no way back. */
  void leave(long now) {
    if (wish != Wish.LEAVE && rules.leaseEndsBeforeGoodbye()) {
      leases.leave();
    }
    wish(Wish.LEAVE, now);
  }

  private void wish(Wish next, long now) {
    if (wish != Wish.LEAVE && wish != next) {
      wish = next;
      askedAt = Long.MIN_VALUE;
      tick(now);
    }
  }

  /** Whether it said goodbye. */
  boolean leaving() {
    return wish == Wish.LEAVE;
  }

  /** Whether others have taken everything that they can take. */
  boolean handedOver() {
    Member self = log.state().members().get(log.self());
    boolean known = self != null && self.state() == MemberState.DRAINING;
    return known && rules.handedOver(Handover.of(log.state(), log.self()));
  }

  void tick(long now) {
    MemberId self = log.self();
    Member known = log.state().members().get(self);
    if (known == null || wish == Wish.NONE || !Founding.isDue(askedAt, ASK_EVERY, now)) {
      return;
    }
    askedAt = now;
    switch (wish) {
      case LEAVE ->
          outbox.sendToVoters(
              log.state().voters(), new ControlMessage.Leave(log.state().clusterId()));
      case DRAIN -> {
        if (known.state() == MemberState.ACTIVE) {
          asking.ask(new Command.Drain(self), now);
        }
      }
      case NONE -> {}
    }
  }
}
