package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** How the voters' seats are spread over the failure domains. */
final class VoterZones {

  private final SortedMap<String, Integer> voters = new TreeMap<>();
  private final SortedMap<String, Integer> members = new TreeMap<>();

  private final PlannedChangeRules rules;

  /** The spread in a state. Seats of members that are gone are in no zone. */
  VoterZones(ClusterState state, PlannedChangeRules rules) {
    this.rules = rules;
    for (Member member : state.members().values()) {
      members.merge(rules.seatZone(member), 1, Integer::sum);
    }
    for (MemberId voter : state.voters()) {
      Member host = state.hostOf(voter);
      if (host != null) {
        voters.merge(rules.seatZone(host), 1, Integer::sum);
      }
    }
  }

  /** Number of voters in a member's zone. */
  int votersBeside(Member member) {
    return voters(rules.seatZone(member));
  }

  /** Tells whether the spread gets more even by a seat for a member and one less elsewhere. */
  boolean evenedBy(Member member) {
    return evenedBy(rules.seatZone(member));
  }

  private int voters(String zone) {
    return voters.getOrDefault(zone, 0);
  }

  private boolean evenedBy(String zone) {
    int most = voters.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return most - voters(zone) > 1;
  }

  /** Tells whether no zone that has members could make the spread more even. */
  boolean even() {
    return members.keySet().stream()
        .noneMatch(zone -> members.get(zone) > voters(zone) && evenedBy(zone));
  }

  /**
   * Which of the founders vote: as many as a large cluster has voters, each time one of a zone and
   * of a machine that has fewest so far; lite members only for want of others.
   */
  static List<Member> seat(List<Member> founders) {
    return seat(List.of(), founders, VoterPlanner.MOST_VOTERS);
  }

  /** The same when some have their seats already, and at most {@code most} are to have one. */
  static List<Member> seat(List<Member> before, List<Member> others, int most) {
    List<Member> seated = new ArrayList<>(before);
    List<Member> waiting = new ArrayList<>(others);
    while (!waiting.isEmpty() && seated.size() < most) {
      Member next =
          waiting.stream()
              .min(
                  Comparator.comparing((Member member) -> member.role() == MemberRole.LITE)
                      .thenComparing(member -> count(seated, member.zone(), Member::zone))
                      .thenComparing(member -> count(seated, member.machine(), Member::machine))
                      .thenComparing(Member::id))
              .orElseThrow();
      waiting.remove(next);
      seated.add(next);
    }
    return seated;
  }

  private static long count(List<Member> seated, String where, Function<Member, String> place) {
    return seated.stream().filter(member -> place.apply(member).equals(where)).count();
  }
}
