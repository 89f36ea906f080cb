package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.PreVoteReply;
import io.henge.replication.consensus.ConsensusMessage.PreVoteRequest;
import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Decides when this voter tries to lead: after a silence, or soon after a hint, and only once a
 * majority of the voters says in a pre-vote that it would promise. Only about progress.
 */
final class Election {

  private final MemberId self;
  private final ConsensusSettings settings;
  private final Patience patience;
  private final ChosenLog log;
  private final ConsensusOutput output;
  private final LongSupplier entropy;

  private Ballot highest = Ballot.NONE;
  private long startAt;
  private boolean asking;
  private long attempt;
  private long slot;
  private long askedAt;
  private final Set<MemberId> granted = new TreeSet<>();

  Election(
      MemberId self,
      ConsensusSettings settings,
      Patience patience,
      ChosenLog log,
      ConsensusOutput output,
      LongSupplier entropy) {
    this.self = self;
    this.settings = settings;
    this.patience = patience;
    this.log = log;
    this.output = output;
    this.entropy = entropy;
  }

  /** Goes on from the highest ballot of an earlier process of this voter. */
  void resume(Ballot ballot) {
    highest = ballot;
  }

  /** Remembers a ballot that somebody drew. */
  void saw(Ballot ballot, long now) {
    if (ballot.compareTo(highest) > 0) {
      if (ballot.round() > highest.round()) {
        patience.higherRound(now);
      }
      highest = ballot;
    }
  }

  /** The highest ballot ever seen. */
  Ballot highest() {
    return highest;
  }

  /** A ballot above all that were seen. */
  Ballot draw(long now) {
    saw(new Ballot(Math.addExact(highest.round(), 1), self), now);
    return highest;
  }

  /** No reason to ask: waits for another silence. */
  void waitForSilence(long now) {
    asking = false;
    long timeout = patience.timeout(now);
    startAt = now + between(timeout, timeout * 3 / 2);
  }

  /** A ballot is being tried: asks again if it leads nowhere. */
  void waitForOutcome(long now) {
    asking = false;
    long timeout = patience.timeout(now);
    startAt = now + between(timeout / 2, timeout);
  }

  /** There is reason to believe that nobody leads: asks soon, a little scattered. */
  void hasten(long now) {
    long soon = now + between(settings.leastElectionDelay(), settings.mostElectionDelay());
    if (!asking && soon - startAt < 0) {
      startAt = soon;
    }
  }

  /** This replica itself stood still for so long: others may have spoken meanwhile. */
  void excuse(long pause) {
    startAt += pause;
  }

  /** Whether it is time to ask. */
  boolean isDue(long now) {
    return !asking && now - startAt >= 0;
  }

  /** Whether a pre-vote is running. */
  boolean isAsking() {
    return asking;
  }

  /** Starts a round of asking. */
  void ask(long now) {
    asking = true;
    attempt++;
    slot = log.next();
    granted.clear();
    granted.add(self);
    broadcast(now);
  }

  /** Counts an answer. */
  void preVoteReply(MemberId from, PreVoteReply message) {
    if (asking && message.attempt() == attempt && message.granted()) {
      granted.add(from);
    }
  }

  /** Whether a majority of the voters would promise. */
  boolean isWon() {
    return asking && slot == log.next() && log.configuration().isQuorum(granted);
  }

  /** Asks again those who did not grant: their leader may have fallen silent since. */
  void tick(long now) {
    if (!asking) {
      return;
    }
    if (slot != log.next()) {
      ask(now);
    } else if (now - askedAt >= settings.retransmit()) {
      broadcast(now);
    }
  }

  /** Repeats the question to one voter, which has just been helped to catch up. */
  void resend(MemberId to) {
    if (asking
        && !to.equals(self)
        && !granted.contains(to)
        && log.configuration().voters().contains(to)) {
      output.send(to, new PreVoteRequest(attempt, slot));
    }
  }

  private void broadcast(long now) {
    askedAt = now;
    for (MemberId voter : log.configuration().voters()) {
      resend(voter);
    }
  }

  private long between(long least, long most) {
    return least + entropy.getAsLong() % (most - least + 1);
  }
}
