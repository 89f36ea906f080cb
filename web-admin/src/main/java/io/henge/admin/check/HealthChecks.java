package io.henge.admin.check;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All checks, in the order in which they are shown. */
public final class HealthChecks {

  private static final String ERROR = "error";
  private static final String WARNING = "warning";
  private static final int FEWEST_VOTERS = 3;
  private static final double MOST_SKEW = 0.2;
  private static final int MOST_FAILOVERS_A_DAY = 3;
  private static final long DAY_SECONDS = 86_400;

  private static final List<HealthCheck> ALL =
      List.of(
          new HealthCheck(
              "quorum.held",
              ERROR,
              "A majority of the voters answers this member",
              "Without a majority this side refuses reads and writes, so that no two sides ever"
                  + " accept different ones.",
              "Start the missing voters, or mend the network between this member and them.",
              HealthChecks::quorum),
          new HealthCheck(
              "partitions.available",
              ERROR,
              "Every partition has a primary that may answer",
              "Operations on a partition without one wait and fail.",
              "Start the members that held its copies; see which in the ring's table.",
              HealthChecks::unavailable),
          new HealthCheck(
              "partitions.copies",
              ERROR,
              "No partition is down to one copy",
              "The next failure of its holder would lose it.",
              "Wait until the copies are rebuilt; if they are not, start another member.",
              HealthChecks::oneCopy),
          new HealthCheck(
              "members.enough",
              WARNING,
              "Enough data members for all wanted copies",
              "Two copies on one member protect nothing, so missing copies wait for members.",
              "Start more members with henge.node.role=data, or ask for fewer copies.",
              HealthChecks::enoughMembers),
          new HealthCheck(
              "voters.three",
              WARNING,
              "At least three voters",
              "With one or two voters no failure is survived.",
              "Start members until there are three; for two servers add a witness"
                  + " (henge.node.role=witness).",
              HealthChecks::threeVoters),
          new HealthCheck(
              "voters.odd",
              WARNING,
              "An odd number of voters",
              "An even number can lose no more voters than the odd number below it.",
              "Add or remove one member that votes.",
              HealthChecks::oddVoters),
          new HealthCheck(
              "voters.present",
              WARNING,
              "Every voter is a member that answers",
              "A voter that is gone or silent counts against the majority.",
              "Bring it back; another takes its seat when it stays away.",
              HealthChecks::votersPresent),
          new HealthCheck(
              "members.answering",
              ERROR,
              "Every member answers",
              "A suspended member serves nothing and holds copies that nobody may use.",
              "Look at that server: a long pause, an overload, a cut network.",
              HealthChecks::suspended),
          new HealthCheck(
              "zones.all-or-none",
              WARNING,
              "All data members name a zone, or none does",
              "Copies are kept apart by zone; a member without one is a zone of its own.",
              "Set henge.zone on each member.",
              HealthChecks::zones),
          new HealthCheck(
              "zones.apart",
              WARNING,
              "The copies of every partition are in different zones",
              "Copies in one zone go together when the zone fails.",
              "Have data members in as many zones as there are copies, of about equal weight.",
              HealthChecks::zonesApart),
          new HealthCheck(
              "zones.voters",
              WARNING,
              "No zone has a majority of the voters",
              "The cluster stops when that zone fails.",
              "Spread members over three zones; a witness in the third is enough.",
              HealthChecks::zoneOfVoters),
          new HealthCheck(
              "load.even",
              WARNING,
              "Copies are spread as the weights say, within 20 percent",
              "A member with more than its share is slower and fills up first.",
              "Wait for the rebalancing to end; compare henge.node.weight of the members.",
              HealthChecks::skew),
          new HealthCheck(
              "machines.apart",
              WARNING,
              "Members run on different machines",
              "Members of one machine fail together.",
              "Run members on different hosts; for a trial on one machine suppress this check.",
              HealthChecks::oneMachine),
          new HealthCheck(
              "failovers.few",
              WARNING,
              "At most three failovers in 24 hours",
              "Members that fail again and again have a reason: long pauses, an overload, a flapping"
                  + " link.",
              "See the failovers' evidence; lengthen henge.suspend-after only if pauses cannot be"
                  + " shortened.",
              HealthChecks::failovers),
          new HealthCheck(
              "data.lost",
              ERROR,
              "No partition lost its last copy",
              "Its entries are gone.",
              "Load them again from where they came from; more copies survive more failures at once.",
              HealthChecks::lost),
          new HealthCheck(
              "async.lost",
              WARNING,
              "No asynchronous write may have been lost",
              "Caches in mode async answer before their backups have a write.",
              "Use mode sync where this matters.",
              HealthChecks::possiblyLost));

  private HealthChecks() {}

  /** Runs all checks. */
  public static List<CheckResult> run(Facts facts) {
    return ALL.stream().map(check -> check.run(facts)).toList();
  }

  /** Whether there is a check with an id. */
  public static boolean exists(String id) {
    return ALL.stream().anyMatch(check -> check.id().equals(id));
  }

  private static Optional<String> when(boolean wrong, String finding) {
    return wrong ? Optional.of(finding) : Optional.empty();
  }

  private static Optional<String> quorum(Facts facts) {
    return when(
        facts.identity().state().equals("RUNNING") && !facts.identity().quorate(),
        facts.identity().nodeName() + " reaches no majority of the voters.");
  }

  private static Optional<String> unavailable(Facts facts) {
    int count = facts.counts().unavailable();
    return when(count > 0, count + " partitions have no primary that may answer.");
  }

  private static Optional<String> oneCopy(Facts facts) {
    int count = facts.counts().oneCopy();
    return when(count > 0, count + " partitions have one copy left.");
  }

  private static Optional<String> enoughMembers(Facts facts) {
    int wanted = facts.wantedCopies();
    int holders = facts.dataMembers().size();
    return when(
        facts.identity().state().equals("RUNNING") && holders < wanted,
        wanted + " copies are wanted, " + holders + " data members are there.");
  }

  private static Optional<String> threeVoters(Facts facts) {
    int voters = facts.view().voterIds().size();
    return when(voters > 0 && voters < FEWEST_VOTERS, thereAre(voters));
  }

  private static Optional<String> oddVoters(Facts facts) {
    int voters = facts.view().voterIds().size();
    return when(voters > 2 && voters % 2 == 0, thereAre(voters));
  }

  private static String thereAre(int voters) {
    return voters == 1 ? "There is one voter." : "There are " + voters + " voters.";
  }

  private static Optional<String> votersPresent(Facts facts) {
    long missing =
        facts.view().voterIds().stream()
            .map(facts.view()::member)
            .filter(member -> member == null || member.suspended())
            .count();
    return when(missing > 0, missing + " of the voters are gone or suspended.");
  }

  private static Optional<String> suspended(Facts facts) {
    List<Member> silent = facts.inState("suspended");
    return when(!silent.isEmpty(), Facts.names(silent) + " suspended: no answer to the voters.");
  }

  private static Optional<String> zones(Facts facts) {
    List<Member> without =
        facts.dataMembers().stream().filter(member -> member.zone().isEmpty()).toList();
    boolean mixed = !without.isEmpty() && without.size() < facts.dataMembers().size();
    return when(mixed, "Without a zone: " + Facts.names(without) + ".");
  }

  private static Optional<String> zonesApart(Facts facts) {
    View view = facts.view();
    long zones = facts.dataMembers().stream().map(Member::zone).distinct().count();
    if (zones < 2) {
      return Optional.empty();
    }
    int together = 0;
    for (Partition partition : view.partitions()) {
      together += isTogether(partition, view, zones) ? 1 : 0;
    }
    return when(
        together > 0,
        together + " of " + view.partitions().size() + " partitions have two copies in one zone.");
  }

  private static boolean isTogether(Partition partition, View view, long zones) {
    Set<String> seen = new HashSet<>();
    int copies = 0;
    for (int position : partition.replicas()) {
      Member member = view.memberAt(position);
      if (member != null) {
        copies++;
        seen.add(member.zone());
      }
    }
    return seen.size() < Math.min(copies, zones);
  }

  private static Optional<String> zoneOfVoters(Facts facts) {
    View view = facts.view();
    int majority = view.voterIds().size() / 2 + 1;
    List<Member> voters = view.members().stream().filter(Member::voter).toList();
    if (voters.stream().map(Member::zone).distinct().count() < 2) {
      return Optional.empty();
    }
    return voters.stream()
        .map(Member::zone)
        .distinct()
        .sorted()
        .filter(zone -> voters.stream().filter(m -> m.zone().equals(zone)).count() >= majority)
        .findFirst()
        .map(zone -> "Zone " + zone + " has a majority of the voters.");
  }

  private static Optional<String> skew(Facts facts) {
    List<Member> members =
        facts.dataMembers().stream().filter(member -> member.state().equals("active")).toList();
    double weights = members.stream().mapToDouble(Member::weight).sum();
    int copies = members.stream().mapToInt(HealthChecks::copies).sum();
    if (weights <= 0 || copies == 0 || facts.wantedCopies() >= members.size()) {
      return Optional.empty();
    }
    return members.stream()
        .filter(m -> copies(m) > (1 + MOST_SKEW) * copies * m.weight() / weights + 1)
        .findFirst()
        .map(
            m ->
                m.name()
                    + " holds "
                    + copies(m)
                    + " copies; its share is "
                    + Math.round(copies * m.weight() / weights)
                    + ".");
  }

  private static int copies(Member member) {
    return member.primaries() + member.backups() + member.learners();
  }

  private static Optional<String> oneMachine(Facts facts) {
    List<Member> members = facts.view().members();
    Set<String> hosts = new HashSet<>();
    for (Member member : members) {
      int colon = member.address().lastIndexOf(':');
      hosts.add(colon < 0 ? member.address() : member.address().substring(0, colon));
    }
    return when(
        members.size() > 1 && hosts.size() == 1,
        "All " + members.size() + " members have the address " + String.join("", hosts) + ".");
  }

  private static Optional<String> failovers(Facts facts) {
    long newest =
        facts.failovers().stream().mapToLong(f -> f.time().getEpochSecond()).max().orElse(0);
    long recent =
        facts.failovers().stream()
            .filter(failover -> newest - failover.time().getEpochSecond() < DAY_SECONDS)
            .count();
    return when(recent > MOST_FAILOVERS_A_DAY, recent + " failovers within 24 hours.");
  }

  private static Optional<String> lost(Facts facts) {
    int partitions = facts.failovers().stream().mapToInt(f -> f.partitionsLost()).sum();
    return when(partitions > 0, partitions + " partitions lost their last in-sync copy.");
  }

  private static Optional<String> possiblyLost(Facts facts) {
    // A group's figure stands at each of its caches.
    long most =
        facts.caches().stream()
            .filter(cache -> cache.mode().equals("async"))
            .mapToLong(CacheInfo::possiblyLost)
            .max()
            .orElse(0);
    return when(most > 0, "At most " + most + " acknowledged operations may have been lost.");
  }
}
