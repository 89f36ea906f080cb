package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.MemberState;
import io.henge.replication.simulation.SeededRandom;
import java.util.HashSet;
import java.util.Set;

/** Members that leave in good order, as the real node's farewell makes them (PROTOCOL 4.13). */
final class Departures {

  private static final long MILLISECOND = 1_000_000;
  private static final long LOOK_EVERY = 5 * MILLISECOND;

  private final SimulatedCluster cluster;
  private final SeededRandom random;
  private final Set<SimulatedMember> going = new HashSet<>();

  Departures(SimulatedCluster cluster, SeededRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  /**
   * Drains a member unless too few would be left.
   *
   * @param time after which it goes whatever it holds, if the others can do without it
   * @param returns whether it starts again
   */
  void drain(SimulatedMember member, long time, boolean returns) {
    boolean others =
        cluster.living().stream()
            .anyMatch(each -> each != member && !going.contains(each) && isActive(each));
    if (!cluster.founded() || !others || !isActive(member) || !going.add(member)) {
      return;
    }
    cluster.note("!", () -> "drain " + member);
    cluster.statistics().count("drains begun");
    long now = cluster.events().now();
    long deadline = time == Long.MAX_VALUE ? time : now + time;
    member.soon(() -> member.plane().drain(member.process().clock()));
    look(member, deadline, returns);
  }

  /** An operator drains a member and thinks better of it. */
  void drainForAWhile(SimulatedMember operator, SimulatedMember member, long time) {
    cluster.note("!", () -> operator + " drains " + member + " for a while");
    cluster.statistics().count("drains by an operator");
    operator.soon(() -> operator.propose(new Command.Drain(member.id())));
    cluster.events().after(time, () -> undrain(member));
  }

  /** Sees to it from now on: the wish to drain it may still be under way. */
  private void undrain(SimulatedMember member) {
    if (!member.present() || going.contains(member)) {
      return;
    }
    ClusterState state = member.state();
    if (state != null
        && state.members().containsKey(member.id())
        && state.members().get(member.id()).state() == MemberState.DRAINING) {
      member.soon(() -> member.propose(new Command.Undrain(member.id())));
    }
    cluster.events().after(20 * MILLISECOND, () -> undrain(member));
  }

  /** Whether it is about to leave. */
  boolean isGoing(SimulatedMember member) {
    return going.contains(member);
  }

  private static boolean isActive(SimulatedMember member) {
    ClusterState state = member.state();
    return state != null
        && state.members().containsKey(member.id())
        && state.members().get(member.id()).state() == MemberState.ACTIVE;
  }

  private void look(SimulatedMember member, long deadline, boolean returns) {
    cluster
        .events()
        .after(
            LOOK_EVERY,
            () -> {
              if (!member.present()) {
                going.remove(member); // it crashed or was removed on the way
                return;
              }
              boolean complete = member.plane().handedOver();
              boolean overdue = cluster.events().now() >= deadline;
              if ((!complete && !overdue) || !cluster.canDoWithout(member)) {
                look(member, deadline, returns);
              } else {
                cluster.statistics().count(complete ? "drains completed" : "drains cut short");
                if (complete && cluster.plan().plannedOnly()) {
                  cluster.plannedChangeJudge().goes(member.id(), member.state());
                }
                close(member, cluster.events().now() + cluster.plan().client().timeout(), returns);
              }
            });
  }

  /** Its callers finish, then it says goodbye. */
  private void close(SimulatedMember member, long deadline, boolean returns) {
    member.close();
    boolean busy = cluster.callers().stream().anyMatch(caller -> caller.waitsAt(member));
    if (busy && cluster.events().now() < deadline) {
      cluster.events().after(LOOK_EVERY, () -> close(member, deadline, returns));
      return;
    }
    cluster.note("!", () -> member + " says goodbye");
    member.leave();
    Caller reader = new Caller(cluster, member, 1_000, random.split("reader"));
    long patience = random.between(0, 200 * MILLISECOND);
    awaitRelease(member, reader, cluster.events().now() + patience, returns);
  }

  private void awaitRelease(SimulatedMember member, Caller reader, long deadline, boolean returns) {
    boolean patient = cluster.plan().plannedOnly() || cluster.events().now() < deadline;
    if (member.process().alive() && !member.expelled() && patient) {
      tryToRead(member, reader);
      cluster.events().after(MILLISECOND, () -> awaitRelease(member, reader, deadline, returns));
      return;
    }
    going.remove(member);
    cluster.end(member);
    if (returns) {
      cluster
          .events()
          .after(
              random.between(0, 2 * cluster.plan().suspendAfter()),
              () -> cluster.startAgain(member));
    }
  }

  /** Who said goodbye must answer nothing any more: nobody waits for its lease. */
  private void tryToRead(SimulatedMember member, Caller reader) {
    if (member.process().running() && member.state() != null) {
      for (CacheDefinition cache : member.state().caches().values()) {
        reader.readLocally(cache, random.below(cluster.plan().keys()));
      }
    }
  }
}
