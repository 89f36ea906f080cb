package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.Effect;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches how entries leave by themselves (PROTOCOL 4.7). What expires or is evicted becomes a
 * removal in the history, at the time of its effect: an entry that is missing without one, or comes
 * back after one, breaks linearizability. Deadlines are compared with true time.
 */
final class DeadlineJudge {

  /** Rates of 5 % either way, and what a follower's time falls back by between two frames. */
  private static final double RATES = 1.2;

  /** No clock is faster. */
  private static final double FASTEST = 1.06;

  /** A primary notes accesses that move a deadline on by up to an eighth of the lifetime. */
  private static final double NOTED = 0.125;

  private static final long MILLISECOND = 1_000_000;

  private record Life(MemberId clusterId, int partition, long origin) {}

  private record Place(Life life, long index, Effect.Kind kind, EntryKey key) {}

  private record Told(EntryKey key, String value) {}

  /** When, in the partition's time, and by whom. */
  private record Appended(Effect effect, long time, SimulatedMember by) {
    boolean isOf(Effect other) {
      return effect.kind() == other.kind()
          && effect.key().equals(other.key())
          && Objects.equals(effect.operation(), other.operation());
    }
  }

  private record Limit(Time time, long until) {}

  /** What is known of a partition's time. */
  private static final class Time {
    /** What it would be had its first primary gone on, or a faster one. */
    private long ideal;

    /** Whether anything is known: a primary has appended something. */
    private boolean known;

    /** What it can be at most, were it kept by the fastest clock all the while. */
    private long fastest;

    private long seenAt;

    /** How far behind that a primary ever began. */
    private long lost;

    /** Of the primary that is known to have come last. */
    private long epoch;

    /** The effects of the primaries' logs, less those that a later primary does not have. */
    private final SortedMap<Long, Appended> appended = new TreeMap<>();

    /** What a primary did not have when it began; survivors may tell it of them. */
    private final Map<Long, Appended> missed = new HashMap<>();

    /** Another primary, or the same in a later epoch, goes on with its own log. */
    private void lead(PartitionReplica replica) {
      epoch = replica.assignment().epoch();
      SortedMap<Long, Appended> above = appended.tailMap(replica.lastIndex() + 1);
      missed.putAll(above);
      above.clear();
    }

    /** Whether another one leads since, and the replica has not heard of it: it counts not. */
    private boolean isDeposed(PartitionReplica replica) {
      return replica.assignment().epoch() < epoch;
    }

    private void append(SimulatedMember member, PartitionReplica replica, Effect effect) {
      long index = effect.index();
      Appended mine = new Appended(effect, replica.partitionTime(), member);
      if (isDeposed(replica)) {
        missed.putIfAbsent(index, mine); // it may tell the one that leads of it (seed 98257)
        return;
      }
      Appended before = missed.get(index);
      // Told of by a survivor, or evaluated once more (seed 40390): followers follow this primary.
      boolean older = before != null && before.isOf(effect) && before.time() < mine.time();
      appended.putIfAbsent(index, older ? before : mine);
    }
  }

  private final SimulatedCluster cluster;
  private final Map<Life, Time> times = new HashMap<>();
  private final Map<Place, Long> firstSeen = new HashMap<>();
  private final Map<Told, Limit> latest = new HashMap<>();

  DeadlineJudge(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** What is left of a cluster is founded again: the copies go on with what they have. */
  void foundedAgain(MemberId former, ClusterState first) {
    for (int number = 0; number < first.partitionCount(); number++) {
      long origin = first.partition(number).origin();
      Time before = times.get(new Life(former, number, origin));
      if (before != null) {
        Time goesOn = new Time();
        goesOn.appended.putAll(before.appended);
        goesOn.missed.putAll(before.missed);
        times.put(new Life(first.clusterId(), number, origin), goesOn);
      }
    }
  }

  /** An effect is in a replica's log, uncommitted. */
  void seen(SimulatedMember member, int number, PartitionReplica replica, Effect effect) {
    Life life = life(member, number, replica);
    long now = cluster.events().now();
    Place place = new Place(life, effect.index(), effect.kind(), effect.key());
    boolean first = firstSeen.putIfAbsent(place, now) == null;
    if (member.id().equals(replica.assignment().primary())) {
      if (first && effect.kind() == Effect.Kind.EXPIRE) {
        expires(member, replica, effect);
      }
      Time time = note(life, replica);
      time.append(member, replica, effect);
    }
  }

  /** A primary has committed an effect. */
  void committed(SimulatedMember member, int number, PartitionReplica replica, Effect effect) {
    Life life = life(member, number, replica);
    long now = cluster.events().now();
    Time time = note(life, replica);
    switch (effect.kind()) {
      case EXPIRE, EVICT -> removed(member, life, effect, now);
      case PUT, TOUCH -> {
        byte[] value =
            effect.kind() == Effect.Kind.PUT
                ? effect.value()
                : replica.store().committed(effect.key()).value();
        mayLiveUntil(effect, value, replica.partitionTime(), time);
      }
      case NONE, REMOVE, CLEAR -> {}
    }
  }

  /** A primary answers an effect that is not committed yet, after which the key has a value. */
  void answered(
      SimulatedMember member, int number, PartitionReplica replica, Effect effect, byte[] value) {
    if (effect.kind() == Effect.Kind.PUT || effect.kind() == Effect.Kind.TOUCH) {
      Time time = note(life(member, number, replica), replica);
      mayLiveUntil(effect, value, replica.partitionTime(), time);
    }
  }

  private void removed(SimulatedMember member, Life life, Effect effect, long now) {
    cluster.statistics().count("effects " + effect.kind());
    long since =
        firstSeen.getOrDefault(new Place(life, effect.index(), effect.kind(), effect.key()), now);
    cluster
        .foundings()
        .historyAt(member)
        .begin(member.toString(), Processors.text(effect.key().bytes()), new Action.Clear(), since)
        .done(null, now);
  }

  /** Nothing expires before its deadline, but by an operation that says so. */
  private void expires(SimulatedMember member, PartitionReplica replica, Effect effect) {
    if (effect.operation() != null || cluster.plan().memory().accessEnds()) {
      return;
    }
    long deadline = replica.store().committed(effect.key()).deadline();
    for (long index = replica.commitIndex() + 1; index < effect.index(); index++) {
      Effect before = replica.effect(index);
      if (before.key().equals(effect.key()) && before.kind() != Effect.Kind.NONE) {
        deadline = before.deadline();
      }
    }
    if (deadline > replica.partitionTime()) {
      throw new RuleBroken(
          "expiry", member + " lets " + effect.key() + " expire before its deadline");
    }
  }

  private void mayLiveUntil(Effect effect, byte[] value, long partitionTime, Time time) {
    if (value == null) {
      return; // a touch of what was cleared meanwhile
    }
    Told told = new Told(effect.key(), Processors.text(value));
    if (effect.deadline() == StoredValue.NEVER) {
      latest.put(told, new Limit(time, Long.MAX_VALUE / 2));
      return;
    }
    long left = Math.max(0, effect.deadline() - partitionTime);
    long longest = 10 * cluster.plan().lease();
    long until = cluster.events().now() + (long) (left * RATES + longest * NOTED) + MILLISECOND;
    Limit limit = new Limit(time, until);
    latest.merge(told, limit, (one, other) -> one.until() > other.until() ? one : other);
  }

  /** A caller was told a value. */
  void read(EntryKey key, byte[] value, long invokedAt) {
    Limit limit = value == null ? null : latest.get(new Told(key, Processors.text(value)));
    if (limit != null && invokedAt > limit.until() + limit.time().lost) {
      throw new RuleBroken(
          "expiry",
          Processors.text(value)
              + " of "
              + Processors.text(key.bytes())
              + " was read "
              + (invokedAt - limit.until()) / MILLISECOND
              + " ms after it must have expired");
    }
  }

  /** A replica has become primary: it goes on with the partition's time. */
  void tookOver(SimulatedMember member, int number, PartitionReplica replica) {
    Life life = life(member, number, replica);
    Time time = times.computeIfAbsent(life, absent -> new Time());
    if (time.isDeposed(replica)) {
      return;
    }
    if (!time.known) {
      time.lead(replica);
      return;
    }
    long mine = replica.partitionTime();
    Appended held = time.appended.get(replica.lastIndex());
    // Who led before may have been set back since by the first word of another primary.
    if (held != null && held.by() != member && mine < held.time()) {
      throw new RuleBroken(
          "partition time",
          member
              + " begins partition "
              + number
              + " at "
              + mine
              + ", before its last effect was appended at "
              + held.time());
    }
    long sinceThen = cluster.events().now() - time.seenAt;
    double atMost = time.fastest + sinceThen * FASTEST + MILLISECOND;
    if (mine > atMost) {
      throw new RuleBroken(
          "partition time",
          member
              + " begins partition "
              + number
              + " at "
              + mine
              + ", though no clock could be beyond "
              + (long) atMost);
    }
    time.lost = Math.max(time.lost, time.ideal + sinceThen - mine);
    time.lead(replica);
    note(life, replica);
  }

  private Time note(Life life, PartitionReplica replica) {
    Time time = times.computeIfAbsent(life, absent -> new Time());
    if (time.isDeposed(replica)) {
      return time;
    }
    time.known = true;
    long now = cluster.events().now();
    long goneOn = time.ideal == 0 ? 0 : time.ideal + now - time.seenAt;
    time.ideal = Math.max(goneOn, replica.partitionTime());
    long byFastest = time.fastest + (long) ((now - time.seenAt) * FASTEST);
    // Before the first look the primary's clock may have been the slowest of all.
    long atFirst = (long) (replica.partitionTime() * FASTEST * FASTEST);
    time.fastest = time.fastest == 0 ? atFirst : Math.max(byFastest, replica.partitionTime());
    time.seenAt = now;
    return time;
  }

  private static Life life(SimulatedMember member, int number, PartitionReplica replica) {
    return new Life(member.state().clusterId(), number, replica.assignment().origin());
  }
}
