package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses the next single change of the voters, or none (PROTOCOL 4.1): 1 voter for one or two
 * eligible members, 3 for three or four, 5 for more.
 *
 * <ul>
 *   <li>The seat of who is gone for good is dropped at once: that never lowers the number of
 *       failures that the rest survives.
 *   <li>A member that is caught up gets a free seat, one per slot.
 *   <li>A voter that is suspended for some time keeps its seat until a replacement has one.
 *   <li>A voter that drains keeps its seat until a replacement has one, and as long as the others
 *       could not decide without it; of several that drain one goes after the other.
 *   <li>When everybody is well and there are more voters than wanted, one seat goes: of two voters
 *       each is needed, of one only that one.
 *   <li>Seats are spread over the zones: the least crowded one gets the next, the most crowded one
 *       gives up the next, and when everybody is well one moves where that is more even. So the
 *       loss of a zone leaves a majority wherever the members allow it.
 *   <li>A lite member votes only while there are fewer than three others that can: it comes and
 *       goes with its application, but two data members and a lite one survive the loss of any one.
 * </ul>
 */
final class VoterPlanner {

  /**
   * In silences after which a member is suspended. Short, because it takes a spare: a restarted
   * process should have its predecessor's seat before the next failure, and who comes back late has
   * lost nothing but the seat.
   */
  private static final long REPLACE_AFTER_SILENCES = 3;

  /** Of a large cluster so many decide: two of them may be lost at once. */
  static final int MOST_VOTERS = 5;

  private static final long CAUGHT_UP = 8;

  /** With fewer voters than this no loss is survived. */
  private static final int WITH_LITE = 3;

  private final ClusterLog log;
  private final Liveness liveness;
  private final PlannedChangeRules rules;
  private long calmSince = Long.MIN_VALUE;

  VoterPlanner(ClusterLog log, Liveness liveness, PlannedChangeRules rules) {
    this.log = log;
    this.liveness = liveness;
    this.rules = rules;
  }

  /**
   * The next change, or null.
   *
   * @param leaving members that said goodbye and wait to be let go
   */
  Command next(Set<MemberId> leaving, long now) {
    ClusterState state = log.state();
    List<MemberId> gone = new ArrayList<>();
    List<MemberId> overdue = new ArrayList<>();
    List<MemberId> draining = new ArrayList<>();
    int well = 0;
    int deciding = 0;
    Set<MemberId> retained = new TreeSet<>();
    boolean calm = true;
    for (MemberId voter : state.voters()) {
      Member member = state.hostOf(voter);
      if (member == null || leaving.contains(member.id())) {
        gone.add(voter);
      } else if (liveness.suspendedFor(member.id(), now) > replaceAfter(state.timings())
          || (member.role() == MemberRole.LITE && !needsLite(state, leaving, false))) {
        overdue.add(voter);
      } else {
        int heard = isHeard(member.id(), state, now) ? 1 : 0;
        deciding += heard;
        if (member.state() == MemberState.DRAINING) {
          draining.add(voter);
        } else {
          retained.add(voter);
          boolean active = member.state() == MemberState.ACTIVE;
          calm &= active;
          well += active ? heard : 0;
        }
      }
    }
    calm &= gone.isEmpty() && overdue.isEmpty() && draining.isEmpty() && noneJoining(state);
    // Whose member is gone or suspended may vote all the same, and others may have died just now.
    boolean othersDecide = isMajority(deciding, state.voters().size() - 1);
    if (!gone.isEmpty() && othersDecide) {
      return new Command.RemoveVoter(gone.get(0));
    }
    Command growth = grow(state, retained.size(), leaving, now);
    if (growth != null) {
      return growth;
    }
    // Whoever is suspended may be back soon: its seat does not go for want of members.
    int kept = wanted(state, leaving, true);
    if (!overdue.isEmpty() && retained.size() >= kept && othersDecide) {
      return new Command.RemoveVoter(overdue.get(0));
    }
    if (!draining.isEmpty() && retained.size() >= kept) {
      return relieve(state, draining, well, leaving, now);
    }
    if (!calm) {
      calmSince = Long.MIN_VALUE;
      return null;
    }
    return retained.size() > kept ? shrink(state, now) : even(state, leaving, now);
  }

  /** Adds a seat if an odd number of them can be reached: an even one survives no more failures. */
  private Command grow(ClusterState state, int retained, Set<MemberId> leaving, long now) {
    List<Member> spares = spares(state, leaving, now);
    int reachable = Math.min(wanted(state, leaving, false), retained + spares.size());
    int goal = reachable % 2 == 0 ? reachable - 1 : reachable;
    return goal > retained ? new Command.AddVoter(spares.get(0).id()) : null;
  }

  /**
   * Takes the seat of a voter that drains once the well ones can decide without it. When several
   * drain at once that takes a spare, for whom there may be a seat too many for a moment; where
   * there is none, those that drain too go on deciding until it is their turn.
   */
  private Command relieve(
      ClusterState state, List<MemberId> draining, int well, Set<MemberId> leaving, long now) {
    int others = state.voters().size() - 1;
    if (isMajority(well, others)) {
      return new Command.RemoveVoter(draining.get(0));
    }
    List<Member> spares = spares(state, leaving, now);
    if (!spares.isEmpty()) {
      return new Command.AddVoter(spares.get(0).id());
    }
    return isMajority(well + draining.size() - 1, others)
        ? new Command.RemoveVoter(draining.get(0))
        : null;
  }

  /** Waits a little: a member that restarts takes the seat back. */
  private boolean isCalmForLong(ClusterState state, long now) {
    if (calmSince == Long.MIN_VALUE) {
      calmSince = now;
    }
    return now - calmSince >= 2 * state.timings().suspendAfter();
  }

  private Command shrink(ClusterState state, long now) {
    if (!isCalmForLong(state, now)) {
      return null;
    }
    calmSince = Long.MIN_VALUE;
    VoterZones zones = new VoterZones(state, rules);
    return state.voters().stream()
        .filter(voter -> !voter.equals(log.voter()))
        .map(state::hostOf)
        .max(
            Comparator.comparingInt((Member member) -> zones.votersBeside(member))
                .thenComparingLong(Member::joinedAt)
                .thenComparing(Member::id))
        .map(member -> new Command.RemoveVoter(member.voter().id()))
        .orElse(null);
  }

  /** Gives a seat to a zone with few; the one too many then goes where there are most. */
  private Command even(ClusterState state, Set<MemberId> leaving, long now) {
    VoterZones zones = new VoterZones(state, rules);
    if (zones.even() || !isCalmForLong(state, now)) {
      return null;
    }
    calmSince = Long.MIN_VALUE;
    return spares(state, leaving, now).stream()
        .filter(zones::evenedBy)
        .findFirst()
        .map(spare -> new Command.AddVoter(spare.id()))
        .orElse(null);
  }

  /**
   * Who may get a seat: first those in the zones with the fewest voters, then those on machines
   * without one, then the longest-lived.
   */
  private List<Member> spares(ClusterState state, Set<MemberId> leaving, long now) {
    VoterZones zones = new VoterZones(state, rules);
    Set<String> machines = new TreeSet<>();
    for (MemberId voter : state.voters()) {
      Member member = state.hostOf(voter);
      if (member != null) {
        machines.add(member.machine());
      }
    }
    return state.members().values().stream()
        .filter(member -> isEligible(state, member, leaving) && !state.votes(member.id()))
        .filter(member -> isCaughtUp(member.id(), state, now))
        .sorted(
            Comparator.comparing((Member member) -> member.role() == MemberRole.LITE)
                .thenComparing(zones::votersBeside)
                .thenComparing(member -> machines.contains(member.machine()))
                .thenComparingLong(Member::joinedAt)
                .thenComparing(Member::id))
        .toList();
  }

  private boolean isCaughtUp(MemberId id, ClusterState state, long now) {
    return isHeard(id, state, now) && liveness.slot(id) >= state.slot() - CAUGHT_UP;
  }

  private boolean isHeard(MemberId id, ClusterState state, long now) {
    return id.equals(log.self()) || liveness.isFresh(id, state.timings().suspendAfter() / 2, now);
  }

  private static int wanted(ClusterState state, Set<MemberId> leaving, boolean withSuspended) {
    long full = count(state, leaving, withSuspended, false);
    return wanted(full, full + count(state, leaving, withSuspended, true));
  }

  /** How many voters such members want. */
  static int wanted(Collection<Member> members) {
    long all = members.stream().filter(VoterPlanner::canVote).count();
    long lite =
        members.stream()
            .filter(member -> canVote(member) && member.role() == MemberRole.LITE)
            .count();
    return wanted(all - lite, all);
  }

  private static int wanted(long full, long all) {
    return full >= MOST_VOTERS
        ? MOST_VOTERS
        : Math.max(full, Math.min(all, WITH_LITE)) >= 3 ? 3 : 1;
  }

  /** Whether there are so few others that lite members have to vote. */
  private static boolean needsLite(
      ClusterState state, Set<MemberId> leaving, boolean withSuspended) {
    return count(state, leaving, withSuspended, false) < WITH_LITE;
  }

  private static long count(
      ClusterState state, Set<MemberId> leaving, boolean withSuspended, boolean lite) {
    return state.members().values().stream()
        .filter(member -> (member.role() == MemberRole.LITE) == lite)
        .map(
            member ->
                withSuspended && member.state() == MemberState.SUSPENDED
                    ? member.in(MemberState.ACTIVE)
                    : member)
        .filter(member -> canVote(member, leaving))
        .count();
  }

  private static boolean isEligible(ClusterState state, Member member, Set<MemberId> leaving) {
    return canVote(member, leaving)
        && (member.role() != MemberRole.LITE || needsLite(state, leaving, false));
  }

  private static boolean canVote(Member member, Set<MemberId> leaving) {
    return canVote(member) && !leaving.contains(member.id());
  }

  /** Whether a member may have a seat. */
  static boolean canVote(Member member) {
    return member.state() == MemberState.ACTIVE && member.voter().able();
  }

  private static boolean noneJoining(ClusterState state) {
    return state.members().values().stream()
        .noneMatch(member -> member.state() == MemberState.JOINING);
  }

  private static boolean isMajority(int count, int voters) {
    return voters > 0 && count > voters / 2;
  }

  private static long replaceAfter(ClusterTimings timings) {
    return Math.min(timings.removeAfter(), REPLACE_AFTER_SILENCES * timings.suspendAfter());
  }
}
