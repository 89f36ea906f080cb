package io.henge.replication.membership;

import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.Proposal;
import java.util.List;

/** One step of a {@link Memory}. A directory's memory is a {@link Whole} and the steps after it. */
public sealed interface MemoryRecord {

  /** All of it; what came before does not count any more. */
  record Whole(Memory memory) implements MemoryRecord {}

  /** A slot was decided. */
  record Applied(long slot, List<byte[]> batch) implements MemoryRecord {
    public Applied {
      batch = List.copyOf(batch);
    }
  }

  /** The acceptor promised a ballot of the cluster's log. */
  record Promised(Ballot ballot) implements MemoryRecord {}

  /** The acceptor accepted a proposal for the cluster's log. */
  record Accepted(Proposal proposal) implements MemoryRecord {}

  /** A founding host promised a ballot about slot 0. */
  record FoundingPromised(Ballot ballot) implements MemoryRecord {}

  /** A founding host accepted a slot 0. */
  record FoundingAccepted(Ballot ballot, ClusterState slotZero) implements MemoryRecord {}

  /**
   * The memory after this step.
   *
   * @throws IllegalArgumentException if the step does not fit
   */
  default Memory applyTo(Memory memory, ClusterStateMachine machine) {
    if (this instanceof Whole whole) {
      return whole.memory();
    } else if (memory == null) {
      throw new IllegalArgumentException("a memory begins with " + getClass().getSimpleName());
    } else if (this instanceof Applied applied) {
      if (memory.state() == null) {
        throw new IllegalArgumentException("slot " + applied.slot() + " of no cluster");
      }
      return memory.with(machine.apply(memory.state(), applied.slot(), applied.batch()).state());
    } else if (this instanceof Promised promised) {
      return memory.with(memory.acceptor().promising(promised.ballot()));
    } else if (this instanceof Accepted accepted) {
      return memory.with(memory.acceptor().accepting(accepted.proposal()));
    } else if (this instanceof FoundingPromised promised) {
      return memory.with(memory.founding().promising(promised.ballot()));
    } else if (this instanceof FoundingAccepted accepted) {
      return memory.with(memory.founding().accepting(accepted.ballot(), accepted.slotZero()));
    }
    throw new IllegalStateException("no rule for " + this);
  }
}
