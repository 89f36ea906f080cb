package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches what voters promise and accept: one value per slot (I1), one value per ballot, and no
 * voter goes back behind its promise (I2).
 */
final class PaxosJudge {

  private record Vote(MemberId clusterId, long slot, Ballot ballot) {}

  private record Voter(MemberId clusterId, MemberId id) {}

  private record Slot(MemberId clusterId, long slot) {}

  private final Map<Vote, List<byte[]>> proposed = new HashMap<>();
  private final Map<Vote, Set<MemberId>> acceptedBy = new HashMap<>();
  private final Map<Voter, Ballot> promised = new HashMap<>();
  private final Map<Slot, List<byte[]>> chosen = new HashMap<>();

  /** Whether a proposer's own acceptance counts only when {@link #keeps} tells that it is safe. */
  private final boolean disks;

  PaxosJudge(boolean disks) {
    this.disks = disks;
  }

  private final Map<Slot, List<MemberId>> voters = new HashMap<>();

  /** A member's log ends at {@code slot}, and these voters decide the next one. */
  void configurationAfter(MemberId clusterId, long slot, List<MemberId> decide) {
    List<MemberId> known = voters.putIfAbsent(new Slot(clusterId, slot + 1), decide);
    if (known != null && !known.equals(decide)) {
      throw new RuleBroken("I4", "two configurations decide slot " + (slot + 1));
    }
  }

  /** A replica sends a message. */
  void sent(MemberId clusterId, MemberId from, ConsensusMessage message) {
    if (message instanceof ConsensusMessage.Promise promise) {
      notBehind(new Voter(clusterId, from), promise.ballot(), message);
    } else if (message instanceof ConsensusMessage.Accept accept) {
      proposed(new Vote(clusterId, accept.slot(), accept.ballot()), accept.batch());
    } else if (message instanceof ConsensusMessage.Accepted accepted) {
      notBehind(new Voter(clusterId, from), accepted.ballot(), message);
      accepted(new Vote(clusterId, accepted.slot(), accepted.ballot()), from);
    } else if (message instanceof ConsensusMessage.Chosen announced) {
      chosen(new Slot(clusterId, announced.slot()), announced.batch(), "announced by " + from);
    } else if (message instanceof ConsensusMessage.LogSegment segment) {
      for (int i = 0; i < segment.batches().size(); i++) {
        Slot slot = new Slot(clusterId, segment.fromSlot() + i);
        chosen(slot, segment.batches().get(i), "passed on by " + from);
      }
    }
  }

  /** A voter's acceptance is safe on its disk. */
  void keeps(MemberId clusterId, MemberId voter, Proposal proposal) {
    if (clusterId != null) {
      proposed(new Vote(clusterId, proposal.slot(), proposal.ballot()), proposal.batch());
      accepted(new Vote(clusterId, proposal.slot(), proposal.ballot()), voter);
    }
  }

  private void notBehind(Voter voter, Ballot ballot, ConsensusMessage message) {
    Ballot before = promised.put(voter, ballot);
    if (before != null && ballot.compareTo(before) < 0) {
      throw new RuleBroken("I2", voter + " promised " + before + " and then sent " + message);
    }
  }

  private void proposed(Vote vote, List<byte[]> batch) {
    List<byte[]> before = proposed.putIfAbsent(vote, batch);
    if (before != null && !same(before, batch)) {
      throw new RuleBroken("I1", "two values proposed for " + vote);
    }
  }

  private void accepted(Vote vote, MemberId voter) {
    Set<MemberId> acceptors = acceptedBy.computeIfAbsent(vote, key -> new HashSet<>());
    acceptors.add(voter);
    if (!disks) {
      // The proposer accepts its own value without a message.
      acceptors.add(vote.ballot().proposer());
    }
    List<MemberId> decide = voters.get(new Slot(vote.clusterId(), vote.slot()));
    List<byte[]> batch = proposed.get(vote);
    if (decide != null && batch != null) {
      long count = decide.stream().filter(acceptors::contains).count();
      if (count > decide.size() / 2) {
        chosen(new Slot(vote.clusterId(), vote.slot()), batch, "accepted at " + vote.ballot());
      }
    }
  }

  private void chosen(Slot slot, List<byte[]> batch, String how) {
    List<byte[]> before = chosen.putIfAbsent(slot, batch);
    if (before != null && !same(before, batch)) {
      throw new RuleBroken("I1", "a second value for slot " + slot.slot() + " was " + how);
    }
  }

  /** The last slot of a cluster that was chosen and that a voter accepted as chosen; -1 if none. */
  long lastChosenOf(MemberId clusterId, MemberId voter) {
    long last = -1;
    for (Map.Entry<Vote, Set<MemberId>> each : acceptedBy.entrySet()) {
      Vote vote = each.getKey();
      List<byte[]> batch = chosen.get(new Slot(clusterId, vote.slot()));
      if (vote.clusterId().equals(clusterId)
          && each.getValue().contains(voter)
          && batch != null
          && same(batch, proposed.get(vote))) {
        last = Math.max(last, vote.slot());
      }
    }
    return last;
  }

  private static boolean same(List<byte[]> left, List<byte[]> right) {
    List<byte[]> rest = new ArrayList<>(right);
    return left.size() == rest.size()
        && java.util.stream.IntStream.range(0, left.size())
            .allMatch(i -> Arrays.equals(left.get(i), rest.get(i)));
  }
}
