package io.henge.replication.membership;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.topology.MemberId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What only the leader does: compares the cluster state with what it hears and wants, and proposes
 * the difference. Decides nothing by itself: all it does becomes true only through the log.
 */
final class Controller {

  /** Looking over all partitions at every tick would find nothing new most of the time. */
  private static final long SURVEY_EVERY = 50_000_000L;

  /** A placement changes by slots; looking again without one only repeats what was lost. */
  private static final long PLACE_EVERY = 500_000_000L;

  /** Goodbyes are kept for so long, so that a late request to join does not undo one. */
  private static final long LEAVE_KEPT = 5_000_000_000L;

  private static final int LEAVES_KEPT = 1_024;

  private static final int MOVES_KEPT = 1_024;

  private final ClusterLog log;
  private final ProposalBook proposals;
  private final PlacementGoals goals;
  private final FailureJudge failures;
  private final VoterPlanner voters;
  private final RevocationJudge revocations;
  private final PlacementStepper placement;
  private final PlannedChangeRules planned;
  private final Outbox outbox;
  private final MovePace pace;

  /** Who said goodbye, and when this member heard it last: members, and joiners on their way. */
  private final Map<MemberId, Long> leaving = new TreeMap<>();

  /** Learners to promote and replicas to let go, as primaries asked; they ask again. */
  private final Set<Command> moves = new LinkedHashSet<>();

  private boolean surveyDue = true;
  private boolean placeDue = true;
  private long surveyedAt;
  private long clearedAt;
  private long placedAt;

  Controller(
      ClusterLog log,
      Liveness liveness,
      SuspicionBook suspicions,
      MoveLimits limits,
      Absentees absentees,
      PlannedChangeRules planned,
      Outbox outbox,
      long now) {
    this.log = log;
    pace = new MovePace(log.state().timings().lease(), now);
    this.planned = planned;
    this.outbox = outbox;
    goals = new PlacementGoals(absentees);
    proposals = new ProposalBook(log);
    failures = new FailureJudge(log, liveness, suspicions, proposals, planned, outbox);
    voters = new VoterPlanner(log, liveness, planned);
    revocations = new RevocationJudge(log, goals, proposals, outbox);
    placement = new PlacementStepper(log, goals, proposals, limits, planned, outbox);
  }

  /** Leadership was won or lost: nothing is known to be under way. */
  void leadershipChanged() {
    proposals.clear();
    moves.clear();
    goals.clear();
    surveyDue = true;
    placeDue = true;
  }

  void applied(List<Command> decided, long now) {
    pace.applied(now);
    proposals.decided(decided);
    surveyDue = true;
    placeDue = true;
  }

  /**
   * A member dropped its lease for good, or a joiner will never have one; it says so again and
   * again until it is let go. To be noted by those who do not lead, too.
   */
  void leaves(MemberId member, long now) {
    leaving.values().removeIf(heard -> now - heard > LEAVE_KEPT);
    if (leaving.size() < LEAVES_KEPT || leaving.containsKey(member)) {
      leaving.put(member, now);
    }
  }

  /**
   * Makes a member of a joiner. An earlier incarnation with the same directory is dead, because the
   * directory's lock is held by one process at a time: that proof removes it in the same step
   * (PROTOCOL 4.6, death witness "restart"). A late request of an earlier one does nothing.
   */
  void admit(Member joiner, long now) {
    if (leaving.containsKey(joiner.id())) {
      return;
    }
    Command add = new Command.AddMember(joiner);
    for (Member member : log.state().members().values()) {
      if (!member.voter().isSameAs(joiner.voter())) {
        continue;
      }
      if (member.voter().start() < joiner.voter().start()) {
        Reason reason =
            new Reason(
                Reason.Cause.REPLACED,
                joiner.id(),
                "its directory is held by a new process at " + joiner.address(),
                -1,
                0,
                true);
        proposals.proposeBoth(new Command.RemoveMember(member.id(), reason), add, now);
      }
      return;
    }
    proposals.propose(add, now);
  }

  /** A command that a member, or an operator through one, asks for. */
  void propose(Command command, long now) {
    if (command instanceof Command.CreateCache cache && log.state().cache(cache.name()) == null) {
      createCache(cache, now);
    } else if (command instanceof Command.PromoteLearner
        || (command instanceof Command.ShrinkInSync shrink && !shrink.keepAsLearner())) {
      if (moves.size() < MOVES_KEPT) {
        moves.add(command);
      }
    } else {
      if (command instanceof Command.TransferPrimary transfer
          && planned.movesLast()
          && log.fits(transfer)) {
        goals.prefer(log.state(), transfer.partition(), transfer.to());
      }
      proposals.propose(command, now);
    }
  }

  /**
   * An operator asks for another leader; nothing happens without a voter that could lead. A late or
   * repeated request names a ballot that has been given up before.
   */
  void stepDown(Ballot asked, long now) {
    if (asked.equals(log.leaderBallot())) {
      Set<MemberId> candidates = log.state().successorsOf(log.self());
      leaving.keySet().forEach(member -> candidates.remove(outbox.seats().voterOf(member)));
      outbox.event(ControlEvent.Kind.PROPOSED, null, "hand the lead over to another voter");
      log.handOver(candidates, now);
    }
  }

  /** To be called when this member leads, after each step. */
  void settle(long now) {
    if (surveyDue || now - surveyedAt >= SURVEY_EVERY) {
      surveyDue = false;
      surveyedAt = now;
      leaving.values().removeIf(heard -> now - heard > LEAVE_KEPT);
      changeVoters(now);
      letGo(now);
      revocations.restart(now);
    }
    if (pace.mayMove(now) && proposals.together(() -> move(now), now)) {
      pace.proposed(now);
    }
  }

  /** What is in no hurry, in as few slots as it fits. */
  private void move(long now) {
    for (Command command : moves) {
      if (!(command instanceof Command.ShrinkInSync released) || placement.isSurplus(released)) {
        proposals.propose(command, now);
      }
    }
    moves.clear();
    if (placeDue || now - clearedAt >= SURVEY_EVERY) {
      clearedAt = now;
      revocations.clear(now);
    }
    if (placeDue || now - placedAt >= PLACE_EVERY) {
      placeDue = false;
      placedAt = now;
      placement.tick(now);
    }
  }

  /** To be called at each tick when this member leads. */
  void tick(long now) {
    failures.tick(now);
    settle(now);
  }

  private void changeVoters(long now) {
    Command change = voters.next(leaving.keySet(), now);
    if (change == null || proposals.isOutstanding(change, now)) {
      return;
    }
    if (change instanceof Command.RemoveVoter last && leavesOneVoter(last)) {
      // Else it alone would know of that slot when it goes, and the other could not decide it.
      Set<MemberId> other = new TreeSet<>(log.state().voters());
      other.remove(log.voter());
      log.handOver(other, now);
    } else if (proposals.propose(change, now)) {
      outbox.event(ControlEvent.Kind.PROPOSED, null, describe(change));
    }
  }

  /** Whether of two voters this leader is the one that goes. */
  private boolean leavesOneVoter(Command.RemoveVoter change) {
    return log.state().voters().size() == 2 && change.voter().equals(log.voter());
  }

  /** A voter gives its seat up first: while it lives it can still help to replace itself. */
  private void letGo(long now) {
    for (MemberId member : new TreeSet<>(leaving.keySet())) {
      boolean last = log.state().members().size() == 1 && log.state().voters().size() == 1;
      if (!log.state().votes(member) || last) {
        Reason reason = new Reason(Reason.Cause.LEFT, member, "it said goodbye", -1, 0, true);
        proposals.propose(new Command.RemoveMember(member, reason), now);
      }
    }
  }

  private void createCache(Command.CreateCache cache, long now) {
    boolean grouped =
        log.state().groups().stream().anyMatch(group -> group.fits(cache.copies(), cache.mode()));
    if (grouped) {
      proposals.propose(cache, now);
      return;
    }
    List<List<MemberId>> plan =
        cache.copies() < 1 ? null : PlacementGoals.ofNewGroup(log.state(), cache.copies());
    if (plan != null) {
      proposals.proposeBoth(
          new Command.CreateGroup(cache.copies(), cache.mode(), plan), cache, now);
    }
  }

  private String describe(Command change) {
    MemberId id =
        change instanceof Command.AddVoter add
            ? add.member()
            : ((Command.RemoveVoter) change).voter();
    Member member =
        change instanceof Command.AddVoter ? log.state().members().get(id) : log.state().hostOf(id);
    String name = member == null ? id.abbreviated() : member.name();
    return change instanceof Command.AddVoter
        ? "give member " + name + " a seat among the voters"
        : "take the voter's seat of member " + name;
  }
}
