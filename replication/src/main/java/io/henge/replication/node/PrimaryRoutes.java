package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.partition.ClientSession;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells callers whom to ask, from the last applied state. Nobody is asked while this member has no
 * lease: what was never sent can be refused as not done, on the minority side above all.
 */
final class PrimaryRoutes implements ClientSession.Routes {

  private final Supplier<ClusterState> states;
  private final BooleanSupplier leaseValid;
  private final Predicate<MemberId> exchangingLarge;

  PrimaryRoutes(
      Supplier<ClusterState> states,
      BooleanSupplier leaseValid,
      Predicate<MemberId> exchangingLarge) {
    this.states = states;
    this.leaseValid = leaseValid;
    this.exchangingLarge = exchangingLarge;
  }

  @Override
  public MemberId primary(int partition) {
    ClusterState state = states.get();
    return state == null || !leaseValid.getAsBoolean() || partition >= state.partitionCount()
        ? null
        : state.partition(partition).primary();
  }

  @Override
  public List<MemberId> copies(int partition) {
    ClusterState state = states.get();
    return state == null || !leaseValid.getAsBoolean() || partition >= state.partitionCount()
        ? List.of()
        : state.partition(partition).inSync();
  }

  @Override
  public boolean exchangingLarge(MemberId member) {
    return exchangingLarge.test(member);
  }

  @Override
  public String whyNoPrimary(int partition) {
    ClusterState state = states.get();
    if (state == null) {
      return "this member is not in a cluster yet";
    }
    if (!leaseValid.getAsBoolean()) {
      return "this member reaches no majority of the "
          + state.voters().size()
          + " voters (slot "
          + state.slot()
          + "): check the network and the other members";
    }
    PartitionAssignment assignment = state.partition(partition);
    return assignment.primary() == null
        ? "partition " + partition + " has no in-sync replica"
        : "the primary of partition "
            + partition
            + ", "
            + nameOf(state, assignment.primary())
            + ", did not answer in time";
  }

  private static String nameOf(ClusterState state, MemberId member) {
    Member known = state.members().get(member);
    return known == null ? member.abbreviated() : known.name();
  }
}
