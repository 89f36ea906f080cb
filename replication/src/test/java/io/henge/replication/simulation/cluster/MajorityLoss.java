package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the majority of the voters away. Most often they die; in some seeds they only stand still
 * for long, or are cut off: then the operator who takes them for dead is mistaken. Before it
 * happens a survivor may be cut off for a moment, so that the others know more.
 */
final class MajorityLoss {

  private enum Way {
    DIE,
    STAND_STILL,
    CUT_OFF
  }

  private final SimulatedCluster cluster;
  private final SeededRandom random;
  private final RefoundingPlan plan;
  private final Nemesis nemesis;
  private final Set<SimulatedMember> lost = new HashSet<>();

  MajorityLoss(
      SimulatedCluster cluster, RefoundingPlan plan, Nemesis nemesis, SeededRandom random) {
    this.cluster = cluster;
    this.plan = plan;
    this.nemesis = nemesis;
    this.random = random;
  }

  /** Whether the operator takes it for gone for good. */
  boolean tookAway(SimulatedMember member) {
    return lost.contains(member);
  }

  /** The operator sees that it is there all the same. */
  void cameBack(SimulatedMember member) {
    lost.remove(member);
  }

  /** Strikes, within about a lease; false if there is nobody who could be left. */
  boolean strike() {
    ClusterState newest = cluster.newest();
    List<SimulatedMember> left = survivors(newest);
    if (left.isEmpty()) {
      return false;
    }
    List<SimulatedMember> going = new ArrayList<>(cluster.living());
    going.removeAll(left);
    left.forEach(lost::remove);
    Way way =
        random.pick(List.of(Way.DIE, Way.DIE, Way.DIE, Way.DIE, Way.STAND_STILL, Way.CUT_OFF));
    cluster.note("!", () -> going + " " + way + ", left are " + left);
    cluster.statistics().count("majorities lost: " + way);
    long within = random.pick(List.of(0L, plan.cluster().lease(), 3 * plan.cluster().lease()));
    if (random.chance(0.6)) {
      leaveBehind(random.pick(left), within);
    }
    for (SimulatedMember each : going) {
      lost.add(each);
      cluster.events().after(random.between(0, within), () -> go(each, left, way));
    }
    cluster.events().runUntil(cluster.events().now() + within + 1);
    return true;
  }

  private void go(SimulatedMember member, List<SimulatedMember> left, Way way) {
    if (!member.process().alive()) {
      return;
    }
    switch (way) {
      case DIE -> {
        cluster.crash(member, random.chance(0.5));
        if (random.chance(plan.late())) {
          cluster.events().after(someTime(), () -> cluster.startAgain(member));
        }
      }
      case STAND_STILL -> member.process().pauseUntil(cluster.events().now() + someTime());
      case CUT_OFF -> {
        long time = someTime();
        for (SimulatedMember other : left) {
          nemesis.cutLink(member.id(), other.id(), time);
          nemesis.cutLink(other.id(), member.id(), time);
        }
      }
    }
  }

  private long someTime() {
    return random.between(0, 3_000) * 1_000_000L;
  }

  /** Members that are in the cluster, some of them, and no majority of its voters. */
  private List<SimulatedMember> survivors(ClusterState newest) {
    if (newest == null) {
      return List.of();
    }
    List<SimulatedMember> members = new ArrayList<>(cluster.living());
    // Without a directory that works nobody can found again.
    members.removeIf(
        member ->
            member.plane().state() == null
                || (member.directory() != null && member.directory().broken())
                || !newest.members().containsKey(member.id())
                || !member.state().clusterId().equals(newest.clusterId()));
    List<SimulatedMember> left = new ArrayList<>();
    int most = (newest.voters().size() - 1) / 2;
    int seats = random.chance(0.2) ? random.below(most + 1) : most;
    while (!members.isEmpty()) {
      SimulatedMember member = members.remove(random.below(members.size()));
      boolean votes = newest.voters().contains(member.self().voter().id());
      boolean stays = votes ? seats > 0 : random.chance(0.8);
      if (stays || (!votes && left.isEmpty())) {
        seats -= votes ? 1 : 0;
        left.add(member);
      }
    }
    return left;
  }

  /** A survivor hears nothing of the last that is decided; it may still be heard. */
  private void leaveBehind(SimulatedMember survivor, long within) {
    cluster.statistics().count("survivors left behind");
    long time = within + random.between(0, 2 * plan.cluster().suspendAfter());
    for (SimulatedMember other : cluster.living()) {
      MemberId one = survivor.id();
      if (random.chance(0.9)) {
        nemesis.cutLink(other.id(), one, time);
      }
      if (random.chance(0.3)) {
        nemesis.cutLink(one, other.id(), time);
      }
    }
    for (SimulatedMember other : cluster.living()) {
      if (other != survivor && random.chance(0.5)) {
        other.proposeSomeMove(random); // so that something is decided that it does not hear of
      }
    }
  }
}
