package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.List;

/**
 * What replicas of the log say to each other. Every message may be lost, delayed, repeated or
 * reordered. Byte arrays are handed over: nobody changes them after a message was made.
 *
 * <p>A request that names a slot is answered only by a replica whose log ends right before that
 * slot, so that both sides agree on the configuration that decides it; who is behind fetches first.
 */
public sealed interface ConsensusMessage {

  /** Calls the visitor's method for this kind of message. */
  void visit(Visitor visitor);

  /** One method per kind of message. */
  interface Visitor {

    void preVoteRequest(PreVoteRequest message);

    void preVoteReply(PreVoteReply message);

    void prepare(Prepare message);

    void promise(Promise message);

    void prepareRefused(PrepareRefused message);

    void accept(Accept message);

    void accepted(Accepted message);

    void acceptRefused(AcceptRefused message);

    void chosen(Chosen message);

    void heartbeat(Heartbeat message);

    void heartbeatAck(HeartbeatAck message);

    void fetchLog(FetchLog message);

    void logSegment(LogSegment message);

    void installSnapshot(InstallSnapshot message);

    void forwardCommand(ForwardCommand message);

    void handOver(HandOver message);
  }

  /**
   * "Would you promise if I prepared?" Changes nothing at the voter, so that a replica that cannot
   * win does not disturb a leader that works.
   *
   * @param attempt tells the rounds of asking apart
   * @param slot the slot after the asker's log
   */
  record PreVoteRequest(long attempt, long slot) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.preVoteRequest(this);
    }
  }

  /**
   * The answer to {@link PreVoteRequest}.
   *
   * @param attempt from the request
   * @param granted whether the voter would promise now
   * @param promised the voter's promise; a ballot has to be above it
   * @param appliedSlot where the voter's log ends
   */
  record PreVoteReply(long attempt, boolean granted, Ballot promised, long appliedSlot)
      implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.preVoteReply(this);
    }
  }

  /** Phase 1a, for this slot and all after it. */
  record Prepare(Ballot ballot, long slot) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.prepare(this);
    }
  }

  /**
   * Phase 1b: this voter accepts nothing below the ballot any more.
   *
   * @param ballot from the request
   * @param slot from the request
   * @param accepted what the voter accepted last for the slot, or null
   */
  record Promise(Ballot ballot, long slot, Proposal accepted) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.promise(this);
    }
  }

  /**
   * No promise: the voter promised a higher ballot, or is ahead, or insists on its leader.
   *
   * @param ballot from the request
   * @param slot from the request
   * @param promised the voter's promise
   * @param appliedSlot where the voter's log ends
   */
  record PrepareRefused(Ballot ballot, long slot, Ballot promised, long appliedSlot)
      implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.prepareRefused(this);
    }
  }

  /** Phase 2a. */
  record Accept(Ballot ballot, long slot, List<byte[]> batch) implements ConsensusMessage {

    public Accept {
      batch = List.copyOf(batch);
    }

    @Override
    public void visit(Visitor visitor) {
      visitor.accept(this);
    }
  }

  /**
   * Phase 2b.
   *
   * @param ballot from the request
   * @param slot from the request
   * @param attachment what {@link AcceptObserver#accepted} returned
   */
  record Accepted(Ballot ballot, long slot, byte[] attachment) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.accepted(this);
    }
  }

  /**
   * Not accepted: the voter promised a higher ballot, or is ahead.
   *
   * @param ballot from the request
   * @param slot from the request
   * @param promised the voter's promise
   * @param appliedSlot where the voter's log ends
   */
  record AcceptRefused(Ballot ballot, long slot, Ballot promised, long appliedSlot)
      implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.acceptRefused(this);
    }
  }

  /**
   * The leader's announcement that the slot is decided.
   *
   * @param slot the slot
   * @param batch the commands
   * @param note what {@link AcceptObserver#chosen} returned
   */
  record Chosen(long slot, List<byte[]> batch, byte[] note) implements ConsensusMessage {

    public Chosen {
      batch = List.copyOf(batch);
    }

    @Override
    public void visit(Visitor visitor) {
      visitor.chosen(this);
    }
  }

  /**
   * The leader is there.
   *
   * @param ballot its ballot, which a majority promised
   * @param chosenUpTo where its log ends
   */
  record Heartbeat(Ballot ballot, long chosenUpTo) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.heartbeat(this);
    }
  }

  /**
   * A voter heard the leader, or tells it that it is leader no longer.
   *
   * @param ballot from the heartbeat
   * @param promised the highest ballot the voter knows of; above {@code ballot} if it follows the
   *     sender no longer
   * @param appliedSlot where the voter's log ends
   */
  record HeartbeatAck(Ballot ballot, Ballot promised, long appliedSlot)
      implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.heartbeatAck(this);
    }
  }

  /** The sender's log ends right before this slot, and it has heard that yours does not. */
  record FetchLog(long fromSlot) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.fetchLog(this);
    }
  }

  /**
   * Chosen slots in order.
   *
   * @param fromSlot the slot of the first batch
   * @param batches the batches of consecutive slots
   * @param chosenUpTo where the sender's log ends
   */
  record LogSegment(long fromSlot, List<List<byte[]>> batches, long chosenUpTo)
      implements ConsensusMessage {

    public LogSegment {
      batches = List.copyOf(batches);
    }

    @Override
    public void visit(Visitor visitor) {
      visitor.logSegment(this);
    }
  }

  /**
   * The whole state, for who is too far behind.
   *
   * @param slot the last slot that the state contains
   * @param snapshot what {@link ReplicatedStateMachine#snapshot} returned
   */
  record InstallSnapshot(long slot, byte[] snapshot) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.installSnapshot(this);
    }
  }

  /** A command proposed at a replica that does not lead. */
  record ForwardCommand(byte[] command) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.forwardCommand(this);
    }
  }

  /**
   * The leader leads no longer, so that nobody need wait for its silence.
   *
   * @param ballot the ballot that it gives up
   * @param successor the voter that asks to lead at once; others do only if it does not
   */
  record HandOver(Ballot ballot, MemberId successor) implements ConsensusMessage {
    @Override
    public void visit(Visitor visitor) {
      visitor.handOver(this);
    }
  }
}
