package io.henge.replication.node;

import io.henge.replication.partition.ClientSession;
import io.henge.replication.topology.MemberId;
import java.util.function.IntFunction;

/**
 * Primaries that never change.
 *
 * @param primaries who leads each partition
 */
record FixedRoutes(IntFunction<MemberId> primaries) implements ClientSession.Routes {

  @Override
  public MemberId primary(int partition) {
    return primaries.apply(partition);
  }

  @Override
  public String whyNoPrimary(int partition) {
    return "no primary";
  }
}
