package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.ControlOutput;
import io.henge.replication.membership.ControlParts;
import io.henge.replication.membership.ControlPlane;
import io.henge.replication.membership.ControlSettings;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.Memory;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionAuthority;
import io.henge.replication.partition.PartitionOutput;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.partition.PartitionRules;
import io.henge.replication.partition.PartitionSettings;
import io.henge.replication.relay.Reachability;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.transport.Reassembly;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/** Makes a member's parts; a mutant overrides what it leaves a rule out of. */
public class Parts {

  /** Makes a control plane; {@code memory} is null for a member without a disk. */
  protected ControlPlane controlPlane(
      ControlSettings settings,
      Member self,
      ControlOutput output,
      SeededRandom entropy,
      Memory memory) {
    return new ControlPlane(
        settings, self, output, () -> entropy.nextLong() >>> 1, controlParts(), memory);
  }

  /** What a voter makes of what its directory holds. */
  protected Memory recovered(Memory memory) {
    return memory;
  }

  /** What was to be stored by the time of {@code number} could not be: the disk failed. */
  protected void memoryFailed(ControlPlane plane, long number, long now) {
    plane.abandon("its data directory failed");
  }

  /** Makes the collaborators of a control plane. */
  protected ControlParts controlParts() {
    return ControlParts.standard();
  }

  /** Makes what puts the large frames of one peer together. */
  protected Reassembly reassembly(AtomicLong budget) {
    return new Reassembly(budget);
  }

  /** Makes what finds ways round broken links. */
  protected Reachability reachability(MemberId self) {
    return new Reachability(self);
  }

  /** Whether a member of one cluster takes a frame of another one, told by halves of their ids. */
  protected boolean takesFrame(long ofCluster, long own) {
    return ofCluster == own;
  }

  /** The order in which a caller reserves several keys. */
  protected Comparator<byte[]> reservationOrder(String caller) {
    return Operation.Reserve.ORDER;
  }

  /** Makes a replica of a partition. */
  protected PartitionReplica replica(
      int number,
      MemberId self,
      ReplicationMode mode,
      PartitionSettings settings,
      PartitionAuthority authority,
      PartitionOutput output) {
    return new PartitionReplica(number, self, mode, settings, partitionRules(), authority, output);
  }

  /** Makes the rules of a partition. */
  protected PartitionRules partitionRules() {
    return new PartitionRules();
  }
}
