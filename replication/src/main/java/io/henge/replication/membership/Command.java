package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import java.util.List;
import java.util.SortedMap;

/**
 * What the log can decide. Commands carry results, not algorithms: a placement is computed by the
 * leader and logged as explicit moves (PROTOCOL 4.2). Each command that names an {@code epoch} is a
 * compare-and-set on the partition's epoch. A command that no longer fits is ignored by every
 * member alike.
 */
public sealed interface Command {

  /** Adds an unknown incarnation in state JOINING; ignored if the id was ever known. */
  record AddMember(Member member) implements Command {}

  /** JOINING becomes ACTIVE. */
  record ActivateMember(MemberId member) implements Command {}

  /** Takes a member out of every in-sync set of two or more; its replicas become learners. */
  record Suspend(MemberId member, Reason reason) implements Command {}

  /** SUSPENDED becomes ACTIVE. */
  record Resume(MemberId member) implements Command {}

  /** Forgets a member; in-sync sets that it alone made up are lost. */
  record RemoveMember(MemberId member, Reason reason) implements Command {}

  /** ACTIVE becomes DRAINING. */
  record Drain(MemberId member) implements Command {}

  /** DRAINING becomes ACTIVE: it stays after all. */
  record Undrain(MemberId member) implements Command {}

  /** Changes a member's share of the partitions, as long as it is a member. */
  record SetWeight(MemberId member, double weight) implements Command {}

  /** While rebalancing is paused nothing moves only to make the load even. */
  record PauseRebalancing(boolean paused) implements Command {}

  /**
   * Makes a member a voter, under the id of its {@link VoterIdentity}; at most one voter change per
   * slot.
   */
  record AddVoter(MemberId member) implements Command {}

  /** Ends a seat by the voter's id, whether its member is still there or not; never the last. */
  record RemoveVoter(MemberId voter) implements Command {}

  /** Adds a learner; does not change the epoch. */
  record AddLearner(int partition, MemberId member) implements Command {}

  /** Drops a learner; does not change the epoch. */
  record DropLearner(int partition, MemberId member) implements Command {}

  /** Learner becomes last in-sync replica, and is no longer revoked. */
  record PromoteLearner(int partition, long epoch, MemberId member) implements Command {}

  /** Takes a replica out of the in-sync set, never the last one. */
  record ShrinkInSync(int partition, long epoch, MemberId member, boolean keepAsLearner)
      implements Command {}

  /** Makes an in-sync replica the primary. */
  record TransferPrimary(int partition, long epoch, MemberId to) implements Command {}

  /** The leases that {@code member} took before slot {@code upTo} (inclusive) are known over. */
  record ClearRevoked(MemberId member, long upTo) implements Command {}

  /** A lost partition (no in-sync replica) starts again empty with these replicas. */
  record ResetPartition(int partition, long epoch, List<MemberId> inSync) implements Command {}

  /**
   * The primary of an asynchronous partition took over, and at most so many acknowledged operations
   * are not in any log that it could find; noted before it answers anything (PROTOCOL 4.8).
   */
  record NoteLoss(int partition, long epoch, long atMost) implements Command {}

  /** Adds a partition group; its partitions are empty, so the placement is in sync at once. */
  record CreateGroup(int copies, ReplicationMode mode, List<List<MemberId>> placement)
      implements Command {

    /** A synchronous group. */
    public CreateGroup(int copies, List<List<MemberId>> placement) {
      this(copies, ReplicationMode.SYNC, placement);
    }
  }

  /** Defines a cache in the group of these copies and mode; ignored if the name is taken. */
  record CreateCache(
      String name, int copies, ReplicationMode mode, SortedMap<String, String> attributes)
      implements Command {

    /** A synchronous cache. */
    public CreateCache(String name, int copies, SortedMap<String, String> attributes) {
      this(name, copies, ReplicationMode.SYNC, attributes);
    }
  }

  /** Ends a cache by its id; its entries are dropped. */
  record DestroyCache(int cache) implements Command {}
}
