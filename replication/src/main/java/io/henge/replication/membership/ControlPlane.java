package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/**
 * One member's part in deciding who is who: finds or founds a cluster, follows the log, holds its
 * lease, and controls the cluster while it leads (PROTOCOL 4.2 to 4.4, 4.6).
 *
 * <p>Pure: no threads, clock, sockets or randomness of its own. Not thread-safe; the caller steps
 * it from one thread at a time. Times are nanoseconds of one monotonic clock that may start
 * anywhere. Effects go to {@link ControlOutput}, which must not call back.
 *
 * <p>When a step throws, an invariant does not hold: the plane gives up its lease, refuses every
 * further step in silence and can only be replaced by a new incarnation.
 */
public final class ControlPlane {

  /** The longest that a drill lasts: whoever asked for it may be gone. */
  public static final long MOST_HELD_NANOS = 60_000_000_000L;

  private final ControlSettings settings;
  private final Member self;
  private final ControlOutput output;
  private final ControlParts parts;
  private final LongSupplier entropy;
  private final Outbox outbox;
  private final PeerBook peers = new PeerBook();
  private final MemoryKeeper keeper;
  private final Introductions introductions;
  private final Refounding refounding;
  private Founding founding;
  private ClusterSession session;

  /** Takes back the request to join; null unless this member was closed before its welcome. */
  private Withdrawal withdrawal;

  private boolean founded;

  /** The last number of {@link #onStored} that the session has not heard of; 0 if there is none. */
  private long storedMeanwhile;

  /** Whether it was told to leave: then its end is no surprise. */
  private boolean leaving;

  private boolean stopped;

  /**
   * Creates the plane of a member that has not started.
   *
   * @param self this incarnation; its state and joinedAt do not matter
   * @param entropy random non-negative numbers
   */
  public ControlPlane(
      ControlSettings settings, Member self, ControlOutput output, LongSupplier entropy) {
    this(settings, self, output, entropy, ControlParts.standard(), null);
  }

  /**
   * Creates the plane of a member with a data directory, or with other parts.
   *
   * @param parts the standard ones; tests leave out a rule
   * @param memory what the directory holds, as of this start, or null without one; {@code self}
   *     votes under its id
   */
  public ControlPlane(
      ControlSettings settings,
      Member self,
      ControlOutput output,
      LongSupplier entropy,
      ControlParts parts,
      Memory memory) {
    if (memory != null && !self.voter().equals(memory.identity())) {
      throw new IllegalArgumentException(
          "member " + self.name() + " votes as " + self.voter() + ", not as " + memory.identity());
    }
    if (!(self.weight() > 0 && self.weight() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of member " + self.name() + " is " + self.weight() + ", must be above 0");
    }
    this.settings = settings;
    this.self = self;
    this.output = output;
    this.parts = parts;
    this.entropy = entropy;
    keeper = parts.memoryKeeper(output, memory);
    outbox = new Outbox(self.id(), output);
    outbox.seats().learn(self);
    introductions = new Introductions(settings, self, outbox, output);
    refounding =
        new Refounding(self, settings, parts, keeper, peers, outbox, entropy, this::enterSuccessor);
  }

  /** Begins to look for a cluster. */
  public void start(long now) {
    ClusterState remembered = keeper.durable() ? keeper.memory().state() : null;
    if (remembered == null) {
      founding = new Founding(settings, self, keeper, peers, introductions, outbox, entropy, now);
      return;
    }
    outbox.event(
        ControlEvent.Kind.JOINING,
        self.id(),
        "remembers cluster "
            + remembered.clusterId().abbreviated()
            + " at slot "
            + remembered.slot()
            + " and returns to it");
    session = newSession(remembered, null, now);
  }

  /** Everything awaited up to {@code number} is safe; see {@link ControlOutput#awaitStored}. */
  public void onStored(long number, long now) {
    step(
        now,
        () -> {
          keeper.stored(number);
          if (refounding.standsStill()) {
            storedMeanwhile = Math.max(storedMeanwhile, number);
          } else if (session != null) {
            session.onStored(number, now);
          }
        });
  }

  /** Takes a message of another control plane. */
  public void onMessage(MemberId from, ControlMessage message, long now) {
    step(now, () -> dispatch(from, message, now));
  }

  /** Takes a rumour; who can be reached is noted even before the start. */
  public void onHint(Hint hint, long now) {
    if (hint instanceof Hint.PeerAppeared appeared) {
      peers.appeared(appeared.peer(), now);
    } else if (hint instanceof Hint.ConnectionLost lost) {
      peers.lost(lost.peer());
    }
    step(
        now,
        () -> {
          if (hint instanceof Hint.HostResolved host && founding != null) {
            founding.onHostResolved(host);
          }
          if (moves()) {
            session.onHint(hint, now);
          }
        });
  }

  /** Lets time pass; to be called about every 10 ms. */
  public void onTick(long now) {
    step(
        now,
        () -> {
          refounding.tick(now);
          if (session != null) {
            tickSession(now);
          } else if (withdrawal != null) {
            withdrawal.tick(now);
          } else {
            found(founding.tick(now), now);
          }
        });
  }

  private void tickSession(long now) {
    if (refounding.standsStill()) {
      return;
    }
    if (storedMeanwhile > 0) {
      long number = storedMeanwhile;
      storedMeanwhile = 0;
      session.onStored(number, now);
    }
    session.onTick(now);
  }

  /** Whether this member is in a cluster and does not stand still. */
  private boolean moves() {
    return session != null && !refounding.standsStill();
  }

  /**
   * Founds again what is left of a cluster whose majority of voters is gone for good, as an
   * operator says (decision 18). Takes {@code suspend-after}; the request hears of the outcome. If
   * this plane ends meanwhile, or has ended, it may hear nothing.
   */
  public void foundAgain(RefoundingRequest request, long now) {
    step(now, () -> refounding.begin(request, now));
  }

  /** Whether this member stands still for a founder, see {@link #foundAgain}. */
  public boolean standsStill() {
    return refounding.standsStill();
  }

  /** Asks the leader to propose a command; best effort, to be repeated until the state shows it. */
  public void propose(Command command, long now) {
    step(
        now,
        () -> {
          if (moves()) {
            session.propose(command, now);
          }
        });
  }

  /**
   * Asks the leader to hand over to another voter, if that still is {@code leader}; best effort, to
   * be repeated until another one leads.
   */
  public void stepDown(MemberId leader, long now) {
    step(
        now,
        () -> {
          if (moves()) {
            session.stepDown(leader);
          }
        });
  }

  /**
   * A drill: asks a member, this one or another, to renew its lease no more for so many
   * nanoseconds, {@link #MOST_HELD_NANOS} at most; best effort. Nothing relies on renewals for its
   * correctness: to the others it is a member that is paused.
   */
  public void holdRenewals(MemberId member, long nanos, long now) {
    step(
        now,
        () -> {
          if (moves()) {
            session.holdRenewals(member, nanos);
          }
        });
  }

  /**
   * Asks the others to take over what this member holds, until they have. It takes part as before
   * meanwhile; {@link #handedOver} tells when it may leave without harm.
   */
  public void drain(long now) {
    step(
        now,
        () -> {
          if (moves()) {
            session.drain(now);
          }
        });
  }

  /** Whether this member drains and the others have taken everything that they can take. */
  public boolean handedOver() {
    return session != null && !stopped && session.handedOver();
  }

  /**
   * Drops the lease for good and asks to be removed until {@link ControlOutput#expelled} or until
   * the caller gives up. A member that is not in its cluster yet takes its request back; one that
   * asked nobody is expelled at once.
   */
  public void leave(long now) {
    step(
        now,
        () -> {
          leaving = true;
          refounding.abandon("this member leaves");
          if (session != null) {
            session.leave(now);
          } else if (withdrawal == null) {
            withdraw(now);
          }
        });
  }

  private void withdraw(long now) {
    withdrawal = founded ? null : founding.withdraw();
    if (withdrawal == null) {
      stop("was closed before it asked to join");
    } else {
      withdrawal.tick(now);
    }
  }

  /** Ends this incarnation, for a reason outside the protocol; {@link ControlOutput#expelled}. */
  public void abandon(String why) {
    if (!stopped) {
      stop(why);
    }
  }

  /** The state as this member knows it; null while it is not in a cluster. */
  public ClusterState state() {
    return session == null || !session.log().isMember() ? null : session.state();
  }

  /** When this member's lease ends on its own clock; {@link LeaseHolder#NONE} if it has none. */
  public long leaseEnd() {
    return session == null || stopped ? LeaseHolder.NONE : session.leaseEnd();
  }

  /** Tells whether all leases that these revocations took away are over (PROTOCOL 4.6, rule 4). */
  public boolean barrierOver(SortedMap<MemberId, Long> revoked, long now) {
    return session != null && session.log().revocations.over(revoked, now);
  }

  /** The leader as far as known, or null. */
  public MemberId leader() {
    return session == null ? null : session.log().leader();
  }

  /** Whether this member leads. */
  public boolean leading() {
    return session != null && !stopped && session.log().leading();
  }

  /** The highest ballot that this member promised, for people; empty before it is in a cluster. */
  public String ballot() {
    return session == null ? "" : session.log().ballot().toString();
  }

  private void dispatch(MemberId from, ControlMessage message, long now) {
    if (message instanceof ControlMessage.Hello hello) {
      if (!introductions.accepts(from, hello)) {
        return;
      }
      peers.introduced(from, hello, now);
    }
    if (refounding.onMessage(from, message, now)) {
      return;
    }
    if (refounding.standsStill()) {
      if (message instanceof ControlMessage.Hello hello) {
        session.answer(from, hello); // or it might found another cluster of the name
      }
    } else if (session != null) {
      session.onMessage(from, message, now);
    } else {
      onMessageOutside(from, message, now);
    }
  }

  private void onMessageOutside(MemberId from, ControlMessage message, long now) {
    if (message instanceof ControlMessage.NotMember removed) {
      stop("cluster " + removed.clusterId().abbreviated() + " had removed it before it started");
    } else if (message instanceof ControlMessage.Probe probe) {
      outbox.send(from, new ControlMessage.ProbeAnswer(probe.nonce(), probe.origin(), self.id()));
    } else if (withdrawal == null) {
      onMessageOfFounding(from, message, now);
    }
  }

  private void onMessageOfFounding(MemberId from, ControlMessage message, long now) {
    if (message instanceof ControlMessage.Hello hello) {
      if (!hello.answer()) {
        introductions.greet(from, null, null, true);
      }
    } else if (message instanceof ControlMessage.Genesis genesis) {
      founding.onGenesis(from, genesis);
    } else if (message instanceof ControlMessage.GenesisAccepted accepted) {
      found(founding.onGenesisAccepted(from, accepted), now);
    } else if (message instanceof ControlMessage.FoundingPrepare
        || message instanceof ControlMessage.FoundingPromise
        || message instanceof ControlMessage.FoundingAccept
        || message instanceof ControlMessage.FoundingAccepted) {
      founding.onDurable(from, message);
    } else if (message instanceof ControlMessage.Welcome welcome) {
      boolean ours = welcome.state().clusterName().equals(settings.clusterName());
      if (ours && !founded && welcome.state().admits(self)) {
        enter(welcome.state(), ControlEvent.Kind.JOINING, now);
      }
    }
  }

  /** Nobody hears of a cluster that a crash of its founder could undo. */
  private void found(ClusterState state, long now) {
    if (state != null && !founded) {
      founded = true;
      keeper.entered(state);
      keeper.whenSafe(() -> enter(state, ControlEvent.Kind.FOUNDED, now));
    }
  }

  private void enter(ClusterState state, ControlEvent.Kind how, long now) {
    String cluster = "cluster " + state.clusterId().abbreviated() + " at slot " + state.slot();
    outbox.event(
        how,
        self.id(),
        how == ControlEvent.Kind.FOUNDED
            ? "founded " + cluster + " with " + state.members().size() + " members"
            : "was welcomed to " + cluster);
    if (how == ControlEvent.Kind.JOINING) {
      keeper.entered(state);
    }
    session = newSession(state, null, now);
    founding = null;
  }

  /** Goes on in the cluster that was founded again of the present one. */
  private void enterSuccessor(ClusterState first, long now) {
    ClusterState former = session.state();
    session.stop();
    storedMeanwhile = 0;
    outbox.event(
        ControlEvent.Kind.FOUNDED_AGAIN,
        self.id(),
        "left cluster "
            + former.clusterId().abbreviated()
            + " at slot "
            + former.slot()
            + " for cluster "
            + first.clusterId().abbreviated()
            + ", which was founded again of it");
    session = newSession(first, former, now);
  }

  /** A time in a cluster; {@code former} is the last state of the one before, null if none. */
  private ClusterSession newSession(ClusterState state, ClusterState former, long now) {
    ClusterSession begun =
        new ClusterSession(
            self,
            state,
            former,
            keeper,
            settings,
            parts,
            peers,
            introductions,
            outbox,
            output,
            entropy,
            now);
    refounding.session(begun);
    return begun;
  }

  private void step(long now, Runnable event) {
    if (stopped || (founding == null && session == null)) {
      return;
    }
    boolean completed = false;
    try {
      event.run();
      for (ControlMessage own = outbox.nextToSelf(); own != null; own = outbox.nextToSelf()) {
        if (session != null && session.over() != null) {
          break;
        }
        dispatch(self.id(), own, now);
      }
      completed = true;
    } finally {
      if (!completed) {
        silence();
      }
    }
    if (session != null && session.over() != null) {
      stop(session.over());
    }
  }

  private void stop(String why) {
    silence();
    refounding.stop(why);
    outbox.event(
        leaving ? ControlEvent.Kind.LEFT : ControlEvent.Kind.EXPELLED,
        self.id(),
        !leaving
            ? why
            : session != null
                ? "has left its cluster in good order"
                : "was closed before it was in a cluster");
    output.expelled(why);
  }

  private void silence() {
    stopped = true;
    if (session != null) {
      session.stop();
    }
  }
}
