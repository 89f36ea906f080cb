package io.henge.replication.consensus;

import java.util.List;

/**
 * What the log drives. Called by {@link PaxosReplica} in slot order, on the thread that stepped it.
 */
public interface ReplicatedStateMachine {

  /**
   * Applies the chosen batch of a slot.
   *
   * @param slot the slot, one above the last applied
   * @param batch the commands, possibly none (a no-op)
   * @param note what the leader attached when the slot was chosen, empty if unknown; advisory, not
   *     replicated state
   * @param now the caller's monotonic time in nanoseconds
   * @return the configuration in force from the next slot on
   */
  Configuration apply(long slot, List<byte[]> batch, byte[] note, long now);

  /** Encodes the state after the last applied slot. */
  byte[] snapshot();

  /** Replaces the state by a snapshot taken after {@code slot}; returns its configuration. */
  Configuration install(long slot, byte[] snapshot, long now);
}
