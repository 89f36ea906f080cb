package io.henge.replication.membership;

import io.henge.replication.consensus.ConsensusSettings;
import io.henge.replication.consensus.Patience;

/**
 * Makes the collaborators of a {@link ControlPlane} that carry the safety rules. Tests replace one
 * to show that leaving its rule out is noticed.
 */
public interface ControlParts {

  /** The parts as the protocol wants them. */
  static ControlParts standard() {
    return new ControlParts() {};
  }

  /** Applies the log. */
  default ClusterStateMachine stateMachine() {
    return new ClusterStateMachine();
  }

  /** This member as a voter, from {@code now} on. */
  default LeaseGrantor leaseGrantor(long now) {
    return new LeaseGrantor(now);
  }

  /** This member as leader, from {@code now} on. */
  default LeaseCredit leaseCredit(long now) {
    return new LeaseCredit(now);
  }

  /** This member's own lease of {@code length} nanoseconds. */
  default LeaseHolder leaseHolder(long length) {
    return new LeaseHolder(length);
  }

  /** This member's durable memory; {@code memory} is null without one. */
  default MemoryKeeper memoryKeeper(ControlOutput output, Memory memory) {
    return new MemoryKeeper(output, memory);
  }

  /** How this member leaves, and moves replicas while it leads. */
  default PlannedChangeRules plannedChangeRules() {
    return new PlannedChangeRules();
  }

  /** How long this member waits for a silent leader. */
  default Patience patience(ConsensusSettings settings, long now) {
    return new Patience(settings, now);
  }

  /** This member's judgement of others' leases. */
  default RevocationClock revocationClock(long barrier) {
    return new RevocationClock(barrier);
  }

  /** How what is left of a cluster is founded again. */
  default RefoundingRules refoundingRules() {
    return new RefoundingRules();
  }
}
