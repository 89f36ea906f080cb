package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.Accept;
import io.henge.replication.consensus.ConsensusMessage.Accepted;
import io.henge.replication.consensus.ConsensusMessage.Prepare;
import io.henge.replication.consensus.ConsensusMessage.Promise;
import io.henge.replication.topology.MemberId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs one ballot: phase 1 with the voters of the next slot, then phase 2 slot by slot, one in
 * flight.
 *
 * <pre>
 * IDLE -> PREPARING -> PREPARED -> ACCEPTING -> PREPARED ...   same voters
 *                                            -> PREPARING ...   changed voters, or decided by others
 * any  -> IDLE                                                 outvoted or given up
 * </pre>
 *
 * <p>Phase 1 is kept for the following slot only if this ballot itself decided the last one and the
 * voters are the same; otherwise it is done again, with the same ballot, before anything is
 * proposed. A majority of the new voters has then promised the ballot for the new slot, so every
 * slot is a complete Paxos instance of its own configuration, however that differs from the one
 * before. (With one voter changed per slot the accept majority of the last slot meets every
 * majority of the next, and the promise is there already; the round trip buys independence from
 * invariant I3.) Proposing nothing in between keeps "one batch per ballot and slot".
 */
class Proposer {

  /** Where the ballot stands. */
  enum Phase {
    IDLE,
    PREPARING,
    PREPARED,
    ACCEPTING
  }

  private final MemberId self;
  private final ConsensusSettings settings;
  private final Voter voter;
  private final ConsensusOutput output;

  private Phase phase = Phase.IDLE;
  private Ballot ballot = Ballot.NONE;
  private long slot;
  private Configuration configuration;
  private final Map<MemberId, Promise> promises = new TreeMap<>();
  private final Map<MemberId, byte[]> attachments = new TreeMap<>();
  private Proposal adopted;
  private List<byte[]> batch;
  private boolean announced;
  private long sentAt;

  Proposer(MemberId self, ConsensusSettings settings, Voter voter, ConsensusOutput output) {
    this.self = self;
    this.settings = settings;
    this.voter = voter;
    this.output = output;
  }

  Phase phase() {
    return phase;
  }

  /** The ballot being run, or the last one. */
  Ballot ballot() {
    return ballot;
  }

  /** The slot that the current phase is about. */
  long slot() {
    return slot;
  }

  /** What has to be proposed because it may be decided already; null if the choice is free. */
  Proposal adopted() {
    return adopted;
  }

  /** The batch in flight. */
  List<byte[]> batch() {
    return batch;
  }

  /** Starts phase 1 of the ballot, or repeats it for a later slot. */
  void prepare(Ballot newBallot, long nextSlot, Configuration voters, long now) {
    if (newBallot.equals(ballot) && nextSlot <= slot) {
      throw new IllegalStateException(
          "Ballot " + ballot + " is to be prepared for slot " + nextSlot + " after " + slot + ".");
    }
    phase = Phase.PREPARING;
    ballot = newBallot;
    slot = nextSlot;
    configuration = voters;
    promises.clear();
    attachments.clear();
    adopted = null;
    batch = null;
    announced = false;
    voter.promiseOwn(newBallot, nextSlot, own -> announce(newBallot, nextSlot, own, now));
  }

  /**
   * Asks the voters: not before this ballot would survive a crash here, because a restarted
   * proposer that drew it again would propose two batches under it.
   */
  private void announce(Ballot prepared, long preparedSlot, Promise own, long now) {
    if (phase != Phase.PREPARING || !prepared.equals(ballot) || preparedSlot != slot) {
      return;
    }
    announced = true;
    if (own != null) {
      promises.put(self, own);
    }
    broadcast(now);
    completePhaseOne();
  }

  /** Counts a promise. */
  void promised(MemberId from, Promise message) {
    if (phase == Phase.PREPARING && isCurrent(from, message.ballot(), message.slot())) {
      promises.put(from, message);
      completePhaseOne();
    }
  }

  /** Starts phase 2; the phase must be PREPARED. */
  void propose(List<byte[]> commands, long now) {
    if (phase != Phase.PREPARED) {
      throw new IllegalStateException("A batch is to be proposed in phase " + phase + ".");
    }
    phase = Phase.ACCEPTING;
    batch = commands;
    adopted = null;
    voter.acceptOwn(new Proposal(slot, ballot, batch), now, own -> accepted(self, own));
    broadcast(now);
  }

  /** Counts an acceptance. */
  void accepted(MemberId from, Accepted message) {
    if (phase == Phase.ACCEPTING && isCurrent(from, message.ballot(), message.slot())) {
      attachments.putIfAbsent(from, message.attachment());
    }
  }

  /** Whether the batch in flight is chosen. */
  boolean isChosen() {
    return phase == Phase.ACCEPTING && isQuorum(configuration, attachments.keySet());
  }

  /** The attachments of the accept quorum. */
  List<byte[]> attachments() {
    return List.copyOf(attachments.values());
  }

  /** The batch in flight was chosen and applied: goes on to the next slot. */
  void advance(long nextSlot, Configuration voters, long now) {
    if (!keepsPhaseOne(configuration, voters)) {
      prepare(ballot, nextSlot, voters, now);
      return;
    }
    phase = Phase.PREPARED;
    slot = nextSlot;
    configuration = voters;
    attachments.clear();
    batch = null;
  }

  /** Whether the members decide for the configuration. */
  boolean isQuorum(Configuration voters, Set<MemberId> members) {
    return voters.isQuorum(members);
  }

  /** Whether promises given for a slot of {@code before} do for the next one. */
  boolean keepsPhaseOne(Configuration before, Configuration after) {
    return before.voters().equals(after.voters());
  }

  /** Of what the quorum reported, the proposal that may have been chosen; null if none can. */
  Proposal mayBeChosen(Collection<Promise> quorum) {
    Proposal highest = null;
    for (Promise promise : quorum) {
      Proposal reported = promise.accepted();
      if (reported != null
          && (highest == null || reported.ballot().compareTo(highest.ballot()) > 0)) {
        highest = reported;
      }
    }
    return highest;
  }

  /** Gives the ballot up. */
  void abandon() {
    phase = Phase.IDLE;
    promises.clear();
    attachments.clear();
    adopted = null;
    batch = null;
  }

  /** Repeats what was not answered in time. */
  void tick(long now) {
    if ((phase == Phase.PREPARING || phase == Phase.ACCEPTING)
        && now - sentAt >= settings.retransmit()) {
      broadcast(now);
    }
  }

  /** Repeats the pending request to one voter, which has just been helped to catch up. */
  void resend(MemberId to) {
    boolean awaited =
        switch (phase) {
          case IDLE, PREPARED -> false;
          case PREPARING -> announced && !promises.containsKey(to);
          case ACCEPTING -> !attachments.containsKey(to);
        };
    if (awaited && !to.equals(self) && configuration.voters().contains(to)) {
      output.send(
          to,
          phase == Phase.PREPARING ? new Prepare(ballot, slot) : new Accept(ballot, slot, batch));
    }
  }

  private void broadcast(long now) {
    sentAt = now;
    for (MemberId each : configuration.voters()) {
      resend(each);
    }
  }

  private boolean isCurrent(MemberId from, Ballot answered, long answeredSlot) {
    return answered.equals(ballot) && answeredSlot == slot && configuration.voters().contains(from);
  }

  private void completePhaseOne() {
    if (isQuorum(configuration, promises.keySet())) {
      adopted = mayBeChosen(promises.values());
      phase = Phase.PREPARED;
      promises.clear();
    }
  }
}
