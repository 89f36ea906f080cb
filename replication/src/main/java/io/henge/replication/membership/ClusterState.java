package io.henge.replication.membership;

import io.henge.replication.consensus.Configuration;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cluster after a slot: what all members that applied it agree on. Immutable.
 *
 * @param clusterId random, drawn by the founder
 * @param clusterName the configured name
 * @param slot the last applied slot
 * @param chain hash over all entries up to the slot, each chained to the one before; equal on every
 *     member or the logs have diverged
 * @param timings what was fixed when the cluster was founded
 * @param partitionsPerGroup partitions of each group, fixed when the cluster was founded
 * @param members the members by id
 * @param voters the ids of the acceptors, sorted; see {@link VoterIdentity}. May name some whose
 *     members are gone, until they are replaced
 * @param groups the partition groups
 * @param caches the caches by their id
 * @param nextCacheId the id that the next cache gets
 * @param removed the incarnations removed last, oldest first, at most {@link #REMOVED_KEPT}: none
 *     of them is ever added again
 * @param foundedBy who was allowed to found this cluster; decides whether it may give way to
 *     another
 * @param foundedAt the founder's wall clock in milliseconds; only orders two clusters that meet
 * @param rebalancingPaused whether nothing is to move only to make the load even
 */
public record ClusterState(
    MemberId clusterId,
    String clusterName,
    long slot,
    long chain,
    ClusterTimings timings,
    int partitionsPerGroup,
    SortedMap<MemberId, Member> members,
    List<MemberId> voters,
    List<PartitionGroup> groups,
    SortedMap<Integer, CacheDefinition> caches,
    int nextCacheId,
    List<MemberId> removed,
    NodeBootstrap foundedBy,
    long foundedAt,
    boolean rebalancingPaused) {

  /** How many removed incarnations are remembered. */
  public static final int REMOVED_KEPT = 1024;

  public ClusterState {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    voters = voters.stream().sorted().toList();
    groups = List.copyOf(groups);
    caches = Collections.unmodifiableSortedMap(new TreeMap<>(caches));
    removed = List.copyOf(removed);
  }

  /**
   * The state of slot 0: the founders are active, and all of them vote or, of many, as many as a
   * large cluster needs; no groups and no caches yet.
   */
  public static ClusterState founded(
      MemberId clusterId,
      String clusterName,
      ClusterTimings timings,
      int partitionsPerGroup,
      Collection<Member> founders,
      NodeBootstrap foundedBy,
      long foundedAt) {
    SortedMap<MemberId, Member> members = new TreeMap<>();
    for (Member founder : founders) {
      members.put(founder.id(), founder.in(MemberState.ACTIVE));
    }
    return new ClusterState(
        clusterId,
        clusterName,
        0,
        0,
        timings,
        partitionsPerGroup,
        members,
        VoterZones.seat(List.copyOf(members.values())).stream()
            .map(member -> member.voter().id())
            .toList(),
        List.of(),
        new TreeMap<>(),
        1,
        List.of(),
        foundedBy,
        foundedAt,
        false);
  }

  /** The configuration of the log from the next slot on: every member that does not vote learns. */
  public Configuration configuration() {
    return new Configuration(
        voters,
        members.values().stream()
            .map(member -> member.voter().id())
            .filter(id -> !voters.contains(id))
            .toList());
  }

  /** The member that votes under this id, as far as the log knows; null if it is gone. */
  public Member hostOf(MemberId voter) {
    for (Member member : members.values()) {
      if (member.voter().id().equals(voter)) {
        return member;
      }
    }
    return null;
  }

  /**
   * Whether an incarnation may enter the cluster in this state: as a member, or because it holds
   * the directory of a voter, which may be needed before anybody can be made a member.
   */
  boolean admits(Member incarnation) {
    VoterIdentity voter = incarnation.voter();
    return members.containsKey(incarnation.id())
        || (voter.durable() && voters.contains(voter.id()));
  }

  /** Whether the member is one of the voters now. */
  public boolean votes(MemberId member) {
    Member known = members.get(member);
    return known != null && voters.contains(known.voter().id());
  }

  /** The voters that could lead in this member's stead: those of other members that are active. */
  public SortedSet<MemberId> successorsOf(MemberId leader) {
    SortedSet<MemberId> successors = new TreeSet<>();
    for (Member member : members.values()) {
      if (member.state() == MemberState.ACTIVE
          && votes(member.id())
          && !member.id().equals(leader)) {
        successors.add(member.voter().id());
      }
    }
    return successors;
  }

  /** Number of partitions in all groups. */
  public int partitionCount() {
    return groups.size() * partitionsPerGroup;
  }

  /** The assignment of a partition by its number over all groups. */
  public PartitionAssignment partition(int number) {
    return groups.get(number / partitionsPerGroup).partitions().get(number % partitionsPerGroup);
  }

  /** The group of a partition by its number over all groups. */
  public PartitionGroup groupOf(int number) {
    return groups.get(number / partitionsPerGroup);
  }

  /** What failovers of a partition may have cost, or null if none had to be noted. */
  public PossibleLoss lossOf(int number) {
    return groupOf(number).losses().get(number % partitionsPerGroup);
  }

  /** The cache of that name, or null. */
  public CacheDefinition cache(String name) {
    for (CacheDefinition cache : caches.values()) {
      if (cache.name().equals(name)) {
        return cache;
      }
    }
    return null;
  }
}
