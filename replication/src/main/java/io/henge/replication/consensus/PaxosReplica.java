package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One replica of the metadata log: multi-decree Paxos with a stable leader and one slot in flight
 * (PROTOCOL 4.1). Every member runs one; the configuration says which of them vote.
 *
 * <p>Not thread-safe: the caller steps it from one thread at a time and passes the monotonic time
 * of each step in nanoseconds. Output, state machine and observer are called during a step and must
 * not call back. When a step throws, an invariant does not hold: the replica refuses every further
 * step, so that it cannot vote on a broken state.
 *
 * <p>A step is the reaction of the role that the event concerns, and then {@link Progress#settle}:
 * the moves that have become possible, one at a time, until none is left.
 */
public final class PaxosReplica {

  private final Roles roles;
  private final Progress progress;
  private boolean stepping;

  /**
   * Creates a replica that follows nobody yet.
   *
   * @param self this member
   * @param machine holds the state after {@code slot} already
   * @param observer told of what this voter accepts, and of what is chosen while it leads
   * @param patience how long it waits for a silent leader
   * @param entropy non-negative random numbers, for scattering elections
   * @param slot the last decided slot that the machine contains
   * @param configuration in force for {@code slot + 1}
   * @param before what this acceptor promised and accepted before its process started
   * @param now the monotonic time in nanoseconds
   */
  public PaxosReplica(
      MemberId self,
      ConsensusSettings settings,
      ReplicatedStateMachine machine,
      AcceptObserver observer,
      ConsensusOutput output,
      Patience patience,
      LongSupplier entropy,
      long slot,
      Configuration configuration,
      AcceptorState before,
      long now) {
    this(
        self,
        settings,
        new ChosenLog(machine, settings, slot, configuration),
        new Acceptor(before),
        Proposer::new,
        observer,
        output,
        patience,
        entropy,
        now);
  }

  PaxosReplica(
      MemberId self,
      ConsensusSettings settings,
      ChosenLog log,
      Acceptor acceptor,
      ProposerFactory proposers,
      AcceptObserver observer,
      ConsensusOutput output,
      Patience patience,
      LongSupplier entropy,
      long now) {
    KnownLeader knownLeader = new KnownLeader(settings, patience);
    Learner learner = new Learner(self, settings, log, output, now);
    Safekeeping keeping = new Safekeeping(output);
    Voter voter =
        new Voter(self, settings, acceptor, keeping, observer, log, learner, knownLeader, output);
    roles =
        new Roles(
            self,
            settings,
            observer,
            output,
            patience,
            log,
            knownLeader,
            learner,
            keeping,
            voter,
            new Election(self, settings, patience, log, output, entropy),
            proposers.create(self, settings, voter, output),
            new Leadership(self, settings, patience, log, output),
            new CommandQueue(settings));
    progress = new Progress(roles);
    // A ballot of an earlier process of this voter must never be drawn again.
    roles.election().resume(acceptor.promised());
    roles.election().waitForSilence(now);
    roles.election().hasten(now);
  }

  /** Makes the proposer; tests leave a rule out by giving another. */
  interface ProposerFactory {
    Proposer create(MemberId self, ConsensusSettings settings, Voter voter, ConsensusOutput output);
  }

  /** Takes a message of another replica. */
  public void onMessage(MemberId from, ConsensusMessage message, long now) {
    step(now, () -> message.visit(new Inbox(roles, from, now)));
  }

  /** What was awaited up to {@code number} is safe; see {@link ConsensusOutput#awaitStored}. */
  public void onStored(long number, long now) {
    step(now, () -> roles.keeping().stored(number));
  }

  /** Lets time pass: heartbeats, repetitions, elections. To be called about every 10 ms. */
  public void onTick(long now) {
    step(now, () -> tick(now));
  }

  /**
   * Hints that the connection to a peer broke. If that is the leader, this replica no longer
   * insists on it, and asks for an election soon.
   */
  public void onConnectionLost(MemberId peer, long now) {
    step(
        now,
        () -> {
          if (!roles.leadership().isLeading() && roles.knownLeader().suspect(peer, now)) {
            roles.election().hasten(now);
          }
        });
  }

  /**
   * Asks for a command to be decided. The leader queues it for its next batch; others forward it to
   * the leader, or keep it until there is one. It may be lost, or decided more than once: the
   * caller repeats it until it sees it applied, no sooner than an election timeout later.
   *
   * @throws IllegalArgumentException if the command is longer than {@code maxBatchBytes}
   */
  public void propose(byte[] command, long now) {
    propose(List.of(command), now);
  }

  /** Asks for commands to be decided, in as few slots as they fit; see {@link #propose}. */
  public void propose(List<byte[]> commands, long now) {
    for (byte[] command : commands) {
      if (command.length > roles.settings().maxBatchBytes()) {
        throw new IllegalArgumentException(
            "The command has "
                + command.length
                + " bytes; maxBatchBytes allows "
                + roles.settings().maxBatchBytes()
                + ".");
      }
    }
    if (!commands.isEmpty()) {
      step(now, () -> commands.forEach(command -> roles.queue().offer(command, now)));
    }
  }

  /**
   * Gives the leadership up, as soon as no slot is in flight, in favour of one of these voters: the
   * one that was heard last. Does nothing if this replica does not lead or none of them was heard
   * within the election timeout. Only about progress: the successor needs a majority like any
   * candidate.
   */
  public void handOver(Set<MemberId> candidates, long now) {
    step(now, () -> roles.leadership().handOverTo(candidates, now));
  }

  /** Whether this replica is the leader and a majority promised its ballot. */
  public boolean leading() {
    return roles.leadership().isLeading();
  }

  /** The last known leader, this replica included; null if none is known. */
  public MemberId leader() {
    return roles.knownLeader().member();
  }

  /** The highest ballot under which a leader was heard. */
  public Ballot leaderBallot() {
    return roles.knownLeader().ballot();
  }

  /** The highest ballot this replica promised. */
  public Ballot ballot() {
    return roles.voter().promised();
  }

  /** What this replica accepted last for the slot after {@link #appliedSlot()}; null if nothing. */
  public Proposal accepted() {
    return roles.voter().accepted(roles.log().next());
  }

  /** The last slot applied. */
  public long appliedSlot() {
    return roles.log().applied();
  }

  /** The configuration that decides the slot after {@link #appliedSlot()}. */
  public Configuration configuration() {
    return roles.log().configuration();
  }

  private void step(long now, Runnable event) {
    if (stepping) {
      throw new IllegalStateException(
          "The replica was called from its own output, state machine or observer, or an earlier"
              + " step failed.");
    }
    stepping = true;
    excuseOwnPause(now);
    event.run();
    progress.settle(now);
    stepping = false;
  }

  private void tick(long now) {
    Election election = roles.election();
    Leadership leadership = roles.leadership();
    roles.patience().ticked(now);
    if (leadership.isLeading()) {
      if (leadership.hearsMajority(now)) {
        roles.knownLeader().heard(roles.self(), roles.proposer().ballot(), now);
      } else {
        progress.resign(now);
      }
    }
    leadership.tick(now);
    roles.proposer().tick(now);
    election.tick(now);
    if (!roles.voter().votes()) {
      roles.learner().pollWithoutLeader(now);
    } else if (!leadership.isLeading()
        && !roles.knownLeader().isTrusted(now)
        && election.isDue(now)) {
      roles.proposer().abandon();
      election.ask(now);
    }
  }

  /** Nobody is silent while this replica itself stands still. */
  private void excuseOwnPause(long now) {
    long pause = roles.patience().ownPause(now);
    if (pause > 0) {
      roles.knownLeader().excuse(pause, now);
      roles.leadership().excuse(pause, now);
      roles.election().excuse(pause);
    }
  }
}
