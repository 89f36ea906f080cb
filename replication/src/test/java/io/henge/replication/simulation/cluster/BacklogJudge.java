package io.henge.replication.simulation.cluster;

import io.henge.replication.partition.Effect;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.partition.PeerBacklogs;
import io.henge.replication.simulation.Statistics;
import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.Map;

/** Watches what members owe to primaries (I19, bytes): who owes too much is given nothing more. */
final class BacklogJudge {

  private record Place(MemberId member, int partition) {}

  private record Stand(long epoch, long last) {}

  private final Statistics statistics;
  private final Map<Place, Stand> stands = new HashMap<>();

  BacklogJudge(Statistics statistics) {
    this.statistics = statistics;
  }

  /** A replica has made a step. */
  void inspect(SimulatedMember member, int number, PartitionReplica replica) {
    Place place = new Place(member.id(), number);
    if (replica.answeredIndex() < 0) { // no primary, or one that still gathers what others wrote
      stands.remove(place);
      return;
    }
    Stand now = new Stand(replica.assignment().epoch(), replica.lastIndex());
    Stand before = stands.put(place, now);
    if (before == null || before.epoch() != now.epoch() || before.last() == now.last()) {
      return;
    }
    long appended = 0;
    boolean asked = false;
    for (long index = before.last() + 1; index <= now.last(); index++) {
      Effect effect = replica.effect(index);
      if (effect == null) {
        return; // not retained, hence acknowledged
      }
      appended += effect.bytes();
      asked |= effect.operation() != null && !member.dataPlane().processing();
    }
    PeerBacklogs backlogs = member.dataPlane().backlogs();
    for (MemberId backup : replica.assignment().inSync()) {
      if (!backup.equals(member.id()) && backlogs.full(backup)) {
        statistics.count("writes after which a backup owes too much");
        // Without what this step added it owed no more than it did before the step.
        if (asked && backlogs.full(backup, appended)) {
          throw new RuleBroken(
              "I19",
              member
                  + " takes more for partition "
                  + number
                  + ", though a backup owes "
                  + backlogs.of(backup)
                  + " bytes");
        }
      }
    }
  }
}
