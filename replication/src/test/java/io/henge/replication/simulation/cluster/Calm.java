package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells whether a cluster is as it should be when the trouble is long over (I25). */
final class Calm {

  private final SimulatedCluster cluster;

  Calm(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** What is not yet as it should be, operations under way included; null if nothing. */
  String unrest() {
    String unrest = unrestOfMembers();
    return unrest == null && cluster.busy() ? "operations are under way" : unrest;
  }

  /** What is not yet as it should be: everybody agrees, is active and in sync; null if nothing. */
  String unrestOfMembers() {
    ClusterState newest = cluster.newest();
    if (newest == null) {
      return "no cluster";
    }
    for (SimulatedMember member : cluster.living()) {
      if (member.state() == null) {
        return member + " is in no cluster";
      }
      if (!member.state().clusterId().equals(newest.clusterId())) {
        return member + " is in another cluster";
      }
      if (member.state().slot() != newest.slot()) {
        return member + " is behind slot " + newest.slot();
      }
      if (!member.holdsLease()) {
        return member + " holds no lease";
      }
      if (!newest.members().containsKey(member.id())) {
        return member + " is no member";
      }
      if (member.dataPlane().exceedsMemory()) {
        return member + " takes more memory than it may";
      }
    }
    for (Member member : newest.members().values()) {
      boolean well = member.state() == MemberState.ACTIVE || everybodyGoes(newest);
      if (!well || !cluster.living(member.id())) {
        return cluster.name(member.id()) + " is " + member.state();
      }
    }
    for (MemberId voter : newest.voters()) {
      if (newest.hostOf(voter) == null) {
        return "nobody has the seat of voter " + voter.abbreviated();
      }
    }
    for (int number = 0; number < newest.partitionCount(); number++) {
      if (!settled(newest, number)) {
        return "partition " + number + " is not settled: " + newest.partition(number);
      }
    }
    if (newest.caches().size() != cluster.plan().copies().size()) {
      return "caches are missing";
    }
    String excess = cluster.boundJudge().excess(newest);
    if (excess != null) {
      return excess;
    }
    if (cluster.plan().zones() > 1 && !everybodyGoes(newest)) {
      String crowded = crowdedZone(newest);
      if (crowded != null) {
        return crowded;
      }
    }
    for (SimulatedMember member : cluster.living()) {
      SimulatedListener listener = member.dataPlane().listener();
      if (listener != null && listener.unrest() != null) {
        return listener.unrest();
      }
    }
    return null;
  }

  /** The loss of a zone is to leave a majority of the voters wherever the members allow it. */
  private static String crowdedZone(ClusterState state) {
    Map<String, Integer> seats = new TreeMap<>();
    Set<String> spares = new TreeSet<>();
    for (Member member : state.members().values()) {
      boolean votes = state.votes(member.id());
      seats.merge(member.zone(), votes ? 1 : 0, Integer::sum);
      if (!votes && member.state() == MemberState.ACTIVE && member.voter().able()) {
        spares.add(member.zone());
      }
    }
    int most = seats.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return spares.stream()
        .filter(zone -> most - seats.get(zone) > 1)
        .findFirst()
        .map(zone -> "the seats of voters are " + seats + ", " + zone + " has members to spare")
        .orElse(null);
  }

  /**
   * Those of them that are needed stay for ever, so that there is a cluster to be judged: those
   * whose disk has failed cannot take over a voter's seat.
   */
  private boolean everybodyGoes(ClusterState state) {
    return state.members().values().stream()
        .filter(member -> member.voter().able())
        .allMatch(member -> cluster.departures().isGoing(cluster.member(member.id())));
  }

  /** Tells whether a partition has as many copies as it wants, all alike. */
  private boolean settled(ClusterState state, int number) {
    PartitionAssignment partition = state.partition(number);
    int copies = state.groups().get(number / state.partitionsPerGroup()).copies();
    int wanted = everybodyGoes(state) ? 1 : Math.min(copies, state.members().size());
    int there = partition.inSync().size();
    if (there < wanted || there > copies || !partition.learners().isEmpty()) {
      return false;
    }
    PartitionReplica primary = cluster.member(partition.primary()).dataPlane().replica(number);
    for (MemberId id : partition.inSync()) {
      PartitionReplica replica = cluster.member(id).dataPlane().replica(number);
      if (replica.commitIndex() != primary.lastIndex()) {
        return false;
      }
    }
    return true;
  }
}
