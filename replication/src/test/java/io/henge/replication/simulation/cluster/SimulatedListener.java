package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.Change;
import io.henge.replication.partition.ChangeSubscriber;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A member that listens to caches, now and then stops to, and has no room at times. */
final class SimulatedListener implements ChangeSubscriber.Output {

  private static final long MILLISECOND = 1_000_000;

  private final SimulatedCluster cluster;
  private final SimulatedMember member;
  private final SeededRandom random;
  private final ChangeSubscriber subscriber;
  private final SortedMap<Integer, ChangeAccount> accounts = new TreeMap<>();
  private final SortedMap<Integer, Boolean> wanted = new TreeMap<>();
  private final SortedSet<Integer> confirmed = new TreeSet<>();
  private ClusterState state;
  private long fullUntil;

  SimulatedListener(SimulatedCluster cluster, SimulatedMember member, SeededRandom random) {
    this.cluster = cluster;
    this.member = member;
    this.random = random;
    this.subscriber =
        new ChangeSubscriber(
            cluster.plan().partition().retransmit(),
            cluster.parts().partitionRules(),
            this::replicas,
            this);
  }

  /** A member's listener, or null if it does not listen. */
  static SimulatedListener of(SimulatedCluster cluster, SimulatedMember member, SeededRandom seed) {
    SeededRandom own = seed.split("of " + member.id());
    return own.chance(cluster.plan().listening())
        ? new SimulatedListener(cluster, member, own)
        : null;
  }

  private List<MemberId> replicas(int partition) {
    PartitionAssignment assignment = state.partition(partition);
    return assignment.primary() == null ? List.of() : assignment.replicas();
  }

  void applied(ClusterState after) {
    state = after;
    subscriber.onRoutesChanged(member.process().clock());
  }

  /** Positions of the former cluster mean nothing any more. */
  void beginAgain() {
    for (int cache : List.copyOf(wanted.keySet())) {
      cluster.statistics().count("listeners that began anew");
      accounts.values().forEach(ChangeAccount::judgeBreak);
      end(cache, member.process().clock());
    }
    subscriber.onRoutesChanged(member.process().clock());
  }

  void onChanges(MemberId from, PartitionMessage.Changes changes) {
    subscriber.onChanges(from, changes, member.process().clock());
    noteConfirmed();
  }

  void tick() {
    long now = member.process().clock();
    if (state != null) {
      boolean trouble = cluster.events().now() < cluster.plan().troubleLasts();
      for (CacheDefinition cache : state.caches().values()) {
        if (!wanted.containsKey(cache.id()) && (!trouble || random.chance(0.1))) {
          begin(cache, now);
        } else if (trouble && random.chance(0.003)) {
          end(cache.id(), now);
        }
      }
      if (trouble && random.chance(0.01)) {
        fullUntil = cluster.events().now() + random.between(1, 300) * MILLISECOND;
      }
    }
    subscriber.onTick(now);
  }

  private void begin(CacheDefinition cache, long now) {
    boolean previous = random.chance(0.5);
    wanted.put(cache.id(), previous);
    int count = state.partitionsPerGroup();
    int first = cache.group() * count;
    for (int partition = first; partition < first + count; partition++) {
      accounts
          .computeIfAbsent(partition, number -> new ChangeAccount(number, cluster, member))
          .begins(cache.id());
    }
    subscriber.want(cache.id(), first, count, previous, now);
  }

  private void end(int cache, long now) {
    if (wanted.remove(cache) != null) {
      confirmed.remove(cache);
      subscriber.unwant(cache, now);
      accounts.values().forEach(account -> account.ends(cache));
      accounts.values().removeIf(ChangeAccount::over);
    }
  }

  private void noteConfirmed() {
    for (int cache : wanted.keySet()) {
      if (!confirmed.contains(cache) && subscriber.confirmed(cache)) {
        confirmed.add(cache);
        cluster.statistics().count("listeners confirmed");
        accounts.values().forEach(account -> account.confirmed(cache));
      }
    }
  }

  // ChangeSubscriber.Output

  @Override
  public void send(MemberId to, PartitionMessage message) {
    cluster.send(member, to, message);
  }

  @Override
  public boolean take(int partition, Change change) {
    if (cluster.events().now() < fullUntil) {
      cluster.statistics().count("changes without room");
      return false;
    }
    cluster.statistics().count("changes taken");
    accounts.get(partition).take(change, wanted.get(change.key().cache()));
    return true;
  }

  @Override
  public void covered(int partition, long upTo) {
    accounts.get(partition).covered(upTo);
  }

  @Override
  public void missed(int partition, long after, long upTo) {
    cluster.statistics().count("changes missed");
    accounts.get(partition).missed(after, upTo);
  }

  /** What it still waits for; null if nothing. */
  String unrest() {
    for (int cache : wanted.keySet()) {
      if (!confirmed.contains(cache)) {
        return member + " does not know whether it listens to cache " + cache;
      }
    }
    for (ChangeAccount account : accounts.values()) {
      if (account.behind(subscriber.position(account.partition()))) {
        return member + " waits for changes of partition " + account.partition();
      }
    }
    return null;
  }

  /** At the end: everything that was to come has come, once and in order. */
  void judge() {
    accounts.values().forEach(ChangeAccount::judge);
  }
}
