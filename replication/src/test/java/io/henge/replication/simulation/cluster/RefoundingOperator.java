package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.RefoundingOutcome;
import io.henge.replication.membership.RefoundingRequest;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An operator who looks at a cluster now and then: when the majority of the voters is gone for good
 * he has a survivor found it again, and when it is refused, or nobody answers, he tries again after
 * a while; members of another cluster than the one that was founded last he ends and starts again.
 * He may forget to name a survivor, name one that is dead, ask twice, or ask two at once.
 */
final class RefoundingOperator {

  private static final long MILLISECOND = 1_000_000;
  private static final long LOOK_EVERY = 50 * MILLISECOND;

  /** One wish: what a founder was asked for. */
  private static final class Wish {
    private final SimulatedMember founder;
    private final long until;
    private boolean over;

    private Wish(SimulatedMember founder, long until) {
      this.founder = founder;
      this.until = until;
    }
  }

  private final SimulatedCluster cluster;
  private final MajorityLoss loss;
  private final SeededRandom random;
  private final List<Wish> wishes = new ArrayList<>();
  private final List<SimulatedMember> ended = new ArrayList<>();
  private long restsUntil;
  private long foundedBefore;
  private boolean together;
  private boolean nobodyLeft;

  RefoundingOperator(SimulatedCluster cluster, MajorityLoss loss, SeededRandom random) {
    this.cluster = cluster;
    this.loss = loss;
    this.random = random;
  }

  /** Looks from now on. */
  void begin() {
    look();
    cluster.events().after(LOOK_EVERY, this::begin);
  }

  /** Whether nobody is left of whom a cluster could be founded again. */
  boolean nobodyLeft() {
    return nobodyLeft;
  }

  private void look() {
    long now = cluster.events().now();
    cluster.living().stream().filter(SimulatedMember::holdsLease).forEach(loss::cameBack);
    startNext();
    wishes.removeIf(wish -> wish.over || now >= wish.until);
    if (!wishes.isEmpty() || now < restsUntil) {
      return;
    }
    if (together && cluster.foundings().count() - foundedBefore > 1) {
      throw new RuleBroken("founding again", "two founders that were asked at once both did it");
    }
    together = false;
    List<SimulatedMember> survivors = survivors();
    if (survivors.isEmpty()) {
      nobodyLeft = !cluster.plan().has(Fault.DISKS) && inItsCluster().isEmpty();
    } else if (hasOthers(survivors)) {
      endTheOthers(survivors);
    } else if (!hasMajority(survivors)) {
      decide(survivors);
    }
  }

  /** Those of the newest cluster of which anybody is left. */
  private List<SimulatedMember> survivors() {
    List<SimulatedMember> all = inItsCluster();
    all.removeIf(loss::tookAway);
    ClusterState newest =
        all.stream()
            .map(SimulatedMember::state)
            .max(Comparator.comparingLong(ClusterState::foundedAt))
            .orElse(null);
    all.removeIf(member -> !isIn(member, newest));
    return all;
  }

  private List<SimulatedMember> inItsCluster() {
    List<SimulatedMember> all = new ArrayList<>(cluster.living());
    all.removeIf(member -> member.plane().state() == null);
    return all;
  }

  private boolean hasMajority(List<SimulatedMember> survivors) {
    ClusterState newest = newestOf(survivors);
    Set<MemberId> seats = new TreeSet<>();
    for (SimulatedMember member : cluster.living()) {
      boolean able = member.directory() == null || !member.directory().broken();
      boolean here = member.state() == null || isIn(member, newest);
      if (able && here && !loss.tookAway(member)) {
        seats.add(member.self().voter().id());
      }
    }
    seats.retainAll(newest.voters());
    return newest.configuration().isQuorum(seats);
  }

  private static boolean isIn(SimulatedMember member, ClusterState state) {
    return member.state() != null && member.state().clusterId().equals(state.clusterId());
  }

  private static ClusterState newestOf(List<SimulatedMember> survivors) {
    return survivors.stream()
        .map(SimulatedMember::state)
        .max(Comparator.comparingLong(ClusterState::slot))
        .orElseThrow();
  }

  private void decide(List<SimulatedMember> survivors) {
    SimulatedMember founder = random.pick(survivors);
    Set<MemberId> named = new TreeSet<>();
    survivors.forEach(member -> named.add(member.id()));
    foundedBefore = cluster.foundings().count();
    double chance = random.nextDouble();
    if (chance < 0.3) {
      ask(founder, Set.of());
    } else if (chance < 0.4) {
      cluster.statistics().count("wishes that name a dead member");
      named.addAll(newestOf(survivors).members().keySet());
      ask(founder, named);
    } else if (chance < 0.45 && survivors.size() > 1) {
      cluster.statistics().count("wishes that forget a survivor");
      named.remove(random.pick(survivors).id());
      ask(founder, named);
    } else if (chance < 0.6 && survivors.size() > 1) {
      cluster.statistics().count("wishes of two founders");
      together = true;
      SimulatedMember other = random.pick(survivors);
      ask(founder, named);
      cluster
          .events()
          .after(random.between(0, cluster.plan().suspendAfter()), () -> ask(other, named));
    } else {
      ask(founder, named);
      if (random.chance(0.1)) {
        cluster.statistics().count("wishes repeated");
        ask(founder, named);
      }
    }
  }

  private void ask(SimulatedMember founder, Set<MemberId> named) {
    long now = cluster.events().now();
    FaultPlan plan = cluster.plan();
    cluster.note(
        "!",
        () -> founder + " is to found again with " + named.stream().map(cluster::name).toList());
    cluster.statistics().count("wishes to found again");
    cluster.foundings().asked(founder);
    Wish wish = new Wish(founder, now + 2 * plan.suspendAfter() + 2 * plan.lease());
    wishes.add(wish);
    RefoundingRequest request =
        new RefoundingRequest(
            SimulatedSettings.CLUSTER, named, now / MILLISECOND, outcome -> told(wish, outcome));
    founder.soon(() -> founder.plane().foundAgain(request, founder.process().clock()));
  }

  private void told(Wish wish, RefoundingOutcome outcome) {
    wish.over = true;
    restsUntil = cluster.events().now() + rest();
    if (outcome instanceof RefoundingOutcome.Refused refused) {
      cluster.foundings().refused(wish.founder);
      cluster.statistics().count("wishes refused: " + reason(refused.why()));
    } else if (outcome instanceof RefoundingOutcome.Founded founded) {
      long empty =
          founded.first().groups().stream()
              .flatMap(group -> group.partitions().stream())
              .filter(partition -> partition.inSync().isEmpty())
              .count();
      if (empty != founded.lost()) {
        throw new RuleBroken("founding again", founded.lost() + " lost are told of " + empty);
      }
    }
  }

  /** Long enough for those who were asked to go on, so that they are not kept from working. */
  private long rest() {
    return random.between(cluster.plan().lease() * 3, 1_500 * MILLISECOND);
  }

  private static String reason(String why) {
    for (String known :
        List.of(
            "others answer than were named",
            "has a lease",
            "voters live",
            "stands still for another founder",
            "is about to found the cluster again itself",
            "paused for too long",
            "is in another cluster",
            "only remembers",
            "still tells others",
            "has stood still for this attempt before",
            "no member of the cluster has the id",
            "among the survivors",
            "is in no cluster",
            "leaves",
            "cannot vote",
            "removed this member")) {
      if (why.contains(known)) {
        return known;
      }
    }
    return why;
  }

  /** Whether somebody is in another cluster, and not because he has not heard of this one yet. */
  private boolean hasOthers(List<SimulatedMember> survivors) {
    long patience = cluster.plan().suspendAfter() + 25 * cluster.plan().lease();
    return cluster.events().now() - cluster.foundings().lastAt() > patience
        && !others(survivors).isEmpty();
  }

  /**
   * One after the other: many that have forgotten everything might found a cluster of their own.
   */
  private void startNext() {
    boolean waits = cluster.living().stream().anyMatch(member -> member.plane().state() == null);
    if (!ended.isEmpty() && !waits) {
      cluster.startAgain(ended.remove(0));
    }
  }

  private List<SimulatedMember> others(List<SimulatedMember> survivors) {
    ClusterState newest = newestOf(survivors);
    return cluster.living().stream()
        .filter(member -> member.state() != null && !isIn(member, newest))
        .toList();
  }

  /** They are ended together, so that they do not find each other again. */
  private void endTheOthers(List<SimulatedMember> survivors) {
    restsUntil = cluster.events().now() + rest();
    others(survivors).forEach(this::renew);
  }

  private void renew(SimulatedMember member) {
    cluster.statistics().count("members of a former cluster started again");
    cluster.crash(member, true);
    ended.add(member);
  }
}
