package io.henge.replication.insight;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.ring.PlacementPlanner;
import io.henge.replication.ring.RingMember;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Foretells what becomes of a cluster when members stop, by the rules that it really follows: the
 * next in-sync copy becomes primary (PROTOCOL 4.6), and the same planner says where copies are made
 * (4.10). Nothing is changed. One use each.
 */
public final class WhatIf {

  /** How members stop. */
  public enum How {
    /** All at once and without a word. */
    CRASH,
    /** In good order: copies are made elsewhere and primaries handed over before they go. */
    DRAIN
  }

  /** How much a partition holds, as far as somebody knows; 0 if nobody does. */
  public interface Sizes {

    /** Entries in one copy. */
    long entries(int partition);

    /** Bytes in one copy. */
    long bytes(int partition);
  }

  private final ClusterState state;
  private final Set<MemberId> stopped;
  private final How how;
  private final Sizes sizes;
  private final List<Integer> lost = new ArrayList<>();
  private final List<Integer> singleCopy = new ArrayList<>();
  private final List<Integer> reduced = new ArrayList<>();
  private final List<Outlook.Move> moves = new ArrayList<>();
  private final SortedMap<MemberId, Integer> primaries = new TreeMap<>();
  private long entries;
  private long bytes;

  private WhatIf(ClusterState state, Set<MemberId> stopped, How how, Sizes sizes) {
    this.state = state;
    this.stopped = stopped;
    this.how = how;
    this.sizes = sizes;
  }

  /**
   * Foretells.
   *
   * @param stopped who would stop; all of them members
   * @throws IllegalArgumentException if one is no member, or there is none
   */
  public static Outlook of(ClusterState state, Set<MemberId> stopped, How how, Sizes sizes) {
    if (stopped.isEmpty()) {
      throw new IllegalArgumentException("no members were named: say who would stop");
    }
    for (MemberId member : stopped) {
      if (!state.members().containsKey(member)) {
        throw new IllegalArgumentException(
            member + " is no member at slot " + state.slot() + ": look at the members again");
      }
    }
    return new WhatIf(state, stopped, how, sizes).foretell();
  }

  private Outlook foretell() {
    List<RingMember> left = holdersLeft();
    for (RingMember member : left) {
      primaries.put(member.id(), 0);
    }
    for (int group = 0; group < state.groups().size(); group++) {
      foretell(group, left);
    }
    int votersUp = votersUp();
    boolean majority = how == How.DRAIN ? !left.isEmpty() : 2 * votersUp > state.voters().size();
    return new Outlook(
        state.slot(),
        majority,
        votersUp,
        state.voters().size(),
        List.copyOf(lost),
        List.copyOf(singleCopy),
        List.copyOf(reduced),
        List.copyOf(moves),
        entries,
        bytes,
        primaries,
        refusal(majority, votersUp, left));
  }

  private void foretell(int group, List<RingMember> left) {
    PartitionGroup now = state.groups().get(group);
    List<List<MemberId>> replicas =
        now.partitions().stream().map(each -> without(each.replicas())).toList();
    List<List<MemberId>> goal =
        PlacementPlanner.plan(group, state.partitionsPerGroup(), now.copies(), left, replicas);
    for (int i = 0; i < state.partitionsPerGroup(); i++) {
      int number = group * state.partitionsPerGroup() + i;
      PartitionAssignment partition = now.partitions().get(i);
      if (how == How.CRASH) {
        crash(number, partition, goal.get(i));
      } else {
        drain(number, partition, goal.get(i));
      }
    }
  }

  private void crash(int number, PartitionAssignment partition, List<MemberId> goal) {
    List<MemberId> inSync = without(partition.inSync());
    if (inSync.size() < partition.inSync().size()) {
      if (inSync.isEmpty()) {
        lost.add(number);
        return; // it begins again empty, if at all: nothing is there to be copied
      }
      reduced.add(number);
      if (inSync.size() == 1) {
        singleCopy.add(number);
      }
    }
    if (inSync.isEmpty()) {
      return; // lost before
    }
    lead(number, partition.primary(), inSync.get(0));
    copy(number, inSync.get(0), partition, goal);
  }

  private void drain(int number, PartitionAssignment partition, List<MemberId> goal) {
    if (partition.inSync().isEmpty()) {
      return;
    }
    if (goal.isEmpty()) {
      lost.add(number);
      return;
    }
    boolean leaves = partition.inSync().size() > without(partition.inSync()).size();
    if (leaves && goal.size() < partition.inSync().size()) {
      reduced.add(number);
      if (goal.size() == 1) {
        singleCopy.add(number);
      }
    }
    boolean stays = !stopped.contains(partition.primary());
    lead(number, partition.primary(), stays ? partition.primary() : goal.get(0));
    if (leaves || partition.learners().stream().anyMatch(stopped::contains)) {
      copy(number, partition.primary(), partition, goal);
    }
  }

  private void lead(int number, MemberId before, MemberId after) {
    primaries.merge(after, 1, Integer::sum);
    if (!after.equals(before)) {
      moves.add(new Outlook.Move(Outlook.Kind.PRIMARY, number, before, after));
    }
  }

  private void copy(
      int number, MemberId source, PartitionAssignment partition, List<MemberId> goal) {
    for (MemberId member : goal) {
      if (!partition.holds(member)) {
        moves.add(new Outlook.Move(Outlook.Kind.COPY, number, source, member));
        entries += sizes.entries(number);
        bytes += sizes.bytes(number);
      }
    }
  }

  private List<MemberId> without(List<MemberId> members) {
    return members.stream().filter(member -> !stopped.contains(member)).toList();
  }

  /** Who may hold copies when the stopped are gone; a suspended member keeps its data. */
  private List<RingMember> holdersLeft() {
    List<RingMember> left = new ArrayList<>();
    for (Member member : state.members().values()) {
      boolean usable =
          member.state() == MemberState.ACTIVE || member.state() == MemberState.SUSPENDED;
      if (usable && member.role() == MemberRole.DATA && !stopped.contains(member.id())) {
        left.add(new RingMember(member.id(), member.zone(), member.weight()));
      }
    }
    return left;
  }

  private int votersUp() {
    int up = 0;
    for (MemberId voter : state.voters()) {
      Member host = state.hostOf(voter);
      boolean answers = host != null && host.state() != MemberState.SUSPENDED;
      up += answers && !stopped.contains(host.id()) ? 1 : 0;
    }
    return up;
  }

  private String refusal(boolean majority, int votersUp, List<RingMember> left) {
    if (how == How.DRAIN && left.isEmpty()) {
      return "nobody would be left to hold the copies: start another member first";
    }
    if (!majority) {
      return "only "
          + votersUp
          + " of "
          + state.voters().size()
          + " voters would be left: nothing could be decided, and the whole cluster would refuse all"
          + " operations until a majority of them is back";
    }
    return lost.isEmpty()
        ? null
        : lost.size()
            + (lost.size() == 1 ? " partition" : " partitions")
            + " would lose the last in-sync copy";
  }
}
