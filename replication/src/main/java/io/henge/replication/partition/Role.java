package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;

/** What a replica is in its epoch; each role has a class with the state that only it needs. */
sealed interface Role permits PrimaryRole, BackupRole, LearnerRole, NoRole {

  /** Handles a message that is addressed to replicas; its epoch was checked. */
  void onMessage(MemberId from, PartitionMessage message, long now);

  /** Lets time pass. */
  void onTick(long now);

  /** Whether {@link #onTick} has something to wait for. */
  boolean waiting();

  /** Whether this replica may answer reads from its map while the lease is valid. */
  boolean inSync();
}
