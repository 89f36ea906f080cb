package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.membership.FoundingVote;
import io.henge.replication.membership.Memory;
import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares what a voter told others with what it remembers after a restart: neither a promise nor
 * an acceptance may be gone (I2 across restarts; for slot 0, I20).
 */
final class MemoryJudge {

  private record Voter(MemberId clusterId, MemberId id) {}

  private record Vote(long slot, Ballot ballot) {}

  private final Map<Voter, Ballot> promised = new HashMap<>();
  private final Map<Voter, Vote> accepted = new HashMap<>();
  private final Map<MemberId, Ballot> foundingPromised = new HashMap<>();
  private final Map<MemberId, Ballot> foundingAccepted = new HashMap<>();

  /** A voter says something. */
  void sent(MemberId voter, ControlMessage message) {
    if (message instanceof ControlMessage.Consensus consensus) {
      sent(new Voter(consensus.clusterId(), voter), consensus.message());
    } else if (message instanceof ControlMessage.FoundingPromise promise
        && promise.promised().equals(promise.ballot())) {
      foundingPromised.merge(voter, promise.ballot(), MemoryJudge::later);
    } else if (message instanceof ControlMessage.FoundingPrepare prepare) {
      foundingPromised.merge(voter, prepare.ballot(), MemoryJudge::later);
    } else if (message instanceof ControlMessage.FoundingAccepted acceptance) {
      foundingAccepted.merge(voter, acceptance.ballot(), MemoryJudge::later);
    }
  }

  private void sent(Voter voter, ConsensusMessage message) {
    if (message instanceof ConsensusMessage.Promise promise) {
      promised.merge(voter, promise.ballot(), MemoryJudge::later);
    } else if (message instanceof ConsensusMessage.Prepare prepare) {
      promised.merge(voter, prepare.ballot(), MemoryJudge::later);
    } else if (message instanceof ConsensusMessage.Accepted acceptance) {
      accepted.put(voter, new Vote(acceptance.slot(), acceptance.ballot()));
    }
  }

  /** A voter starts again with this memory. */
  void remembers(Memory memory) {
    FoundingVote founding = memory.founding();
    if (memory.state() == null) {
      require("I20", founding.promised(), foundingPromised.get(memory.voter()), memory);
      require("I20", founding.ballot(), foundingAccepted.get(memory.voter()), memory);
      return;
    }
    Voter voter = new Voter(memory.state().clusterId(), memory.voter());
    require("I2", memory.acceptor().promised(), promised.get(voter), memory);
    Vote vote = accepted.get(voter);
    if (vote != null && vote.slot() > memory.state().slot()) {
      Proposal kept = memory.acceptor().accepted();
      boolean same = kept != null && kept.slot() >= vote.slot();
      require("I2", same ? kept.ballot() : Ballot.NONE, vote.ballot(), memory);
    }
  }

  private static void require(String rule, Ballot kept, Ballot told, Memory memory) {
    if (told != null && kept.compareTo(told) < 0) {
      throw new RuleBroken(
          rule, memory.voter() + " told others of " + told + " and remembers " + kept);
    }
  }

  private static Ballot later(Ballot one, Ballot other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
