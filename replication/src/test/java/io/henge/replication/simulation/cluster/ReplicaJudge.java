package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.Change;
import io.henge.replication.partition.Effect;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Watches every replica after each of its steps, knowing all the others (PROTOCOL 7.2). */
final class ReplicaJudge {

  private record Place(MemberId member, int partition) {}

  private record Life(MemberId clusterId, int partition, long origin) {}

  /** What was seen last of one replica. */
  private static final class Seen {
    private long origin = -1;
    private MemberId clusterId;
    private long commit;
    private final Map<Long, Effect> tail = new HashMap<>();
    private boolean inSync;
    private boolean primary;
  }

  private final SimulatedCluster cluster;
  private final LargeFrameJudge large;
  private final Statistics statistics;
  private final Map<Place, Seen> seen = new HashMap<>();
  private final Map<Life, PartitionHistory> histories = new HashMap<>();

  /** Of each cluster that was founded again, of which. */
  private final Map<MemberId, MemberId> formers = new HashMap<>();

  ReplicaJudge(SimulatedCluster cluster, Statistics statistics) {
    large = new LargeFrameJudge(cluster);
    this.cluster = cluster;
    this.statistics = statistics;
  }

  LargeFrameJudge large() {
    return large;
  }

  /** A replica sends a message. */
  void sent(SimulatedMember from, MemberId to, PartitionMessage message) {
    if (message instanceof PartitionMessage.Append append) {
      large.appends(from.id(), to, append);
      PartitionAssignment assignment = from.dataPlane().replica(append.partition()).assignment();
      PartitionHistory history =
          history(from, append.partition(), assignment.origin(), append.base());
      MemberId appender = history.appender(append.epoch(), from.id());
      if (!appender.equals(from.id())) {
        throw new RuleBroken(
            "I5",
            "in epoch "
                + append.epoch()
                + " of partition "
                + append.partition()
                + " both "
                + cluster.name(appender)
                + " and "
                + from
                + " append");
      }
    } else if (message instanceof PartitionMessage.SnapshotChunk) {
      statistics.count("chunks sent");
    } else if (message instanceof PartitionMessage.Request request && request.attempt() > 1) {
      statistics.count("requests repeated");
    } else if (message instanceof PartitionMessage.Answer answer) {
      answered(from, answer);
    }
  }

  private void answered(SimulatedMember from, PartitionMessage.Answer answer) {
    statistics.count("answers " + answer.status());
    if (answer.attempt() == 0) {
      long origin = from.dataPlane().replica(answer.partition()).assignment().origin();
      PartitionHistory history = histories.get(life(from, answer.partition(), origin));
      if (history != null && history.indexOf(answer.id()) != null) {
        statistics.count("answers from the table of results");
        namesItsEffect(from, answer, history.indexOf(answer.id()));
      }
    }
  }

  /** A caller may wait until its own listeners were told of the effect: it has to be that one. */
  private static void namesItsEffect(
      SimulatedMember from, PartitionMessage.Answer answer, long index) {
    if (answer.version() != 0 && answer.version() != index) {
      throw new RuleBroken(
          "changes",
          from
              + " names "
              + answer.version()
              + " as the effect of "
              + answer.id()
              + " at "
              + index);
    }
  }

  /** A replica has made a step. */
  void inspect(SimulatedMember member, int number, PartitionReplica replica) {
    PartitionAssignment assignment = replica.assignment();
    Seen last = seen.computeIfAbsent(new Place(member.id(), number), absent -> new Seen());
    if (!assignment.holds(member.id())) {
      last.origin = -1;
      last.inSync = false;
      last.primary = false;
      return;
    }
    PartitionHistory history = history(member, number, assignment.origin(), replica.commitIndex());
    if (last.origin != assignment.origin()) {
      last.origin = assignment.origin();
      last.commit = history.start();
      last.inSync = false;
      last.primary = false;
    }
    if (!member.state().clusterId().equals(last.clusterId)) {
      last.clusterId = member.state().clusterId();
      last.inSync = false;
      last.primary = false;
      goesOn(member, number, replica, history);
    }
    // A learner may begin again; who counts may not.
    if (replica.commitIndex() < last.commit && last.inSync) {
      throw new RuleBroken("I8", where(member, number) + " went back from " + last.commit);
    }
    boolean primary = member.id().equals(assignment.primary());
    for (long index = replica.commitIndex() + 1; index <= replica.lastIndex(); index++) {
      last.tail.put(index, replica.effect(index));
      cluster.deadlineJudge().seen(member, number, replica, replica.effect(index));
    }
    for (long index = last.commit + 1; index <= replica.commitIndex(); index++) {
      committed(member, number, replica, history, index, primary);
      last.tail.remove(index);
    }
    last.commit = replica.commitIndex();
    if (replica.serves() && !last.inSync) {
      servesNow(member, number, replica, history);
    }
    if (replica.serves() != assignment.inSync().contains(member.id())) {
      throw new RuleBroken("I17", where(member, number) + " serves out of sync, or not in sync");
    }
    last.inSync = replica.serves();
    if (primary && !last.primary && assignment.epoch() != assignment.origin()) {
      cluster.deadlineJudge().tookOver(member, number, replica);
      statistics.count("takeovers");
      if (replica.lastIndex() > replica.commitIndex()) {
        statistics.count("takeovers with inherited effects");
      }
    }
    last.primary = primary;
    // What waited behind reservations that end when the limit is reached may still be appended.
    int limit =
        cluster.plan().partition().maxUncommitted() + cluster.plan().partition().maxQueued() + 8;
    if (replica.lastIndex() - replica.commitIndex() > limit && replica.complete()) {
      throw new RuleBroken("I19", where(member, number) + " holds too many uncommitted effects");
    }
  }

  private void committed(
      SimulatedMember member,
      int number,
      PartitionReplica replica,
      PartitionHistory history,
      long index,
      boolean primary) {
    // It may be gone from the log at once where little is retained.
    Effect retained = replica.effect(index);
    Effect effect =
        retained != null || !primary
            ? retained
            : seen.get(new Place(member.id(), number)).tail.get(index);
    if (index <= history.committed()) {
      if (effect != null && !PartitionHistory.same(effect, history.effect(index))) {
        throw new RuleBroken(
            "I8",
            where(member, number)
                + " committed "
                + effect
                + ", another one had committed "
                + history.effect(index));
      }
      return;
    }
    if (!primary) {
      throw new RuleBroken("I7", where(member, number) + " committed " + index + " on its own");
    }
    if (effect == null) {
      throw new RuleBroken("I8", where(member, number) + " committed " + index + " and lost it");
    }
    statistics.count("effects committed");
    if (!member.holdsLease()) {
      throw new RuleBroken("I27", where(member, number) + " committed without a lease");
    }
    PartitionAssignment assignment = replica.assignment();
    history.commit(effect, assignment.epoch());
    cluster.deadlineJudge().committed(member, number, replica, effect);
    for (SimulatedMember other : cluster.running()) {
      if (!other.id().equals(member.id())) {
        compare(member, assignment, other, number, effect);
      }
    }
  }

  /** What a commit demands of another member (I7, I11). */
  private void compare(
      SimulatedMember primary,
      PartitionAssignment assignment,
      SimulatedMember other,
      int number,
      Effect effect) {
    PartitionReplica replica = other.dataPlane().replica(number);
    boolean sameCluster =
        replica == null || other.state().clusterId().equals(primary.state().clusterId());
    if (!sameCluster) {
      return; // what one of them acknowledged before it was in the other may be lost
    }
    boolean counts = assignment.inSync().contains(other.id());
    boolean holds =
        replica != null
            && replica.assignment().origin() == assignment.origin()
            && holds(replica, effect);
    // Who left the in-sync set since acknowledged, and has cut its log as a learner does.
    boolean left =
        replica != null && replica.assignment().epoch() > assignment.epoch() && !replica.serves();
    if (counts && !left && !holds) {
      throw new RuleBroken(
          "I7",
          where(primary, number)
              + " committed "
              + effect.index()
              + " in epoch "
              + assignment.epoch()
              + ", which "
              + other
              + " does not hold");
    }
    boolean mayAnswer = replica != null && replica.serves() && other.holdsLease();
    boolean outdated = mayAnswer && replica.assignment().epoch() < assignment.epoch();
    if (mayAnswer && ((outdated && !counts) || !holds)) {
      throw new RuleBroken(
          "I11",
          where(primary, number)
              + " committed "
              + effect.index()
              + " in epoch "
              + assignment.epoch()
              + " while "
              + other
              + " holds a lease in epoch "
              + replica.assignment().epoch());
    }
  }

  private static boolean holds(PartitionReplica replica, Effect effect) {
    if (effect.index() <= replica.commitIndex()) {
      return true; // compared when it was committed
    }
    Effect own = replica.effect(effect.index());
    return own != null && PartitionHistory.same(own, effect);
  }

  /** A replica has become in sync: it must have everything (I6, I18). */
  private void servesNow(
      SimulatedMember member, int number, PartitionReplica replica, PartitionHistory history) {
    if (!replica.complete()) {
      throw new RuleBroken("I18", where(member, number) + " is in sync and incomplete");
    }
    if (replica.assignment().epoch() != replica.assignment().origin()) {
      statistics.count("replicas become in sync");
    }
    for (long index = replica.commitIndex() + 1; index <= history.committed(); index++) {
      Effect own = replica.effect(index);
      // A member that is behind knows nothing of later epochs, and has no lease for them.
      boolean concerns = history.epochOf(index) <= replica.assignment().epoch();
      if (concerns && (own == null || !PartitionHistory.same(own, history.effect(index)))) {
        throw new RuleBroken(
            "I6", where(member, number) + " is in sync and lacks the committed " + index);
      }
    }
    compareEntries(member, number, replica, history);
  }

  private void compareEntries(
      SimulatedMember member, int number, PartitionReplica replica, PartitionHistory history) {
    Map<EntryKey, StoredValue> expected = history.entriesAt(replica.commitIndex());
    int count = 0;
    Iterator<Map.Entry<EntryKey, StoredValue>> entries = replica.store().entries();
    while (entries.hasNext()) {
      Map.Entry<EntryKey, StoredValue> entry = entries.next();
      count++;
      if (!same(expected.get(entry.getKey()), entry.getValue())) {
        throw new RuleBroken(
            "I18",
            where(member, number)
                + " has another value of "
                + entry.getKey()
                + ": "
                + entry.getValue()
                + " instead of "
                + expected.get(entry.getKey()));
      }
    }
    if (count != expected.size()) {
      throw new RuleBroken(
          "I18",
          where(member, number) + " has " + count + " entries instead of " + expected.size());
    }
  }

  private static boolean same(StoredValue one, StoredValue other) {
    return one != null
        && Arrays.equals(one.value(), other.value())
        && one.version() == other.version()
        && one.deadline() == other.deadline();
  }

  /** All is quiet: a replica in sync holds exactly what was committed. */
  void compareAtTheEnd(SimulatedMember member, int number) {
    PartitionReplica replica = member.dataPlane().replica(number);
    PartitionHistory history =
        history(member, number, replica.assignment().origin(), replica.commitIndex());
    if (replica.commitIndex() != history.committed()) {
      throw new RuleBroken(
          "I8",
          where(member, number)
              + " ends at "
              + replica.commitIndex()
              + " instead of "
              + history.committed());
    }
    compareEntries(member, number, replica, history);
  }

  /** The newest index that anybody has committed in a partition of a cluster. */
  long committed(MemberId clusterId, int number) {
    return histories.entrySet().stream()
        .filter(each -> isOf(each.getKey(), clusterId, number))
        .mapToLong(each -> each.getValue().committed())
        .max()
        .orElse(0);
  }

  /** Index of the newest change of a cache in a partition that members who listen are told of. */
  long lastChange(MemberId clusterId, int number, int cache) {
    return histories.entrySet().stream()
        .filter(each -> isOf(each.getKey(), clusterId, number))
        .mapToLong(each -> each.getValue().lastChange(cache))
        .max()
        .orElse(-1);
  }

  /** All changes of a partition by index, in all its lives. */
  SortedMap<Long, Change> changes(MemberId clusterId, int number) {
    SortedMap<Long, Change> all = new TreeMap<>();
    histories.forEach(
        (life, history) -> {
          if (isOf(life, clusterId, number)) {
            all.putAll(history.changes());
          }
        });
    return all;
  }

  /**
   * What is left of a cluster is founded again: each partition of which a copy is kept goes on with
   * what was committed in epochs that a survivor knows of, all of it and no more.
   *
   * @param epochs of each partition the last epoch that a survivor knows
   * @return what was committed in later ones: a survivor may have got it as uncommitted, and keep
   *     it
   */
  List<Effect> foundedAgain(MemberId former, ClusterState first, long[] epochs) {
    List<Effect> later = new ArrayList<>();
    formers.put(first.clusterId(), former);
    for (int number = 0; number < epochs.length; number++) {
      PartitionAssignment assignment = first.partition(number);
      PartitionHistory before = histories.get(new Life(former, number, assignment.origin()));
      if (before != null && !assignment.inSync().isEmpty()) {
        PartitionHistory kept = before.upToEpoch(epochs[number]);
        statistics.add("committed effects kept", kept.committed() - kept.start());
        for (long index = kept.committed() + 1; index <= before.committed(); index++) {
          later.add(before.effect(index));
        }
        histories.put(new Life(first.clusterId(), number, assignment.origin()), kept);
      }
    }
    statistics.add("committed effects that no survivor knows as such", later.size());
    return later;
  }

  /** A copy is in a cluster that was founded again. Its last acknowledgement may have committed. */
  private void goesOn(
      SimulatedMember member, int number, PartitionReplica replica, PartitionHistory history) {
    MemberId former = formers.get(member.state().clusterId());
    PartitionHistory before =
        former == null
            ? null
            : histories.get(new Life(former, number, replica.assignment().origin()));
    if (before != null && replica.serves()) {
      history.goOn(before, replica.commitIndex());
    }
  }

  /** The entries of a partition that go on. */
  Map<EntryKey, StoredValue> entries(MemberId clusterId, int number, long origin) {
    PartitionHistory history = histories.get(new Life(clusterId, number, origin));
    return history == null ? Map.of() : history.entriesAt(history.committed());
  }

  private PartitionHistory history(SimulatedMember member, int number, long origin, long commit) {
    return histories.computeIfAbsent(
        life(member, number, origin), absent -> new PartitionHistory(commit));
  }

  private static Life life(SimulatedMember member, int number, long origin) {
    return new Life(member.state().clusterId(), number, origin);
  }

  private static boolean isOf(Life life, MemberId clusterId, int number) {
    return life.partition() == number && life.clusterId().equals(clusterId);
  }

  private String where(SimulatedMember member, int number) {
    return member + " in partition " + number;
  }
}
