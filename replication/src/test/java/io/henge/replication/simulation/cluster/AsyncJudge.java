package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.PossibleLoss;
import io.henge.replication.partition.Effect;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.ring.KeyHash;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches what primaries of asynchronous partitions answer (I22, I27): with a lease only, one
 * primary at a time, never further ahead of a replica than the mode allows; and at each takeover
 * that nothing is lost which a survivor holds, and no more than was noted before.
 *
 * <p>What a takeover loses is told to the history as a write of what is left, so that callers'
 * reads and writes are linearizable but for these cuts. A lost operation may take effect once more,
 * when its caller or the network repeats it.
 */
final class AsyncJudge {

  private record Place(MemberId member, int partition) {}

  private record Life(MemberId clusterId, int partition, long origin) {}

  private record Answered(Effect effect, long at, long epoch) {}

  /** What was answered in one partition and is not committed yet. */
  private static final class Answers {
    private final NavigableMap<Long, Answered> open = new TreeMap<>();
    private SimulatedMember owner;
    private long epoch;
    private long noted;
  }

  /** A primary's time of answering. */
  private static final class Tenure {
    private final Life life;
    private long upTo;

    private Tenure(Life life, long upTo) {
      this.life = life;
      this.upTo = upTo;
    }
  }

  private final SimulatedCluster cluster;
  private final Statistics statistics;
  private final Map<Life, Answers> answers = new HashMap<>();
  private final Map<Place, Tenure> tenures = new HashMap<>();
  private final Map<Place, Map<Long, Effect>> tails = new HashMap<>();

  AsyncJudge(SimulatedCluster cluster, Statistics statistics) {
    this.cluster = cluster;
    this.statistics = statistics;
  }

  /**
   * What is left of a cluster is founded again: what was answered, and not committed, in epochs
   * that no survivor knows of is lost; of the rest no more than otherwise.
   *
   * @param epochs of each partition the last epoch that a survivor knows
   * @return what may be lost or not
   */
  List<Effect> foundedAgain(MemberId former, ClusterState first, long[] epochs) {
    List<Effect> open = new ArrayList<>();
    for (int number = 0; number < epochs.length; number++) {
      long origin = first.partition(number).origin();
      Answers told = answers.get(new Life(former, number, origin));
      if (told == null) {
        continue;
      }
      Answers goingOn = new Answers();
      goingOn.owner = told.owner;
      PossibleLoss loss = first.lossOf(number);
      goingOn.noted = loss == null ? 0 : loss.total();
      for (Answered each : told.open.values()) {
        if (each.epoch() <= epochs[number]) {
          goingOn.open.put(each.effect().index(), each);
          open.add(each.effect());
        }
      }
      answers.put(new Life(first.clusterId(), number, origin), goingOn);
    }
    return open;
  }

  /** A replica has made a step. */
  void inspect(SimulatedMember member, int number, PartitionReplica replica) {
    if (!(replica.mode() instanceof ReplicationMode.Async mode)) {
      return;
    }
    Place place = new Place(member.id(), number);
    long upTo = replica.answeredIndex();
    if (upTo < 0) {
      tenures.remove(place);
      tails.remove(place);
      return;
    }
    Life life = new Life(member.state().clusterId(), number, replica.assignment().origin());
    Answers told =
        answers.computeIfAbsent(
            life,
            absent -> {
              Answers fresh = new Answers();
              fresh.noted = noted(member, number);
              return fresh;
            });
    Tenure tenure = tenures.get(place);
    if (tenure == null || !tenure.life.equals(life)) {
      // One that wakes in an epoch of the past may have been about to answer; it must not do so.
      if (replica.assignment().epoch() >= told.epoch) {
        takenOver(member, number, replica, told, mode);
      }
      boolean goesOn = tenure != null && tenure.life.origin() == life.origin();
      tenure = new Tenure(life, goesOn ? tenure.upTo : replica.commitIndex());
      tenures.put(place, tenure);
      if (!goesOn) {
        tails.put(place, new HashMap<>());
      }
    }
    told.epoch = Math.max(told.epoch, replica.assignment().epoch());
    Map<Long, Effect> tail = tails.get(place);
    for (long index = tenure.upTo + 1; index <= replica.lastIndex(); index++) {
      Effect effect = replica.effect(index);
      if (effect != null) {
        tail.put(index, effect);
      }
    }
    if (upTo > tenure.upTo) {
      answered(member, number, replica, told, mode, upTo);
      for (long index = tenure.upTo + 1; index <= upTo; index++) {
        Effect effect = tail.remove(index);
        if (effect == null) {
          throw new RuleBroken("I22", where(member, number) + " answered and lost " + index);
        }
        told.open.putIfAbsent(
            index, new Answered(effect, cluster.events().now(), replica.assignment().epoch()));
        byte[] value = valueAt(replica, effect.key(), index);
        cluster.deadlineJudge().answered(member, number, replica, effect, value);
      }
      statistics.add("asynchronous answers", upTo - tenure.upTo);
      tenure.upTo = upTo;
    }
    told.open.headMap(replica.commitIndex(), true).clear();
  }

  /** A primary has answered more. */
  private void answered(
      SimulatedMember member,
      int number,
      PartitionReplica replica,
      Answers told,
      ReplicationMode.Async mode,
      long upTo) {
    if (!member.holdsLease()) {
      throw new RuleBroken("I27", where(member, number) + " answered without a lease");
    }
    if (!member.equals(told.owner)) {
      throw new RuleBroken(
          "I27", where(member, number) + " answers though " + told.owner + " took over");
    }
    for (MemberId id : replica.assignment().inSync()) {
      SimulatedMember other = cluster.member(id);
      PartitionReplica copy = other.dataPlane().replica(number);
      boolean comparable =
          copy != null
              && copy.assignment().origin() == replica.assignment().origin()
              && copy.assignment().epoch() <= replica.assignment().epoch();
      if (comparable && upTo - copy.lastIndex() > mode.maxLagOperations()) {
        throw new RuleBroken(
            "I22",
            where(member, number)
                + " answered "
                + upTo
                + " when "
                + other
                + " held "
                + copy.lastIndex()
                + ", the bound is "
                + mode.maxLagOperations());
      }
    }
  }

  /** A primary begins to answer. */
  private void takenOver(
      SimulatedMember member,
      int number,
      PartitionReplica replica,
      Answers told,
      ReplicationMode.Async mode) {
    List<Answered> lost = new ArrayList<>();
    for (Answered each : told.open.tailMap(replica.commitIndex(), false).values()) {
      if (!holds(replica, each.effect())) {
        lost.add(each);
      }
    }
    long notedNow = noted(member, number);
    long published = notedNow - told.noted;
    told.noted = notedNow;
    if (told.owner != null) {
      statistics.count("asynchronous takeovers");
      statistics.add("operations noted as possibly lost", published);
      statistics.add("answered operations lost", lost.size());
    }
    told.owner = member;
    if (lost.size() > published || lost.size() > mode.maxLagOperations()) {
      throw new RuleBroken(
          "I22",
          where(member, number)
              + " took over without "
              + lost
              + ", noted were "
              + published
              + ", the bound is "
              + mode.maxLagOperations());
    }
    for (MemberId id : replica.assignment().inSync()) {
      PartitionReplica copy = cluster.member(id).dataPlane().replica(number);
      for (Answered each : lost) {
        if (copy != null
            && copy.assignment().epoch() == replica.assignment().epoch()
            && holds(copy, each.effect())) {
          throw new RuleBroken(
              "I22",
              where(member, number) + " lost " + each + ", which " + cluster.name(id) + " holds");
        }
      }
    }
    if (!lost.isEmpty()) {
      tell(member, number, replica, lost);
      lost.forEach(each -> told.open.remove(each.effect().index()));
    }
  }

  private static boolean holds(PartitionReplica replica, Effect effect) {
    Effect own = replica.effect(effect.index());
    return own != null && PartitionHistory.same(own, effect);
  }

  private static long noted(SimulatedMember member, int number) {
    PossibleLoss loss = member.state().lossOf(number);
    return loss == null ? 0 : loss.total();
  }

  /** Writes the cut into the history. */
  private void tell(
      SimulatedMember member, int number, PartitionReplica replica, List<Answered> lost) {
    Set<String> cut = new TreeSet<>();
    long now = cluster.events().now();
    HistoryRecorder history = cluster.foundings().historyAt(member);
    ClusterState state = member.state();
    for (Answered each : lost) {
      Effect effect = each.effect();
      CacheDefinition cache = state.caches().get(effect.key().cache());
      boolean changes = effect.kind() != Effect.Kind.NONE && effect.kind() != Effect.Kind.TOUCH;
      if (!changes || cache == null) {
        continue;
      }
      for (String key : keysOf(effect, cache, number, state.partitionsPerGroup())) {
        cut.add(key);
        Action again =
            effect.kind() == Effect.Kind.PUT
                ? new Action.Put(Processors.text(effect.value()))
                : new Action.Clear();
        history.begin("lost", key, again, each.at()).unknown(now);
      }
    }
    for (String key : cut) {
      String cacheName = key.substring(0, key.indexOf('/'));
      EntryKey entry = new EntryKey(state.cache(cacheName).id(), Processors.bytes(key));
      byte[] left = valueAt(replica, entry, replica.lastIndex());
      cluster.note("!", () -> "cut " + key + " back to " + Processors.text(left));
      history
          .begin(
              "cut",
              key,
              left == null ? new Action.Clear() : new Action.Put(Processors.text(left)),
              now)
          .done(null, now);
    }
  }

  private List<String> keysOf(Effect effect, CacheDefinition cache, int number, int perGroup) {
    if (effect.kind() != Effect.Kind.CLEAR) {
      return List.of(Processors.text(effect.key().bytes()));
    }
    List<String> keys = new ArrayList<>();
    for (int key = 0; key < cluster.plan().keys(); key++) {
      String name = Caller.keyName(cache, key);
      if (KeyHash.partition(Processors.bytes(name), perGroup) == number % perGroup) {
        keys.add(name);
      }
    }
    return keys;
  }

  /** What a primary holds of a key when everything up to an index is applied. */
  private static byte[] valueAt(PartitionReplica replica, EntryKey key, long upTo) {
    byte[] value = replica.store().committed(key).value();
    for (long index = replica.commitIndex() + 1; index <= upTo; index++) {
      Effect effect = replica.effect(index);
      boolean same = effect.key().equals(key);
      switch (effect.kind()) {
        case PUT -> value = same ? effect.value() : value;
        case REMOVE, EXPIRE, EVICT -> value = same ? null : value;
        case CLEAR -> value = effect.key().cache() == key.cache() ? null : value;
        case NONE, TOUCH -> {}
      }
    }
    return value;
  }

  private static String where(SimulatedMember member, int number) {
    return member + " in asynchronous partition " + number;
  }
}
