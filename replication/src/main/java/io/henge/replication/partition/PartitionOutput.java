package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;

/** Where the effects of a replica's step go. Must not call back into the replica. */
public interface PartitionOutput {

  /** Sends, also to this member itself; may be lost. */
  void send(MemberId to, PartitionMessage message);

  /** A learner has caught up and its acknowledgement binds: propose to promote it. */
  void proposePromotion(int partition, long epoch, MemberId learner);

  /**
   * A backup is silent, or not wanted any more: propose to take it out of the in-sync set.
   *
   * @param keepAsLearner whether it may come back
   */
  void proposeShrink(int partition, long epoch, MemberId backup, boolean keepAsLearner);

  /** At most so many answered operations were lost when this member took over: note it. */
  void noteLoss(int partition, long epoch, long atMost);

  /**
   * Runs a processor off the delivering thread and hands the result to {@link
   * PartitionReplica#onProcessed}.
   *
   * @return false if this member has no room for it; there will be no result then
   */
  boolean runProcessor(int partition, OperationId id, EntryKey key, byte[] processor, byte[] value);

  /** The barrier of an epoch in which this member became primary is over: for the timeline. */
  void barrierPassed(int partition, long epoch);
}
