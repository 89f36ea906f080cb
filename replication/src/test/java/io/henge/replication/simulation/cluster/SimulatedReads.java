package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.partition.ReadAttempts;
import io.henge.replication.routing.MemberLoads;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.routing.ReadRouter;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import java.util.List;

/** A member's reads under a policy that the seed draws, wired as the real node wires them. */
final class SimulatedReads {

  private static final int PARTITIONS = 8;

  private final ReadRouter router;

  SimulatedReads(MemberId self, SeededRandom random) {
    ReadPolicy policy = random.pick(List.of(ReadPolicy.values()));
    router = new ReadRouter(self, policy, PARTITIONS, new MemberLoads(), random::nextDouble);
  }

  void applied(ClusterState state) {
    for (PartitionGroup group : state.groups()) {
      router.weigh(group.partitions(), member -> 1 + (member.low() & 3));
    }
    router.loads().retain(state.members().keySet());
  }

  /** The copy that a read asks, null while none may be asked. */
  MemberId choose(int partition, List<MemberId> copies, long now) {
    return copies.isEmpty() ? null : router.choose(partition, copies, List.of(), now);
  }

  ReadAttempts attempts(MemberId first) {
    return new ReadAttempts(router, first);
  }
}
