package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;

/** This member holds no replica of the partition. */
final class NoRole implements Role {

  @Override
  public void onMessage(MemberId from, PartitionMessage message, long now) {
    // A late frame for a replica that moved away.
  }

  @Override
  public void onTick(long now) {
    // Nothing to do.
  }

  @Override
  public boolean waiting() {
    return false;
  }

  @Override
  public boolean inSync() {
    return false;
  }
}
