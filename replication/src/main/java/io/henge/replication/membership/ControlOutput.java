package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.List;

/** Where the effects of a {@link ControlPlane} step go. Must not call back into the plane. */
public interface ControlOutput {

  /** Sends; may be lost, delayed, repeated or reordered. */
  void send(MemberId to, ControlMessage message);

  /**
   * A slot was applied or a snapshot installed. Called in slot order, and before any renewal tells
   * a voter of the new slot: when this returns, every partition of this member must follow {@code
   * after}.
   *
   * @param before the state before, null at the first
   * @param after the state now
   * @param commands what the slot decided; empty for a snapshot
   * @param creditNanos how long, at least, the leases of the members that this slot revokes have
   *     been running already when it was chosen (PROTOCOL 4.3, shortcut); 0 if unknown
   */
  void stateApplied(
      ClusterState before, ClusterState after, List<Command> commands, long creditNanos, long now);

  /**
   * What was left of the cluster was founded again: this member is in another cluster now, which
   * goes on from {@code before}, or from a later state of the former cluster. As {@link
   * #stateApplied}, but nothing that members of the former cluster say counts any more.
   */
  default void foundedAgain(ClusterState before, ClusterState after, long now) {
    stateApplied(before, after, List.of(), 0, now);
  }

  /** A slot as the log has it, after {@link #stateApplied} told what it did; not for a snapshot. */
  default void entryApplied(LogEntry entry) {}

  /**
   * Adds a record to this member's durable memory, in order; called only if the plane was given
   * one. Must not wait for the disk.
   *
   * @param replaces whether the record takes the place of everything stored before, at once or not
   *     at all
   */
  default void store(byte[] record, boolean replaces) {
    throw new IllegalStateException("a record for a durable memory that there is none of");
  }

  /**
   * Wants {@link ControlPlane#onStored} to be called with {@code number} when all that was stored
   * so far would survive a crash of the machine.
   */
  default void awaitStored(long number) {
    throw new IllegalStateException("waits for a durable memory that there is none of");
  }

  /** The durable memory must not be used by a later incarnation: this one went astray. */
  default void condemnMemory(String why) {}

  /** The lease now lasts until {@code end} on this member's clock (nanoseconds). */
  void leaseExtended(long end);

  /** Asks for proof that {@code suspect} is dead, if such proof can be had; answer by a hint. */
  void seekDeathProof(Member suspect);

  /** The transport should be able to reach this address; called for contacts and new members. */
  void learnAddress(MemberId member, String host, int port);

  /**
   * This member's replica of an asynchronous partition, if it is the primary of this epoch, is to
   * propose that another replica goes, once it has taken over everything that one holds.
   */
  void release(int partition, long epoch, MemberId replica, long now);

  /** Something that the console tells its viewers. */
  void event(ControlEvent event);

  /**
   * This incarnation is no longer part of the cluster: it was removed, or its cluster gave way to
   * an older one. All leases are over before this is called.
   */
  void expelled(String why);
}
