package io.henge.replication.partition;

import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.OperationId;
import java.util.List;

/** What replicas of a partition and their callers say to each other. */
public sealed interface PartitionMessage {

  /** The partition's number over all groups. */
  int partition();

  /** What replicas say to each other; it counts in one epoch only. */
  sealed interface BetweenReplicas extends PartitionMessage {

    /** The partition's epoch in which it was sent. */
    long epoch();
  }

  /**
   * Primary to replicas: effects and the commit index.
   *
   * @param base the commit index with which the primary began its epoch: the receiver's log above
   *     it does not count as acknowledged until it was sent again in this epoch
   * @param tail the last index of the log with which it began: nothing above it was ever committed
   *     in an earlier epoch
   * @param first index of the first effect, or of the next one if there are none
   * @param time the partition's time at the sending (4.7)
   */
  record Append(
      int partition,
      long epoch,
      long base,
      long tail,
      long first,
      List<Effect> effects,
      long commit,
      long time)
      implements BetweenReplicas {}

  /**
   * Replica to primary: everything up to {@code index} is in the log, without a hole.
   *
   * @param transfer from a learner, the transfer with which its log began, 0 if it never needed
   *     one: a word from before says nothing about the log that it has now
   * @param resend true if something is missing above the index
   */
  record Appended(int partition, long epoch, long transfer, long index, boolean resend)
      implements BetweenReplicas {}

  /**
   * Learner to primary: where it stands and what it needs.
   *
   * @param commit its commit index
   * @param complete whether it holds everything up to that index
   * @param transfer the transfer under way, 0 if none
   * @param nextChunk the chunk that it waits for
   */
  record LearnerStatus(
      int partition, long epoch, long commit, boolean complete, long transfer, int nextChunk)
      implements BetweenReplicas {}

  /**
   * Primary to learner: a part of the map.
   *
   * @param transfer identifies the transfer; a greater one replaces a smaller one
   * @param start the learner's log begins after this index
   * @param lanes remembered results, after all entries
   * @param last whether this is the last one
   * @param completeAt the primary's commit index when it read the chunk's last entry
   * @param time the partition's time at the sending (4.7)
   */
  record SnapshotChunk(
      int partition,
      long epoch,
      long transfer,
      long start,
      int chunk,
      List<SnapshotEntry> entries,
      List<LaneRecord> lanes,
      boolean last,
      long completeAt,
      long time)
      implements BetweenReplicas {}

  /** An entry in a chunk. */
  record SnapshotEntry(EntryKey key, byte[] value, long version, long deadline) {}

  /**
   * Primary of an asynchronous partition to those that count: it answers nothing above {@code
   * limit} that the receiver does not hold, before the receiver confirms a later round (PROTOCOL
   * 4.8).
   *
   * @param round counts the limits of a primary, from 1
   */
  record AnswerLimit(int partition, long epoch, long round, long limit)
      implements BetweenReplicas {}

  /** Replica to primary: the limit of this round is known. */
  record AnswerLimitKnown(int partition, long epoch, long round) implements BetweenReplicas {}

  /** New primary of an asynchronous partition to in-sync replicas: its log ends at {@code end}. */
  record TailWanted(int partition, long epoch, long end) implements BetweenReplicas {}

  /**
   * In-sync replica to new primary: what it holds above the end that was asked about, as much as
   * fits a frame.
   *
   * @param last where its log ends
   * @param limit how far earlier primaries may have answered, as far as it knows
   */
  record Tail(int partition, long epoch, long last, long limit, List<Effect> effects)
      implements BetweenReplicas {}

  /**
   * Backup to primary: these entries were read here of late, so they should stay. A hint, for
   * caches that evict: the primary sees only the reads that come to it.
   */
  record Used(int partition, long epoch, List<EntryKey> keys) implements BetweenReplicas {}

  /** Learner to primary: the chunk is in. */
  record ChunkReceived(int partition, long epoch, long transfer, int chunk)
      implements BetweenReplicas {}

  /**
   * Caller to primary.
   *
   * @param attempt counts the sendings of this operation, from 1
   * @param key the entry; for CLEAR and SCAN only its cache counts
   */
  record Request(int partition, OperationId id, int attempt, EntryKey key, Operation operation)
      implements PartitionMessage {}

  /**
   * Primary to caller.
   *
   * @param attempt the attempt that is answered; 0 if the answer is for all of them
   * @param version with GRANTED, the version that the code runs on
   */
  record Answer(
      int partition, OperationId id, int attempt, AnswerStatus status, byte[] value, long version)
      implements PartitionMessage {}

  /** What replicas and members that listen say to each other. */
  sealed interface AboutChanges extends PartitionMessage {}

  /**
   * A member to all replicas: it listens. They note changes from then on; the primary tells them.
   *
   * @param round grows with each change of what the member wants
   * @param after everything up to this index was taken; -1 if the member was told nothing yet
   * @param again whether something is missing after it
   * @param caches what it wants, empty if nothing any more
   */
  record ChangesWanted(
      int partition, long round, long after, boolean again, List<CacheInterest> caches)
      implements AboutChanges {}

  /** A member to the primary: everything up to this index was taken. */
  record ChangesTaken(int partition, long upTo) implements AboutChanges {}

  /**
   * Primary to a member that listens.
   *
   * @param round the newest word of the member that this takes into account
   * @param after these are all changes after this index, up to {@code upTo}; -1 if the member
   *     begins to listen here
   * @param missedUpTo if greater than {@code after}: up to here some may be missing for ever
   */
  record Changes(
      int partition, long round, long after, long missedUpTo, long upTo, List<Change> changes)
      implements AboutChanges {}
}
