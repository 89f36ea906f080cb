package io.henge.replication.insight;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * The states after the last slots that this member applied, {@value #SLOTS} of them or as many as
 * changed {@value #CHANGES} assignments of partitions: a whole state now and then, and between them
 * only what each slot changed. Not thread-safe.
 */
public final class StateHistory {

  /** How many slots are kept at least, once there were as many and if they changed little. */
  public static final int SLOTS = 4096;

  /** How many changed assignments are kept at most, but for those of the newest slots. */
  public static final int CHANGES = 32_768;

  private static final int SLOTS_PER_STRETCH = 256;
  private static final int STRETCHES = SLOTS / SLOTS_PER_STRETCH + 1;
  private static final int CHANGES_PER_STRETCH = CHANGES / 8;

  /** Consecutive slots, the first one whole. */
  private record Stretch(ClusterState first, List<Delta> later) {

    long last() {
      return first.slot() + later.size();
    }

    int changes() {
      return later.stream().mapToInt(delta -> delta.changes().size()).sum();
    }
  }

  /** What a slot changed; parts that stayed the same are shared with the slot before. */
  private record Delta(
      long chain,
      SortedMap<MemberId, Member> members,
      List<MemberId> voters,
      SortedMap<Integer, CacheDefinition> caches,
      int nextCacheId,
      List<MemberId> removed,
      boolean rebalancingPaused,
      List<PartitionGroup> shells,
      List<Change> changes) {}

  private record Change(int group, int partition, PartitionAssignment assignment) {}

  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private ClusterState newest;

  /** Keeps a state. One of another cluster, or of an earlier slot, makes the history begin anew. */
  public void add(ClusterState state) {
    boolean follows =
        newest != null
            && newest.clusterId().equals(state.clusterId())
            && newest.slot() < state.slot();
    if (!follows) {
      stretches.clear();
    }
    Stretch present = stretches.peekLast();
    boolean goesOn =
        present != null
            && state.slot() == present.last() + 1
            && present.later().size() + 1 < SLOTS_PER_STRETCH
            && present.changes() < CHANGES_PER_STRETCH;
    if (goesOn) {
      present.later().add(delta(newest, state));
    } else {
      stretches.addLast(new Stretch(state, new ArrayList<>()));
      while (stretches.size() > STRETCHES || (stretches.size() > 1 && changes() > CHANGES)) {
        stretches.removeFirst();
      }
    }
    newest = state;
  }

  private int changes() {
    return stretches.stream().mapToInt(Stretch::changes).sum();
  }

  /** The oldest slot that is kept, -1 if none is. */
  public long oldestSlot() {
    return stretches.isEmpty() ? -1 : stretches.getFirst().first().slot();
  }

  /**
   * The state after a slot.
   *
   * @return null if that slot is not kept: it is too old, has not been applied yet, or this member
   *     was given a whole state instead
   */
  public ClusterState at(long slot) {
    for (Iterator<Stretch> i = stretches.descendingIterator(); i.hasNext(); ) {
      Stretch stretch = i.next();
      if (slot > stretch.last()) {
        return null;
      }
      if (slot >= stretch.first().slot()) {
        return rebuild(stretch, slot);
      }
    }
    return null;
  }

  private static Delta delta(ClusterState before, ClusterState after) {
    List<Change> changes = new ArrayList<>();
    for (int group = 0; group < after.groups().size(); group++) {
      List<PartitionAssignment> old =
          group < before.groups().size() ? before.groups().get(group).partitions() : List.of();
      List<PartitionAssignment> now = after.groups().get(group).partitions();
      for (int i = 0; i < now.size(); i++) {
        if (i >= old.size() || !Objects.equals(now.get(i), old.get(i))) { // mostly the same object
          changes.add(new Change(group, i, now.get(i)));
        }
      }
    }
    return new Delta(
        after.chain(),
        shared(before.members(), after.members()),
        shared(before.voters(), after.voters()),
        shared(before.caches(), after.caches()),
        after.nextCacheId(),
        shared(before.removed(), after.removed()),
        after.rebalancingPaused(),
        after.groups().stream().map(StateHistory::shell).toList(),
        changes);
  }

  /** A group without its partitions. */
  private static PartitionGroup shell(PartitionGroup group) {
    return new PartitionGroup(group.copies(), group.mode(), List.of(), group.losses());
  }

  private static <T> T shared(T before, T after) {
    return before.equals(after) ? before : after;
  }

  private static ClusterState rebuild(Stretch stretch, long slot) {
    ClusterState first = stretch.first();
    int count = (int) (slot - first.slot());
    if (count == 0) {
      return first;
    }
    List<List<PartitionAssignment>> partitions = new ArrayList<>();
    for (PartitionGroup group : first.groups()) {
      partitions.add(new ArrayList<>(group.partitions()));
    }
    for (Delta delta : stretch.later().subList(0, count)) {
      delta.changes().forEach(change -> change(partitions, change));
    }
    Delta last = stretch.later().get(count - 1);
    List<PartitionGroup> groups = new ArrayList<>();
    for (int group = 0; group < last.shells().size(); group++) {
      PartitionGroup shell = last.shells().get(group);
      groups.add(
          new PartitionGroup(shell.copies(), shell.mode(), partitions.get(group), shell.losses()));
    }
    return new ClusterState(
        first.clusterId(),
        first.clusterName(),
        slot,
        last.chain(),
        first.timings(),
        first.partitionsPerGroup(),
        last.members(),
        last.voters(),
        groups,
        last.caches(),
        last.nextCacheId(),
        last.removed(),
        first.foundedBy(),
        first.foundedAt(),
        last.rebalancingPaused());
  }

  private static void change(List<List<PartitionAssignment>> partitions, Change change) {
    if (change.group() == partitions.size()) {
      partitions.add(new ArrayList<>()); // a new group; all its partitions follow in order
    }
    List<PartitionAssignment> group = partitions.get(change.group());
    if (change.partition() == group.size()) {
      group.add(change.assignment());
    } else {
      group.set(change.partition(), change.assignment());
    }
  }
}
