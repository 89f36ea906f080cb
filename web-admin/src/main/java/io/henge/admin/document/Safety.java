package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;

/** How safe a partition is: always the same five words, the worst that holds. */
public enum Safety {
  /** Every wanted copy is in sync. */
  IN_SYNC,
  /** A copy is being built; at least two are in sync. */
  CATCHING_UP,
  /** A wanted copy has no member, or a suspended one; at least two are in sync. */
  WAITING,
  /** Only one copy is in sync although more are wanted. */
  ONE_COPY,
  /** Nobody may answer for it: no in-sync copy, or the last one is with a suspended member. */
  UNAVAILABLE;

  /** Judges a partition of a view. */
  public static Safety of(Partition partition, View view) {
    int inSync = 0;
    int learners = 0;
    for (int i = 0; i < partition.replicas().size(); i++) {
      Member member = view.memberAt(partition.replicas().get(i));
      if (member == null) {
        continue;
      }
      if (i < partition.inSync()) {
        inSync++;
      } else if (!member.suspended()) {
        learners++;
      }
    }
    int wanted = view.wantedCopies(partition.group());
    Member primary =
        partition.inSync() == 0 || partition.replicas().isEmpty()
            ? null
            : view.memberAt(partition.replicas().get(0));
    if (primary == null || primary.suspended()) {
      return UNAVAILABLE;
    }
    if (inSync >= wanted) {
      return IN_SYNC;
    }
    if (inSync == 1) {
      return ONE_COPY;
    }
    return inSync + learners >= wanted ? CATCHING_UP : WAITING;
  }
}
