package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.Accept;
import io.henge.replication.consensus.ConsensusMessage.AcceptRefused;
import io.henge.replication.consensus.ConsensusMessage.Accepted;
import io.henge.replication.consensus.ConsensusMessage.PreVoteReply;
import io.henge.replication.consensus.ConsensusMessage.PreVoteRequest;
import io.henge.replication.consensus.ConsensusMessage.Prepare;
import io.henge.replication.consensus.ConsensusMessage.PrepareRefused;
import io.henge.replication.consensus.ConsensusMessage.Promise;
import io.henge.replication.topology.MemberId;
import java.util.function.Consumer;

/**
 * Answers the requests of candidates and leaders with what the {@link Acceptor} allows.
 *
 * <p>It answers only for the slot right after its own log. Then both sides know the same
 * configuration, so every slot is decided by a majority of its own voters, in both phases; and what
 * a voter accepted before that slot is in its log, so a promise has to report one proposal only.
 */
final class Voter {

  private final MemberId self;
  private final ConsensusSettings settings;
  private final Acceptor acceptor;
  private final Safekeeping keeping;
  private final AcceptObserver observer;
  private final ChosenLog log;
  private final Learner learner;
  private final KnownLeader leader;
  private final ConsensusOutput output;
  private MemberId promisedTo;
  private long promisedAt;

  Voter(
      MemberId self,
      ConsensusSettings settings,
      Acceptor acceptor,
      Safekeeping keeping,
      AcceptObserver observer,
      ChosenLog log,
      Learner learner,
      KnownLeader leader,
      ConsensusOutput output) {
    this.self = self;
    this.settings = settings;
    this.acceptor = acceptor;
    this.keeping = keeping;
    this.observer = observer;
    this.log = log;
    this.learner = learner;
    this.leader = leader;
    this.output = output;
  }

  /** The highest ballot promised. */
  Ballot promised() {
    return acceptor.promised();
  }

  /** What was accepted last for the slot, or null. */
  Proposal accepted(long slot) {
    return acceptor.accepted(slot);
  }

  /** Whether it may vote at all, now. */
  boolean votes() {
    return log.isVoter(self);
  }

  void preVoteRequest(MemberId from, PreVoteRequest message, long now) {
    if (!mayAnswer(from, message.slot(), now)) {
      return;
    }
    boolean granted =
        message.slot() == log.next()
            && leader.mayGiveWayTo(from, now)
            && !hasJustPromisedAnother(from, now);
    output.send(
        from, new PreVoteReply(message.attempt(), granted, acceptor.promised(), log.applied()));
  }

  /** Answers Prepare; true if it promised. */
  boolean prepare(MemberId from, Prepare message, long now) {
    if (!message.ballot().proposer().equals(from) || !mayAnswer(from, message.slot(), now)) {
      return false;
    }
    boolean promised =
        message.slot() == log.next() && leader.mayGiveWayTo(from, now) && promise(message.ballot());
    if (!promised) {
      output.send(
          from,
          new PrepareRefused(message.ballot(), message.slot(), acceptor.promised(), log.applied()));
      return false;
    }
    promisedTo = from;
    promisedAt = now;
    Promise promise =
        new Promise(message.ballot(), message.slot(), acceptor.accepted(message.slot()));
    keeping.whenSafe(() -> output.send(from, promise));
    return true;
  }

  /** Answers Accept; true if it accepted, which only a leader can have asked for. */
  boolean accept(MemberId from, Accept message, long now) {
    if (!message.ballot().proposer().equals(from) || !mayAnswer(from, message.slot(), now)) {
      return false;
    }
    Proposal proposal = new Proposal(message.slot(), message.ballot(), message.batch());
    byte[] attachment = message.slot() == log.next() ? tryAccept(proposal, now) : null;
    if (attachment == null) {
      output.send(
          from,
          new AcceptRefused(message.ballot(), message.slot(), acceptor.promised(), log.applied()));
      return false;
    }
    Accepted answer = new Accepted(message.ballot(), message.slot(), attachment);
    keeping.whenSafe(() -> output.send(from, answer));
    return true;
  }

  /** A leader of that ballot exists, so a majority promised it: so does this voter. */
  void follow(Ballot ballot) {
    promise(ballot);
  }

  /**
   * This replica's promise to itself, handed over when it is safe; null if a higher ballot was
   * promised. In either case the ballot itself is safe by then.
   */
  void promiseOwn(Ballot ballot, long slot, Consumer<Promise> whenSafe) {
    Promise own = promise(ballot) ? new Promise(ballot, slot, acceptor.accepted(slot)) : null;
    keeping.whenSafe(() -> whenSafe.accept(own));
  }

  /** This replica's own acceptance, handed over when it is safe; never if it does not accept. */
  void acceptOwn(Proposal proposal, long now, Consumer<Accepted> whenSafe) {
    byte[] attachment = tryAccept(proposal, now);
    if (attachment != null) {
      Accepted own = new Accepted(proposal.ballot(), proposal.slot(), attachment);
      keeping.whenSafe(() -> whenSafe.accept(own));
    }
  }

  /** Returns the attachment, or null if a higher ballot was promised. */
  private byte[] tryAccept(Proposal proposal, long now) {
    Proposal before = acceptor.accepted(proposal.slot());
    if (!acceptor.accept(proposal)) {
      return null;
    }
    if (before == null || !before.ballot().equals(proposal.ballot())) {
      keeping.accepted(proposal);
    }
    return observer.accepted(proposal.slot(), proposal.batch(), now);
  }

  private boolean promise(Ballot ballot) {
    boolean higher = ballot.compareTo(acceptor.promised()) > 0;
    if (!acceptor.promise(ballot)) {
      return false;
    }
    if (higher) {
      keeping.promised(ballot);
    }
    return true;
  }

  /**
   * Who is behind the sender fetches first; who votes no longer can still refuse senders behind.
   */
  private boolean mayAnswer(MemberId from, long slot, long now) {
    if (slot > log.next()) {
      learner.noticeAhead(from, slot - 1, now);
      return false;
    }
    return slot < log.next() || votes();
  }

  private boolean hasJustPromisedAnother(MemberId candidate, long now) {
    return promisedTo != null
        && !promisedTo.equals(candidate)
        && now - promisedAt < 2 * settings.retransmit();
  }
}
