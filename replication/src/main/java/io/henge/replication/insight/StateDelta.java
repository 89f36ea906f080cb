package io.henge.replication.insight;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one slot changed. What stayed the same is shared with the slot before, and partitions that
 * got equal assignments share one: a slot mostly does the same to many of them. Immutable.
 */
final class StateDelta {

  /** About what an object with a few fields takes, in bytes. */
  private static final int OBJECT = 48;

  /** About what an assignment takes, with its lists. */
  private static final int ASSIGNMENT = 128;

  /** About what a member takes, with its names. */
  private static final int MEMBER = 300;

  /** About what the definition of a cache takes, or a group without partitions. */
  private static final int DEFINITION = 300;

  private static final int REFERENCE = 4;

  private final long chain;
  private final List<Member> members;
  private final List<MemberId> gone;
  private final List<MemberId> voters;
  private final List<CacheDefinition> caches;
  private final List<CacheDefinition> destroyed;
  private final int nextCacheId;

  /** How many of the incarnations removed first are forgotten, and which ones were removed. */
  private final int forgotten;

  private final List<MemberId> removed;
  private final boolean rebalancingPaused;

  /** The groups without their partitions. */
  private final List<PartitionGroup> shells;

  /** Partitions by their numbers over all groups, and what each is assigned to now. */
  private final int[] partitions;

  private final PartitionAssignment[] assignments;
  private final int bytes;

  private StateDelta(ClusterState before, ClusterState after, List<PartitionGroup> shells) {
    int own = 3 * OBJECT;
    chain = after.chain();
    members =
        after.members().values().stream()
            .filter(member -> !member.equals(before.members().get(member.id())))
            .toList();
    gone =
        before.members().keySet().stream().filter(id -> !after.members().containsKey(id)).toList();
    own += MEMBER * members.size() + OBJECT * gone.size();
    voters = shared(before.voters(), after.voters());
    caches =
        after.caches().values().stream()
            .filter(cache -> !cache.equals(before.caches().get(cache.id())))
            .toList();
    destroyed =
        before.caches().values().stream()
            .filter(cache -> !after.caches().containsKey(cache.id()))
            .toList();
    nextCacheId = after.nextCacheId();
    own += DEFINITION * caches.size() + OBJECT * destroyed.size();
    int kept = keptOf(before.removed(), after.removed());
    forgotten = before.removed().size() - kept;
    removed = List.copyOf(after.removed().subList(kept, after.removed().size()));
    own += OBJECT * removed.size();
    rebalancingPaused = after.rebalancingPaused();
    List<PartitionGroup> now = after.groups().stream().map(StateDelta::shell).toList();
    this.shells = shared(shells, now);
    own += this.shells == now ? DEFINITION * now.size() : 0;
    List<Integer> changed = changed(before, after);
    partitions = changed.stream().mapToInt(Integer::intValue).toArray();
    assignments = new PartitionAssignment[partitions.length];
    Map<PartitionAssignment, PartitionAssignment> equal = new HashMap<>();
    for (int i = 0; i < partitions.length; i++) {
      PartitionAssignment assignment = after.partition(partitions[i]);
      PartitionAssignment first = equal.putIfAbsent(assignment, assignment);
      assignments[i] = first == null ? assignment : first;
    }
    bytes = own + ASSIGNMENT * equal.size() + 2 * REFERENCE * partitions.length;
  }

  /**
   * What leads from one state to the next one.
   *
   * @param shells the groups of {@code before} without their partitions, to be shared
   */
  static StateDelta between(ClusterState before, ClusterState after, List<PartitionGroup> shells) {
    return new StateDelta(before, after, shells);
  }

  /** About how many bytes it takes, beside what it shares with the slot before. */
  int bytes() {
    return bytes;
  }

  /** About how many bytes a whole state takes whose parts the slots before have, too. */
  static int bytesOfWhole(ClusterState state) {
    return 4 * OBJECT
        + OBJECT * state.members().size()
        + REFERENCE * (state.partitionCount() + state.removed().size());
  }

  List<PartitionGroup> shells() {
    return shells;
  }

  /** The groups of a state without their partitions. */
  static List<PartitionGroup> shells(ClusterState state) {
    return state.groups().stream().map(StateDelta::shell).toList();
  }

  private static PartitionGroup shell(PartitionGroup group) {
    return new PartitionGroup(group.copies(), group.mode(), List.of(), group.losses());
  }

  private static <T> T shared(T before, T after) {
    return before.equals(after) ? before : after;
  }

  /**
   * How many of the newest in {@code before} are the oldest in {@code after}: the removed are a
   * queue, to which a slot adds some, while the first may fall out.
   */
  private static int keptOf(List<MemberId> before, List<MemberId> after) {
    if (before.isEmpty()) {
      return 0;
    }
    int kept = after.lastIndexOf(before.get(before.size() - 1)) + 1;
    boolean queued =
        kept <= before.size()
            && before.subList(before.size() - kept, before.size()).equals(after.subList(0, kept));
    return queued ? kept : 0;
  }

  private static List<Integer> changed(ClusterState before, ClusterState after) {
    List<Integer> changed = new ArrayList<>();
    for (int number = 0; number < after.partitionCount(); number++) {
      if (number >= before.partitionCount()
          || !Objects.equals(
              before.partition(number), after.partition(number))) { // mostly the same object
        changed.add(number);
      }
    }
    return changed;
  }

  /** Makes the change. */
  void applyTo(StateRebuilder state) {
    members.forEach(member -> state.members.put(member.id(), member));
    gone.forEach(id -> state.members.remove(id));
    caches.forEach(cache -> state.caches.put(cache.id(), cache));
    destroyed.forEach(cache -> state.caches.remove(cache.id()));
    state.removed.subList(0, forgotten).clear();
    state.removed.addAll(removed);
    state.groups(shells.size());
    for (int i = 0; i < partitions.length; i++) {
      state.assign(partitions[i], assignments[i]);
    }
  }

  /** The state after the change, whose growing parts are in {@code state}. */
  ClusterState finish(ClusterState first, long slot, StateRebuilder state) {
    List<PartitionGroup> groups = new ArrayList<>(shells.size());
    for (int group = 0; group < shells.size(); group++) {
      PartitionGroup shell = shells.get(group);
      groups.add(
          new PartitionGroup(
              shell.copies(), shell.mode(), state.partitions.get(group), shell.losses()));
    }
    return new ClusterState(
        first.clusterId(),
        first.clusterName(),
        slot,
        chain,
        first.timings(),
        first.partitionsPerGroup(),
        state.members,
        voters,
        groups,
        state.caches,
        nextCacheId,
        state.removed,
        first.foundedBy(),
        first.foundedAt(),
        rebalancingPaused);
  }
}
