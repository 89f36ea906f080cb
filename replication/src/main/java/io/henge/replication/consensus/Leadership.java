package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.HandOver;
import io.henge.replication.consensus.ConsensusMessage.Heartbeat;
import io.henge.replication.topology.MemberId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What only a leader has: its heartbeats, and which voters still answer it. */
final class Leadership {

  private final MemberId self;
  private final ConsensusSettings settings;
  private final Patience patience;
  private final ChosenLog log;
  private final ConsensusOutput output;

  private boolean leading;
  private Ballot ballot = Ballot.NONE;
  private long heartbeatAt;
  private final Map<MemberId, Long> heardAt = new TreeMap<>();
  private Set<MemberId> successors = Set.of();
  private long askedToGoAt;

  Leadership(
      MemberId self,
      ConsensusSettings settings,
      Patience patience,
      ChosenLog log,
      ConsensusOutput output) {
    this.self = self;
    this.settings = settings;
    this.patience = patience;
    this.log = log;
    this.output = output;
  }

  boolean isLeading() {
    return leading;
  }

  /** A majority promised the ballot. */
  void begin(Ballot newBallot, long now) {
    leading = true;
    ballot = newBallot;
    heardAt.clear();
    for (MemberId voter : log.configuration().voters()) {
      heardAt.put(voter, now);
    }
    output.leadership(true, ballot);
    sendHeartbeats(now);
  }

  /** The ballot leads no longer. */
  void end() {
    leading = false;
    heardAt.clear();
    successors = Set.of();
    output.leadership(false, ballot);
  }

  /** A voter answered something that was sent under this ballot. */
  void heard(MemberId from, Ballot answered, long now) {
    if (leading && answered.equals(ballot)) {
      heardAt.put(from, now);
    }
  }

  /** Gives voters that came with a slot a full timeout to answer, and forgets those who went. */
  void adopt(Configuration configuration, long now) {
    heardAt.keySet().retainAll(configuration.voters());
    for (MemberId voter : configuration.voters()) {
      heardAt.putIfAbsent(voter, now);
    }
  }

  /** This replica itself stood still for so long: that is no silence of the voters. */
  void excuse(long pause, long now) {
    heardAt.replaceAll((voter, at) -> Patience.excused(at, pause, now));
  }

  /** Whether a majority of the voters answered within the election timeout. */
  boolean hearsMajority(long now) {
    long timeout = patience.timeout(now);
    Set<MemberId> answering = new TreeSet<>();
    answering.add(self);
    heardAt.forEach(
        (voter, at) -> {
          if (now - at < timeout) {
            answering.add(voter);
          }
        });
    return log.configuration().isQuorum(answering);
  }

  /** This leader is to hand over to one of these voters as soon as no slot is in flight. */
  void handOverTo(Set<MemberId> candidates, long now) {
    if (leading) {
      successors = Set.copyOf(candidates);
      askedToGoAt = now;
    }
  }

  /**
   * The voter to hand over to: of those asked for the one heard last; null if none was heard within
   * the election timeout, or if nobody has asked within it.
   */
  MemberId successor(long now) {
    long timeout = patience.timeout(now);
    MemberId last = null;
    if (!successors.isEmpty() && now - askedToGoAt < timeout) {
      for (Map.Entry<MemberId, Long> heard : heardAt.entrySet()) {
        boolean eligible =
            successors.contains(heard.getKey())
                && !heard.getKey().equals(self)
                && now - heard.getValue() < timeout;
        if (eligible && (last == null || heard.getValue() - heardAt.get(last) > 0)) {
          last = heard.getKey();
        }
      }
    }
    return last;
  }

  /** Tells everybody that the ballot is given up. */
  void announceHandover(MemberId successor) {
    tellEverybody(new HandOver(ballot, successor));
  }

  /** Sends heartbeats when they are due. */
  void tick(long now) {
    if (leading && now - heartbeatAt >= settings.heartbeatInterval()) {
      sendHeartbeats(now);
    }
  }

  private void sendHeartbeats(long now) {
    heartbeatAt = now;
    tellEverybody(new Heartbeat(ballot, log.applied()));
  }

  private void tellEverybody(ConsensusMessage message) {
    log.configuration().voters().forEach(voter -> sendTo(voter, message));
    log.configuration().learners().stream()
        .filter(learner -> !log.isVoter(learner))
        .forEach(learner -> sendTo(learner, message));
  }

  private void sendTo(MemberId member, ConsensusMessage message) {
    if (!member.equals(self)) {
      output.send(member, message);
    }
  }
}
