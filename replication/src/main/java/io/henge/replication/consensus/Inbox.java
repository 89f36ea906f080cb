package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.Accept;
import io.henge.replication.consensus.ConsensusMessage.AcceptRefused;
import io.henge.replication.consensus.ConsensusMessage.Accepted;
import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.FetchLog;
import io.henge.replication.consensus.ConsensusMessage.ForwardCommand;
import io.henge.replication.consensus.ConsensusMessage.HandOver;
import io.henge.replication.consensus.ConsensusMessage.Heartbeat;
import io.henge.replication.consensus.ConsensusMessage.HeartbeatAck;
import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.ConsensusMessage.LogSegment;
import io.henge.replication.consensus.ConsensusMessage.PreVoteReply;
import io.henge.replication.consensus.ConsensusMessage.PreVoteRequest;
import io.henge.replication.consensus.ConsensusMessage.Prepare;
import io.henge.replication.consensus.ConsensusMessage.PrepareRefused;
import io.henge.replication.consensus.ConsensusMessage.Promise;
import io.henge.replication.topology.MemberId;

/** What one message of one sender does to the roles, kind by kind. */
record Inbox(Roles roles, MemberId from, long now) implements ConsensusMessage.Visitor {

  @Override
  public void preVoteRequest(PreVoteRequest message) {
    roles.voter().preVoteRequest(from, message, now);
  }

  @Override
  public void preVoteReply(PreVoteReply message) {
    roles.election().saw(message.promised(), now);
    roles.election().preVoteReply(from, message);
    roles.learner().noticeAhead(from, message.appliedSlot(), now);
  }

  @Override
  public void prepare(Prepare message) {
    // Late: to promise it would only hold up the election that its leader asked for.
    if (roles.knownLeader().hasGivenUp(message.ballot())) {
      return;
    }
    // A ballot that was not promised is not remembered either: else any replica could push the
    // leader out by drawing a high one.
    if (roles.voter().prepare(from, message, now)) {
      roles.election().saw(message.ballot(), now);
      roles.election().waitForSilence(now);
    }
  }

  @Override
  public void promise(Promise message) {
    roles.leadership().heard(from, message.ballot(), now);
    roles.proposer().promised(from, message);
  }

  @Override
  public void prepareRefused(PrepareRefused message) {
    refused(message.promised(), message.appliedSlot());
  }

  @Override
  public void accept(Accept message) {
    if (roles.voter().accept(from, message, now)) {
      follow(message.ballot());
    }
  }

  @Override
  public void accepted(Accepted message) {
    roles.leadership().heard(from, message.ballot(), now);
    roles.proposer().accepted(from, message);
  }

  @Override
  public void acceptRefused(AcceptRefused message) {
    refused(message.promised(), message.appliedSlot());
  }

  @Override
  public void chosen(Chosen message) {
    roles.learner().chosen(from, message, now);
  }

  @Override
  public void heartbeat(Heartbeat message) {
    if (!message.ballot().proposer().equals(from)) {
      return;
    }
    roles.learner().noticeAhead(from, message.chosenUpTo(), now);
    boolean votes = roles.voter().votes();
    Ballot known = roles.knownLeader().ballot();
    if (votes && roles.voter().promised().compareTo(known) > 0) {
      known = roles.voter().promised();
    }
    if (message.ballot().compareTo(known) >= 0) {
      known = message.ballot();
      roles.learner().postponePoll(now);
      follow(message.ballot());
    }
    if (votes) {
      roles.output().send(from, new HeartbeatAck(message.ballot(), known, roles.log().applied()));
    }
  }

  @Override
  public void heartbeatAck(HeartbeatAck message) {
    refused(message.promised(), message.appliedSlot());
    if (message.promised().equals(message.ballot())) {
      roles.leadership().heard(from, message.ballot(), now);
    }
  }

  @Override
  public void fetchLog(FetchLog message) {
    ConsensusMessage answer = roles.log().answerTo(message.fromSlot());
    if (answer != null) {
      roles.output().send(from, answer);
    }
    // The asker may be the only one left who knows a slot that this voter missed.
    roles.learner().noticeAhead(from, message.fromSlot() - 1, now);
    roles.proposer().resend(from);
    roles.election().resend(from);
  }

  @Override
  public void logSegment(LogSegment message) {
    roles.learner().logSegment(from, message, now);
  }

  @Override
  public void installSnapshot(InstallSnapshot message) {
    roles.learner().installSnapshot(from, message, now);
  }

  @Override
  public void forwardCommand(ForwardCommand message) {
    boolean mayLead = roles.proposer().phase() != Proposer.Phase.IDLE;
    if (mayLead && message.command().length <= roles.settings().maxBatchBytes()) {
      roles.queue().offer(message.command(), now);
    }
  }

  @Override
  public void handOver(HandOver message) {
    boolean news =
        message.ballot().proposer().equals(from)
            && !roles.patience().insistsAfterHandover()
            && roles.knownLeader().handedOver(message.ballot());
    if (!news || !roles.voter().votes()) {
      return;
    }
    roles.election().saw(message.ballot(), now);
    if (message.successor().equals(roles.self())) {
      roles.proposer().abandon();
      roles.election().ask(now);
    } else {
      roles.election().hasten(now);
    }
  }

  private void follow(Ballot ballot) {
    roles.election().saw(ballot, now);
    roles.knownLeader().heard(from, ballot, now);
    if (roles.voter().votes()) {
      roles.voter().follow(ballot);
    }
    if (roles.knownLeader().isTrusted(now)) {
      roles.election().waitForSilence(now);
    }
  }

  private void refused(Ballot promised, long appliedSlot) {
    roles.election().saw(promised, now);
    roles.learner().noticeAhead(from, appliedSlot, now);
  }
}
