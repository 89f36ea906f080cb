package io.henge.replication.ring;

import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The slow twin of {@link ReplicaPlacer}: the least number of replicas that must be copied to bring
 * a placement within its bounds, by a flow of minimal cost (successive shortest paths). A replica
 * flows from its partition through a zone to a member; where it is not now, it costs one.
 */
final class CheapestPlacement {

  /** Outweighs all copies: what a lower bound demands is done first. */
  private static final long DEMANDED = -1_000_000;

  private final List<int[]> ends = new ArrayList<>();
  private final List<long[]> roomAndCost = new ArrayList<>();
  private final List<List<Integer>> edgesOf = new ArrayList<>();

  private CheapestPlacement(int nodes) {
    for (int node = 0; node < nodes; node++) {
      edgesOf.add(new ArrayList<>());
    }
  }

  /** Returns how many replicas have to be copied at least; fails if the bounds cannot be kept. */
  static long copies(PlacementCase sample, List<List<MemberId>> current) {
    List<RingMember> members =
        sample.members().stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    int copies = Math.min(sample.copies(), members.size());
    LoadBounds bounds = LoadBounds.of(sample.partitions(), copies, members);
    int zones = bounds.zoneLow().length;
    int partitions = sample.partitions();
    int firstZone = 2 + partitions;
    int firstMember = firstZone + partitions * zones;
    CheapestPlacement flow = new CheapestPlacement(firstMember + members.size());
    long demanded = 0;
    for (int partition = 0; partition < partitions; partition++) {
      flow.edge(0, 2 + partition, copies, 0);
      for (int zone = 0; zone < zones; zone++) {
        int node = firstZone + partition * zones + zone;
        flow.edge(2 + partition, node, bounds.zoneLow()[zone], DEMANDED);
        flow.edge(2 + partition, node, bounds.zoneHigh()[zone] - bounds.zoneLow()[zone], 0);
        demanded += bounds.zoneLow()[zone];
      }
      for (int member = 0; member < members.size(); member++) {
        boolean held = current.get(partition).contains(members.get(member).id());
        flow.edge(
            firstZone + partition * zones + bounds.zoneOf()[member],
            firstMember + member,
            1,
            held ? 0 : 1);
      }
    }
    for (int member = 0; member < members.size(); member++) {
      flow.edge(firstMember + member, 1, bounds.low()[member], DEMANDED);
      flow.edge(firstMember + member, 1, bounds.high()[member] - bounds.low()[member], 0);
      demanded += bounds.low()[member];
    }
    long cost = flow.cheapest((long) partitions * copies) - demanded * DEMANDED;
    if (cost < 0 || cost > (long) partitions * copies) {
      throw new AssertionError("The bounds of " + sample + " cannot be kept.");
    }
    return cost;
  }

  private void edge(int from, int to, long room, long cost) {
    edgesOf.get(from).add(ends.size());
    ends.add(new int[] {from, to});
    roomAndCost.add(new long[] {room, cost});
    edgesOf.get(to).add(ends.size());
    ends.add(new int[] {to, from});
    roomAndCost.add(new long[] {0, -cost});
  }

  private long cheapest(long wanted) {
    long cost = 0;
    for (long flowed = 0; flowed < wanted; flowed++) {
      int[] arrivedBy = new int[edgesOf.size()];
      cost += shortest(arrivedBy);
      for (int node = 1; node != 0; node = ends.get(arrivedBy[node])[0]) {
        roomAndCost.get(arrivedBy[node])[0]--;
        roomAndCost.get(arrivedBy[node] ^ 1)[0]++;
      }
    }
    return cost;
  }

  private long shortest(int[] arrivedBy) {
    long[] distance = new long[edgesOf.size()];
    Arrays.fill(distance, Long.MAX_VALUE);
    distance[0] = 0;
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
    while (!queue.isEmpty()) {
      int node = queue.remove();
      for (int edge : edgesOf.get(node)) {
        int to = ends.get(edge)[1];
        long reached = distance[node] + roomAndCost.get(edge)[1];
        if (roomAndCost.get(edge)[0] > 0 && reached < distance[to]) {
          distance[to] = reached;
          arrivedBy[to] = edge;
          queue.add(to);
        }
      }
    }
    if (distance[1] == Long.MAX_VALUE) {
      throw new AssertionError("Not all replicas can be placed.");
    }
    return distance[1];
  }
}
