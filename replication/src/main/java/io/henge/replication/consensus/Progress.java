package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.ForwardCommand;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The moves between roles that an event has made possible: each is tried in its order until none is
 * left. A move looks at state only, never at the event, so it does not matter which event came
 * last.
 */
final class Progress {

  private final Roles roles;
  private Configuration noticed;
  private boolean openingDue;

  Progress(Roles roles) {
    this.roles = roles;
    this.noticed = roles.log().configuration();
  }

  /** Makes all moves that are possible. */
  void settle(long now) {
    boolean moved;
    do {
      moved =
          noticeConfiguration(now)
              || stopAsking(now)
              || leaveRace(now)
              || catchUpWithLog(now)
              || electAlone(now)
              || campaign(now)
              || lead(now)
              || handOver(now)
              || propose(now)
              || choose(now)
              || forward(now);
    } while (moved);
  }

  /** Gives the ballot up, and the leadership with it. */
  void resign(long now) {
    roles.proposer().abandon();
    roles.election().waitForSilence(now);
    if (roles.leadership().isLeading()) {
      roles.leadership().end();
      if (roles.self().equals(roles.knownLeader().member())) {
        roles.knownLeader().forget();
      }
    }
  }

  /** A leader that was voted out will not be heard again: does not wait for its silence. */
  private boolean noticeConfiguration(long now) {
    Configuration current = roles.log().configuration();
    if (current.equals(noticed)) {
      return false;
    }
    MemberId leader = roles.knownLeader().member();
    boolean leaderLeft =
        leader != null && noticed.voters().contains(leader) && !current.voters().contains(leader);
    noticed = current;
    if (leaderLeft && !leader.equals(roles.self())) {
      roles.knownLeader().forget();
      roles.election().hasten(now);
    }
    if (roles.leadership().isLeading()) {
      roles.leadership().adopt(current, now);
    }
    return true;
  }

  private boolean stopAsking(long now) {
    boolean pointless = !roles.voter().votes() || roles.knownLeader().isTrusted(now);
    if (!roles.election().isAsking() || !pointless) {
      return false;
    }
    roles.election().waitForSilence(now);
    return true;
  }

  /** A higher ballot was seen, or this replica votes no longer: its own ballot is over. */
  private boolean leaveRace(long now) {
    if (roles.proposer().phase() == Proposer.Phase.IDLE) {
      return false;
    }
    boolean outvoted = roles.election().highest().compareTo(roles.proposer().ballot()) > 0;
    if (!outvoted && roles.voter().votes()) {
      return false;
    }
    boolean led = roles.leadership().isLeading();
    resign(now);
    if (led) {
      roles.election().hasten(now);
    }
    return true;
  }

  /** The slot being worked on was decided by others: the ballot goes on behind it. */
  private boolean catchUpWithLog(long now) {
    Proposer proposer = roles.proposer();
    if (proposer.phase() == Proposer.Phase.IDLE || proposer.slot() == roles.log().next()) {
      return false;
    }
    proposer.prepare(proposer.ballot(), roles.log().next(), roles.log().configuration(), now);
    return true;
  }

  /** The only voter need not wait for anybody. */
  private boolean electAlone(long now) {
    if (roles.election().isAsking()
        || roles.proposer().phase() != Proposer.Phase.IDLE
        || roles.knownLeader().isTrusted(now)
        || !roles.log().configuration().voters().equals(List.of(roles.self()))) {
      return false;
    }
    roles.election().ask(now);
    return true;
  }

  private boolean campaign(long now) {
    if (!roles.election().isWon()) {
      return false;
    }
    roles.election().waitForOutcome(now);
    roles
        .proposer()
        .prepare(roles.election().draw(now), roles.log().next(), roles.log().configuration(), now);
    return true;
  }

  private boolean lead(long now) {
    if (roles.leadership().isLeading() || roles.proposer().phase() != Proposer.Phase.PREPARED) {
      return false;
    }
    openingDue = true;
    roles.knownLeader().heard(roles.self(), roles.proposer().ballot(), now);
    roles.leadership().begin(roles.proposer().ballot(), now);
    return true;
  }

  /** Between two slots, so that what is in flight need not be decided again by the successor. */
  private boolean handOver(long now) {
    Proposer proposer = roles.proposer();
    boolean between =
        proposer.phase() == Proposer.Phase.PREPARED && proposer.adopted() == null && !openingDue;
    MemberId successor =
        between && roles.leadership().isLeading() ? roles.leadership().successor(now) : null;
    if (successor == null) {
      return false;
    }
    roles.leadership().announceHandover(successor);
    roles.knownLeader().handedOver(proposer.ballot());
    resign(now);
    return true;
  }

  /**
   * Proposes what may be decided already, else what is queued. A new leader proposes even nothing:
   * that closes the slot also for voters outside its quorum that accepted something for it.
   */
  private boolean propose(long now) {
    Proposer proposer = roles.proposer();
    if (proposer.phase() != Proposer.Phase.PREPARED) {
      return false;
    }
    if (proposer.adopted() != null) {
      proposer.propose(proposer.adopted().batch(), now);
    } else if (openingDue || !roles.queue().isEmpty()) {
      proposer.propose(roles.queue().takeBatch(), now);
    } else {
      return false;
    }
    openingDue = false;
    return true;
  }

  private boolean choose(long now) {
    Proposer proposer = roles.proposer();
    ChosenLog log = roles.log();
    if (!proposer.isChosen()) {
      return false;
    }
    long slot = proposer.slot();
    List<byte[]> batch = proposer.batch();
    byte[] note = roles.observer().chosen(slot, batch, proposer.attachments(), now);
    Set<MemberId> audience = new TreeSet<>();
    addMembers(audience, log.configuration());
    log.apply(slot, batch, note, now);
    addMembers(audience, log.configuration());
    audience.remove(roles.self());
    Chosen announcement = new Chosen(slot, batch, note);
    audience.forEach(member -> roles.output().send(member, announcement));
    if (roles.voter().votes()) {
      proposer.advance(log.next(), log.configuration(), now);
    }
    return true;
  }

  private boolean forward(long now) {
    MemberId leader = roles.knownLeader().member();
    if (roles.queue().isEmpty()
        || !roles.knownLeader().isTrusted(now)
        || roles.self().equals(leader)) {
      return false;
    }
    byte[] command = roles.queue().takeToForward(now);
    if (command != null) {
      roles.output().send(leader, new ForwardCommand(command));
    }
    return true;
  }

  private static void addMembers(Set<MemberId> members, Configuration configuration) {
    members.addAll(configuration.voters());
    members.addAll(configuration.learners());
  }
}
