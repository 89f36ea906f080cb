package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The leader's clean-up behind barriers: forgets revocations whose leases are over, and starts lost
 * partitions again, empty, when nobody can still serve what they held (PROTOCOL 4.2, I27).
 */
final class RevocationJudge {

  private final ClusterLog log;
  private final PlacementGoals goals;
  private final ProposalBook proposals;
  private final Outbox outbox;

  RevocationJudge(ClusterLog log, PlacementGoals goals, ProposalBook proposals, Outbox outbox) {
    this.log = log;
    this.goals = goals;
    this.proposals = proposals;
    this.outbox = outbox;
  }

  /** Forgets revocations whose leases are over. */
  void clear(long now) {
    SortedMap<MemberId, SortedSet<Long>> marks = new TreeMap<>();
    for (PartitionGroup group : log.state().groups()) {
      for (PartitionAssignment partition : group.partitions()) {
        for (Map.Entry<MemberId, Long> mark : partition.revoked().entrySet()) {
          marks.computeIfAbsent(mark.getKey(), id -> new TreeSet<>()).add(mark.getValue());
        }
      }
    }
    for (Map.Entry<MemberId, SortedSet<Long>> each : marks.entrySet()) {
      long upTo = -1;
      for (long slot : each.getValue()) {
        if (!log.revocations.over(each.getKey(), slot, now)) {
          break;
        }
        upTo = slot;
      }
      if (upTo >= 0) {
        proposals.propose(new Command.ClearRevoked(each.getKey(), upTo), now);
      }
    }
  }

  /** Starts lost partitions again. */
  void restart(long now) {
    ClusterState state = log.state();
    int count = 0;
    int last = 0;
    for (int number = 0; number < state.partitionCount(); number++) {
      PartitionAssignment partition = state.partition(number);
      if (!partition.inSync().isEmpty() || !log.revocations.over(partition.revoked(), now)) {
        continue;
      }
      int group = number / state.partitionsPerGroup();
      Command reset =
          new Command.ResetPartition(
              number,
              partition.epoch(),
              goals.of(state, group).get(number % state.partitionsPerGroup()));
      if (proposals.propose(reset, now)) {
        count++;
        last = number;
      }
    }
    if (count > 0) {
      outbox.event(
          ControlEvent.Kind.PROPOSED,
          null,
          count
              + " partitions, among them "
              + last
              + ", lost their last in-sync replica: they start again EMPTY");
    }
  }
}
