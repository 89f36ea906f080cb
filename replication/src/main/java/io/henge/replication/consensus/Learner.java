package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.FetchLog;
import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.ConsensusMessage.LogSegment;
import io.henge.replication.topology.MemberId;
import java.util.List;

/** Learns decided slots: by announcement, or by fetching when it hears that others are ahead. */
final class Learner {

  private static final byte[] NO_NOTE = {};

  private final MemberId self;
  private final ConsensusSettings settings;
  private final ChosenLog log;
  private final ConsensusOutput output;
  private boolean fetching;
  private long fetchedAt;
  private long pollAt;
  private int polled;

  Learner(
      MemberId self, ConsensusSettings settings, ChosenLog log, ConsensusOutput output, long now) {
    this.self = self;
    this.settings = settings;
    this.log = log;
    this.output = output;
    this.pollAt = now + settings.electionTimeout();
  }

  /** An announcement of the leader. */
  void chosen(MemberId from, Chosen message, long now) {
    if (message.slot() == log.next()) {
      log.apply(message.slot(), message.batch(), message.note(), now);
    } else if (message.slot() < log.next()) {
      log.requireSame(message.slot(), message.batch());
    } else {
      noticeAhead(from, message.slot(), now);
    }
  }

  /** The answer to a fetch; asks for more while the sender has more. */
  void logSegment(MemberId from, LogSegment message, long now) {
    long slot = message.fromSlot();
    long before = log.applied();
    for (List<byte[]> batch : message.batches()) {
      if (slot == log.next()) {
        log.apply(slot, batch, NO_NOTE, now);
      } else {
        log.requireSame(slot, batch);
      }
      slot++;
    }
    continueFetching(from, before, message.chosenUpTo(), now);
  }

  /** The answer to a fetch from far behind. */
  void installSnapshot(MemberId from, InstallSnapshot message, long now) {
    long before = log.applied();
    if (log.install(message, now)) {
      continueFetching(from, before, message.slot(), now);
    }
  }

  /** The peer has applied {@code slot}: fetches from it if that is news. */
  void noticeAhead(MemberId peer, long slot, long now) {
    boolean pending = fetching && now - fetchedAt < settings.retransmit();
    if (slot > log.applied() && !pending) {
      fetching = true;
      fetchedAt = now;
      output.send(peer, new FetchLog(log.next()));
    }
  }

  /**
   * A member that does not vote and hears no leader asks the voters in turn: nobody sends
   * heartbeats to a member whose removal was announced and lost on the way.
   */
  void pollWithoutLeader(long now) {
    if (now - pollAt < 0) {
      return;
    }
    postponePoll(now);
    List<MemberId> others =
        log.configuration().voters().stream().filter(voter -> !voter.equals(self)).toList();
    if (!others.isEmpty()) {
      polled = (polled + 1) % others.size();
      output.send(others.get(polled), new FetchLog(log.next()));
    }
  }

  /** The leader was heard. */
  void postponePoll(long now) {
    pollAt = now + settings.electionTimeout();
  }

  private void continueFetching(MemberId from, long before, long chosenUpTo, long now) {
    if (log.applied() > before) {
      fetching = false;
      noticeAhead(from, chosenUpTo, now);
    }
  }
}
