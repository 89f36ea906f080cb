package io.henge.replication.node;

import io.henge.replication.node.management.CallersView;

/**
 * What a failover did to the callers of this member. Confined to the history's lock, as the
 * failover is.
 */
final class CallersRecord {

  private static final double NANOS_PER_MILLI = 1e6;

  private int heldUp;
  private int repeats;
  private int notDone;
  private int unknown;
  private long longest;

  void add(DelayedOperation operation) {
    heldUp++;
    repeats += operation.repeats();
    longest = Math.max(longest, operation.ended() - operation.begun());
    switch (operation.kind()) {
      case NOT_DONE -> notDone++;
      case UNKNOWN -> unknown++;
      case DONE, UNCHANGED, CACHE_DROPPED -> {}
    }
  }

  CallersView view() {
    return new CallersView(heldUp, repeats, notDone, unknown, longest / NANOS_PER_MILLI);
  }
}
