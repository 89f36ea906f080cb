package io.henge.replication.ring;

import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What a placement comes to.
 *
 * @param replicas how many each member holds
 * @param primaries how many each member leads
 * @param zoneCollisions how many replicas are in a zone that another one of the same partition is
 *     in
 */
record PlacementFigures(
    Map<MemberId, Integer> replicas, Map<MemberId, Integer> primaries, int zoneCollisions) {

  static PlacementFigures of(List<RingMember> members, List<List<MemberId>> plan) {
    Map<MemberId, Integer> replicas = new HashMap<>();
    Map<MemberId, Integer> primaries = new HashMap<>();
    Map<MemberId, String> zoneOf = new HashMap<>();
    for (RingMember member : members) {
      replicas.put(member.id(), 0);
      primaries.put(member.id(), 0);
      zoneOf.put(member.id(), member.zone());
    }
    int collisions = 0;
    for (List<MemberId> holders : plan) {
      primaries.merge(holders.get(0), 1, Integer::sum);
      HashSet<String> zones = new HashSet<>();
      for (MemberId holder : holders) {
        replicas.merge(holder, 1, Integer::sum);
        collisions += zones.add(zoneOf.get(holder)) ? 0 : 1;
      }
    }
    return new PlacementFigures(replicas, primaries, collisions);
  }

  /** The part of the replicas of {@code after} that are not in {@code before}, from 0 to 1. */
  static double moved(List<List<MemberId>> before, List<List<MemberId>> after) {
    int moved = 0;
    int all = 0;
    for (int partition = 0; partition < after.size(); partition++) {
      for (MemberId member : after.get(partition)) {
        moved += before.get(partition).contains(member) ? 0 : 1;
        all++;
      }
    }
    return (double) moved / all;
  }

  int mostReplicas() {
    return replicas.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  int leastReplicas() {
    return replicas.values().stream().mapToInt(Integer::intValue).min().orElse(0);
  }

  int mostPrimaries() {
    return primaries.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  int leastPrimaries() {
    return primaries.values().stream().mapToInt(Integer::intValue).min().orElse(0);
  }
}
