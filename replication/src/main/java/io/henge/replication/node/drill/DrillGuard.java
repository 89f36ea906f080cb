package io.henge.replication.node.drill;

import io.henge.replication.insight.WhatIf;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.PartitionGroup;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Says whether a member may suffer a drill now: no entry and no majority may go with it. */
public final class DrillGuard {

  /** The longest cut, whatever anybody asks for. */
  private static final long MOST_CUT_MILLIS = 60_000;

  private static final WhatIf.Sizes UNKNOWN =
      new WhatIf.Sizes() {
        @Override
        public long entries(int partition) {
          return 0;
        }

        @Override
        public long bytes(int partition) {
          return 0;
        }
      };

  private DrillGuard() {}

  /**
   * The longest cut in milliseconds: half of the time that a suspended member is kept, so that it
   * comes back as what it was, and a minute at most.
   */
  public static long mostCutMillis(ClusterState state) {
    return Math.min(
        MOST_CUT_MILLIS, TimeUnit.NANOSECONDS.toMillis(state.timings().removeAfter()) / 2);
  }

  /**
   * Why a member does not suffer a drill now; empty if it does.
   *
   * @param state as the member knows it; null if it is in no cluster
   * @param allowed what its settings allow
   */
  public static String refusal(
      ClusterState state, MemberId self, Set<DrillKind> allowed, DrillKind kind) {
    if (!allowed.contains(kind)) {
      return "it does not allow a "
          + kind.text()
          + "; set "
          + kind.setting()
          + "=true at that member if you want one";
    }
    if (state == null || !state.members().containsKey(self)) {
      return "it is in no cluster";
    }
    for (Member member : state.members().values()) {
      if (member.state() != MemberState.ACTIVE) {
        return "member " + member.name() + " is " + member.state() + ", all have to be ACTIVE";
      }
    }
    for (PartitionGroup group : state.groups()) {
      String refusal = refusal(group, self);
      if (!refusal.isEmpty()) {
        return refusal;
      }
    }
    String against = WhatIf.of(state, Set.of(self), WhatIf.How.CRASH, UNKNOWN).refusal();
    return against == null ? "" : against;
  }

  private static String refusal(PartitionGroup group, MemberId self) {
    for (PartitionAssignment partition : group.partitions()) {
      if (partition.inSync().size() < group.copies()) {
        return "not every partition has all of its copies";
      }
      // What its primary has acknowledged and not sent yet would be lost.
      if (group.mode() instanceof ReplicationMode.Async && self.equals(partition.primary())) {
        return "it leads partitions of asynchronous caches, whose last writes would be lost;"
            + " drain it first";
      }
    }
    return "";
  }
}
