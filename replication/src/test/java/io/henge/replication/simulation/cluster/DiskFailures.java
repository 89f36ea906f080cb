package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Disks that fail for good while their hosts go on. A voter that cannot remember must not vote: its
 * member begins again without a vote and a spare gets the seat (PROTOCOL 4.4).
 */
final class DiskFailures {

  /** With more of them a small cluster would have nobody left to vote. */
  private static final int MOST = 2;

  private final SimulatedCluster cluster;
  private final List<SimulatedMember> struck = new ArrayList<>();

  DiskFailures(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** Lets a member's disk fail, if the others can do without its vote and its copies. */
  void strike(SimulatedMember victim) {
    boolean unnoticed = struck.stream().anyMatch(SimulatedMember::present);
    if (struck.size() < MOST
        && !unnoticed
        && !victim.directory().broken()
        && cluster.founded()
        && cluster.canDoWithout(victim)) {
      cluster.note("!", () -> "the disk of " + victim + " fails");
      cluster.statistics().count("disks that failed");
      victim.directory().fail();
      struck.add(victim);
    }
  }

  /** Nobody was told anything by a voter that it could not remember (I2). */
  void judge() {
    for (SimulatedMember member : struck) {
      Memory safe = member.directory().safe();
      if (safe != null) {
        cluster.memoryJudge().remembers(safe);
      }
    }
  }
}
