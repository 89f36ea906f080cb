package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.Change;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a listening member was told of a partition, against what was committed there. */
final class ChangeAccount {

  private record Told(Change change, boolean previous) {}

  private record Range(long after, long upTo) {}

  private final int partition;
  private final SimulatedCluster cluster;
  private final SimulatedMember member;
  private final List<Told> told = new ArrayList<>();
  private final List<Range> missed = new ArrayList<>();

  /** Per cache that is listened to, the index after which every change must come; null so far. */
  private final Map<Integer, Long> from = new HashMap<>();

  private long newest = -1;

  /** The cluster whose changes these are, the last one that the member was in. */
  private MemberId clusterId;

  ChangeAccount(int partition, SimulatedCluster cluster, SimulatedMember member) {
    this.partition = partition;
    this.cluster = cluster;
    this.member = member;
  }

  int partition() {
    return partition;
  }

  void begins(int cache) {
    clusterId = member.state().clusterId();
    from.put(cache, null);
  }

  void ends(int cache) {
    from.remove(cache);
    told.removeIf(each -> each.change().key().cache() == cache);
  }

  boolean over() {
    return from.isEmpty();
  }

  /** From now on nothing may be left out. */
  void confirmed(int cache) {
    if (from.containsKey(cache)) {
      from.put(cache, cluster.replicaJudge().committed(clusterId, partition));
    }
  }

  void take(Change change, boolean previous) {
    if (change.index() <= newest) {
      throw new RuleBroken(
          "changes", where() + " is told " + change.index() + " again, after " + newest);
    }
    newest = change.index();
    told.add(new Told(change, previous));
  }

  void covered(long upTo) {
    newest = Math.max(newest, upTo);
  }

  void missed(long after, long upTo) {
    missed.add(new Range(after, upTo));
  }

  /** Whether a change is still to come. */
  boolean behind(long position) {
    return from.keySet().stream()
        .anyMatch(
            cache -> cluster.replicaJudge().lastChange(clusterId, partition, cache) > position);
  }

  /** The cluster is another one now: what was told so far was true, if not complete. */
  void judgeBreak() {
    SortedMap<Long, Change> truth = cluster.replicaJudge().changes(clusterId, partition);
    told.forEach(each -> compare(each, truth.get(each.change().index())));
  }

  void judge() {
    SortedMap<Long, Change> truth = cluster.replicaJudge().changes(clusterId, partition);
    SortedMap<Long, Told> heard = new TreeMap<>();
    for (Told each : told) {
      heard.put(each.change().index(), each);
      compare(each, truth.get(each.change().index()));
    }
    for (Change change : truth.values()) {
      Long begin = from.get(change.key().cache());
      boolean due = begin != null && change.index() > begin;
      if (due && !heard.containsKey(change.index()) && !toldAsMissed(change.index())) {
        throw new RuleBroken("changes", where() + " was never told of " + change);
      }
    }
    cluster.statistics().add("changes judged", told.size());
  }

  private void compare(Told told, Change truth) {
    Change heard = told.change();
    boolean same =
        truth != null
            && heard.kind() == truth.kind()
            && heard.key().equals(truth.key())
            && Arrays.equals(heard.value(), truth.value())
            && Arrays.equals(heard.previous(), told.previous() ? truth.previous() : null);
    if (!same) {
      throw new RuleBroken("changes", where() + " was told " + heard + " instead of " + truth);
    }
  }

  private boolean toldAsMissed(long index) {
    return missed.stream().anyMatch(range -> index > range.after() && index <= range.upTo());
  }

  private String where() {
    return member + " in partition " + partition;
  }
}
