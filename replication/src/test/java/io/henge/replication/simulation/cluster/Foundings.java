package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ControlMessage;
import io.henge.replication.partition.Effect;
import io.henge.replication.ring.KeyHash;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clusters of one run, each but the first founded again of what was left of another (decision
 * 18), and the judge of that. The one that was founded last is the one that callers' histories are
 * about: at its founding every key is told to have the value that the survivors keep, as far as the
 * simulator knows, so that a loss beyond that, or a value of the other side, is noticed. What
 * callers do in another cluster from then on goes to another history: no value of it may be seen.
 */
final class Foundings {

  /** What a member promised last: to stand still in a state for a cluster to come. */
  private static final class Promise {
    private final MemberId successor;
    private final ClusterState state;
    private boolean voted;

    private Promise(MemberId successor, ClusterState state) {
      this.successor = successor;
      this.state = state;
    }
  }

  private final SimulatedCluster cluster;
  private final HistoryRecorder elsewhere = new HistoryRecorder();
  private final Map<MemberId, Promise> promises = new HashMap<>();
  private final Map<MemberId, Integer> asked = new HashMap<>();
  private final Set<MemberId> founded = new HashSet<>();
  private MemberId current;
  private long lastAt;

  Foundings(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** A member applied a state. */
  void applied(ClusterState after) {
    current = current == null ? after.clusterId() : current;
  }

  /** Whether what was left of a cluster was founded again. */
  boolean any() {
    return !founded.isEmpty();
  }

  /** When that was for the last time. */
  long lastAt() {
    return lastAt;
  }

  /** How many clusters were founded again. */
  int count() {
    return founded.size();
  }

  /** Whether a member is in a cluster that is not the one that was founded last. */
  boolean isElsewhere(SimulatedMember member) {
    return member.state() != null && !member.state().clusterId().equals(current);
  }

  /** Where the operations of a member's callers are noted. */
  HistoryRecorder historyAt(SimulatedMember member) {
    return isElsewhere(member) ? elsewhere : cluster.history();
  }

  /** An operator decides that a member is to found again: once. */
  void asked(SimulatedMember founder) {
    asked.merge(founder.id(), 1, Integer::sum);
  }

  /** A member says that it did not. */
  void refused(SimulatedMember founder) {
    asked.merge(founder.id(), -1, Integer::sum);
  }

  /** A member says something. */
  void sent(SimulatedMember from, ControlMessage message) {
    if (message instanceof ControlMessage.StandsStill answer) {
      Promise before = promises.get(from.id());
      if (before == null || !before.successor.equals(answer.successor())) {
        promises.put(from.id(), new Promise(answer.successor(), answer.state()));
      }
    } else if (message instanceof ControlMessage.Consensus consensus
        && promises.containsKey(from.id())
        && (consensus.message() instanceof ConsensusMessage.Accepted
            || consensus.message() instanceof ConsensusMessage.Promise)) {
      promises.get(from.id()).voted = true;
    }
  }

  /** A member is about to enter a cluster that was founded again; the founder is the first. */
  void entered(SimulatedMember member, ClusterState former, ClusterState first) {
    if (first.clusterId().equals(former.clusterId())) {
      throw broken(member + " calls it " + first.clusterId() + ", as the former one");
    }
    if (former.slot() >= first.slot()) {
      throw broken(member + " knows of slot " + former.slot() + ", it begins at " + first.slot());
    }
    if (founded.add(first.clusterId())) {
      founds(member, former, first);
    } else {
      follows(member, former, first);
    }
    promises.remove(member.id());
  }

  private void follows(SimulatedMember member, ClusterState former, ClusterState first) {
    cluster.statistics().count("survivors that followed");
    Promise promise = promises.get(member.id());
    if (promise == null || !promise.successor.equals(first.clusterId())) {
      throw broken(member + " enters and has promised nothing for it");
    }
    if (!promise.state.equals(former) || promise.voted) {
      throw broken(
          member
              + " stood still at slot "
              + promise.state.slot()
              + " and enters from "
              + former.slot()
              + (promise.voted ? ", having voted" : ""));
    }
  }

  private void founds(SimulatedMember founder, ClusterState former, ClusterState first) {
    cluster.note("!", () -> founder + " founds again: " + first);
    cluster.statistics().count("clusters founded again");
    if (asked.merge(founder.id(), -1, Integer::sum) < 0) {
      throw broken(founder + " founds again, and nobody has asked for it once more");
    }
    List<SimulatedMember> survivors = new ArrayList<>();
    for (MemberId id : first.members().keySet()) {
      survivors.add(cluster.member(id));
    }
    ClusterState newest = newest(founder, former, survivors, first.clusterId());
    judgeMembers(founder, survivors, newest, first);
    long[] epochs = judgePartitions(survivors, newest, first);
    cluster.stateJudge().foundedAgain(first);
    current = first.clusterId();
    lastAt = cluster.events().now();
    cluster.deadlineJudge().foundedAgain(former.clusterId(), first);
    List<Effect> open =
        new ArrayList<>(cluster.replicaJudge().foundedAgain(former.clusterId(), first, epochs));
    open.addAll(cluster.asyncJudge().foundedAgain(former.clusterId(), first, epochs));
    tellHistory(first, open);
  }

  /** The newest state of all answers. */
  private ClusterState newest(
      SimulatedMember founder,
      ClusterState former,
      List<SimulatedMember> survivors,
      MemberId successor) {
    ClusterState newest = former;
    for (SimulatedMember survivor : survivors) {
      if (survivor.equals(founder)) {
        continue;
      }
      Promise promise = promises.get(survivor.id());
      if (promise == null || !promise.successor.equals(successor)) {
        throw broken(survivor + " has not promised to stand still for it");
      }
      if (!promise.state.clusterId().equals(former.clusterId())) {
        throw broken(survivor + " was not in cluster " + former.clusterId());
      }
      newest = promise.state.slot() > newest.slot() ? promise.state : newest;
    }
    return newest;
  }

  private void judgeMembers(
      SimulatedMember founder,
      List<SimulatedMember> survivors,
      ClusterState newest,
      ClusterState first) {
    if (first.clusterId().low() != newest.clusterId().low()
        || first.foundedAt() <= newest.foundedAt()) {
      throw broken("it does not descend from " + newest.clusterId());
    }
    Set<MemberId> seats = new HashSet<>();
    for (SimulatedMember survivor : survivors) {
      MemberId voter = survivor.self().voter().id();
      seats.add(voter);
      long chosen = cluster.paxosJudge().lastChosenOf(newest.clusterId(), voter);
      if (first.slot() <= Math.max(newest.slot(), chosen)) {
        throw broken(
            "it begins at slot "
                + first.slot()
                + ", though "
                + survivor
                + " knows of slot "
                + Math.max(newest.slot(), chosen));
      }
    }
    boolean accepted = first.slot() > newest.slot() + 1;
    cluster.statistics().add("slots that were only accepted", accepted ? 1 : 0);
    if (!founder.state().equals(newest)) {
      cluster.statistics().count("founders behind a survivor");
    }
    seats.retainAll(newest.voters());
    if (newest.configuration().isQuorum(seats)) {
      throw broken("a majority of the voters of slot " + newest.slot() + " founds again");
    }
    if (first.voters().stream().anyMatch(voter -> first.hostOf(voter) == null)) {
      throw broken("somebody votes who is no member: " + first.voters());
    }
  }

  /** Returns of each partition the last epoch that a survivor knows of. */
  private long[] judgePartitions(
      List<SimulatedMember> survivors, ClusterState newest, ClusterState first) {
    long[] epochs = new long[newest.partitionCount()];
    boolean accepted = first.slot() > newest.slot() + 1;
    for (int number = 0; number < epochs.length; number++) {
      PartitionAssignment last = newest.partition(number);
      PartitionAssignment next = first.partition(number);
      epochs[number] = last.epoch();
      if (next.epoch() <= last.epoch()) {
        throw broken("partition " + number + " goes on in epoch " + next.epoch());
      }
      List<MemberId> kept =
          last.inSync().stream().filter(id -> first.members().containsKey(id)).toList();
      if (!accepted && !kept.equals(next.inSync())) {
        throw broken(
            "partition " + number + " is kept by " + next.inSync() + " instead of " + kept);
      }
      boolean lost = next.inSync().isEmpty();
      cluster.statistics().count(lost ? "partitions without a survivor" : "partitions kept");
    }
    cluster.statistics().add("survivors that founded", survivors.size());
    return epochs;
  }

  /** From now on every key has the value that is kept, or none. */
  private void tellHistory(ClusterState first, List<Effect> open) {
    int perGroup = first.partitionsPerGroup();
    for (CacheDefinition cache : first.caches().values()) {
      for (int key = 0; key < cluster.plan().keys(); key++) {
        String name = Caller.keyName(cache, key);
        byte[] bytes = Processors.bytes(name);
        int number = cache.group() * perGroup + KeyHash.partition(bytes, perGroup);
        PartitionAssignment partition = first.partition(number);
        StoredValue kept =
            partition.inSync().isEmpty()
                ? null
                : cluster
                    .replicaJudge()
                    .entries(first.clusterId(), number, partition.origin())
                    .get(new EntryKey(cache.id(), bytes));
        tell(name, kept == null ? null : kept.value(), true);
        for (Effect effect : open) {
          if (changes(effect, new EntryKey(cache.id(), bytes))) {
            tell(name, effect.value(), false);
          }
        }
      }
    }
  }

  private static boolean changes(Effect effect, EntryKey key) {
    return switch (effect.kind()) {
      case PUT, REMOVE, EXPIRE, EVICT -> effect.key().equals(key);
      case CLEAR -> effect.key().cache() == key.cache();
      case NONE, TOUCH -> false;
    };
  }

  private void tell(String key, byte[] value, boolean certain) {
    long now = cluster.events().now();
    Action action = value == null ? new Action.Clear() : new Action.Put(Processors.text(value));
    HistoryRecorder.Call call = cluster.history().begin("founded again", key, action, now);
    if (certain) {
      call.done(null, now);
    } else {
      call.unknown(now);
    }
  }

  private static RuleBroken broken(String what) {
    return new RuleBroken("founding again", what);
  }
}
