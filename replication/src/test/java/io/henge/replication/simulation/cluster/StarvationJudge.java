package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.ConsensusMessage;
import io.henge.replication.membership.ClusterState;

/**
 * Judges clusters whose members are starved and have no other trouble (I25): they still decide,
 * which is seen by the caches that they create; and where everybody stands still most of the time
 * and messages are quick, nobody is taken for dead, so leaders stay.
 */
final class StarvationJudge {

  private static final long MOST_ROUNDS = 5;

  private final SimulatedCluster cluster;
  private boolean everybodyStandsStill;
  private boolean decided;
  private long rounds;

  StarvationJudge(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** Members will stand still most of the time. */
  void everybodyStandsStill() {
    everybodyStandsStill = true;
  }

  /** A replica sends a message. */
  void sent(ConsensusMessage message) {
    if (message instanceof ConsensusMessage.Prepare prepare) {
      rounds = Math.max(rounds, prepare.ballot().round());
    }
  }

  /** A member applied a slot. */
  void applied(ClusterState after) {
    decided |= after.caches().size() == cluster.plan().copies().size();
  }

  /** The trouble is over. */
  void ended() {
    if (!cluster.plan().has(Fault.STARVED)) {
      return;
    }
    if (!decided) {
      throw new RuleBroken(
          "I25",
          "starved members created no cache in " + cluster.events().now() / 1_000_000 + " ms");
    }
    cluster.statistics().count("starved seeds");
    cluster.statistics().add("ballots of starved members", rounds);
    if (everybodyStandsStill && cluster.plan().network().longDelayRate() == 0) {
      cluster.statistics().count("starved seeds without a reason to change leaders");
      if (rounds > MOST_ROUNDS) {
        throw new RuleBroken(
            "I25", "members that stood still took others for dead: " + rounds + " ballots");
      }
    }
  }
}
