package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one partition's replicas change (PROTOCOL 4.2, 4.6, 4.9). A command that names an epoch is a
 * compare-and-set on it.
 */
final class PartitionRules {

  private PartitionRules() {}

  /**
   * Takes a member out of the in-sync set at {@code slot}. It may still hold a lease, so it is
   * revoked; a later mark replaces an older one because confirming the later slot, or waiting from
   * it, covers the older.
   */
  static PartitionAssignment withoutInSync(
      PartitionAssignment partition, MemberId id, long slot, boolean keepAsLearner) {
    List<MemberId> inSync = new ArrayList<>(partition.inSync());
    inSync.remove(id);
    List<MemberId> learners = new ArrayList<>(partition.learners());
    if (keepAsLearner) {
      learners.add(id);
    }
    SortedMap<MemberId, Long> revoked = new TreeMap<>(partition.revoked());
    revoked.put(id, slot);
    return new PartitionAssignment(slot, partition.origin(), inSync, learners, revoked);
  }

  static boolean addLearner(StateDraft draft, Command.AddLearner command) {
    PartitionAssignment partition = draft.partition(command.partition());
    Member member = draft.members.get(command.member());
    if (partition == null
        || member == null
        || member.state() != MemberState.ACTIVE
        || member.role() != MemberRole.DATA
        || partition.inSync().isEmpty()
        || partition.holds(command.member())) {
      return false;
    }
    List<MemberId> learners = new ArrayList<>(partition.learners());
    learners.add(command.member());
    draft.setPartition(
        command.partition(),
        new PartitionAssignment(
            partition.epoch(),
            partition.origin(),
            partition.inSync(),
            learners,
            partition.revoked()));
    return true;
  }

  /**
   * A new epoch, because the learner's promotion may have been proposed: the primary stops waiting
   * for its acknowledgements, so that proposal must no longer fit, even if the member becomes a
   * learner again before it is chosen (PROTOCOL 4.9, rule 3).
   */
  static boolean dropLearner(StateDraft draft, Command.DropLearner command) {
    PartitionAssignment partition = draft.partition(command.partition());
    if (partition == null || !partition.learners().contains(command.member())) {
      return false;
    }
    List<MemberId> learners = new ArrayList<>(partition.learners());
    learners.remove(command.member());
    draft.setPartition(
        command.partition(),
        new PartitionAssignment(
            draft.slot, partition.origin(), partition.inSync(), learners, partition.revoked()));
    return true;
  }

  /** A promoted member is no longer revoked: its acknowledgement in this epoch confirmed (4.9). */
  static boolean promote(StateDraft draft, Command.PromoteLearner command) {
    PartitionAssignment partition = at(draft, command.partition(), command.epoch());
    MemberId id = command.member();
    if (partition == null || partition.inSync().isEmpty() || !partition.learners().contains(id)) {
      return false;
    }
    List<MemberId> inSync = new ArrayList<>(partition.inSync());
    inSync.add(id);
    List<MemberId> learners = new ArrayList<>(partition.learners());
    learners.remove(id);
    SortedMap<MemberId, Long> revoked = new TreeMap<>(partition.revoked());
    revoked.remove(id);
    draft.setPartition(
        command.partition(),
        new PartitionAssignment(draft.slot, partition.origin(), inSync, learners, revoked));
    return true;
  }

  static boolean shrink(StateDraft draft, Command.ShrinkInSync command) {
    PartitionAssignment partition = at(draft, command.partition(), command.epoch());
    if (partition == null
        || partition.inSync().size() < 2
        || !partition.inSync().contains(command.member())) {
      return false;
    }
    draft.setPartition(
        command.partition(),
        withoutInSync(partition, command.member(), draft.slot, command.keepAsLearner()));
    return true;
  }

  /** Everybody stays in the in-sync set, so nobody is revoked (PROTOCOL 4.6, rule 6). */
  static boolean transfer(StateDraft draft, Command.TransferPrimary command) {
    PartitionAssignment partition = at(draft, command.partition(), command.epoch());
    if (partition == null
        || !partition.inSync().contains(command.to())
        || command.to().equals(partition.primary())) {
      return false;
    }
    List<MemberId> inSync = new ArrayList<>(partition.inSync());
    inSync.remove(command.to());
    inSync.add(0, command.to());
    draft.setPartition(
        command.partition(),
        new PartitionAssignment(
            draft.slot, partition.origin(), inSync, partition.learners(), partition.revoked()));
    return true;
  }

  static boolean clearRevoked(StateDraft draft, Command.ClearRevoked command) {
    boolean changed = false;
    for (int number = 0; number < draft.partitionCount(); number++) {
      PartitionAssignment partition = draft.partition(number);
      Long mark = partition.revoked().get(command.member());
      if (mark != null && mark <= command.upTo()) {
        SortedMap<MemberId, Long> revoked = new TreeMap<>(partition.revoked());
        revoked.remove(command.member());
        draft.setPartition(
            number,
            new PartitionAssignment(
                partition.epoch(),
                partition.origin(),
                partition.inSync(),
                partition.learners(),
                revoked));
        changed = true;
      }
    }
    return changed;
  }

  /** Only a lost partition starts again empty; what its learners held is of no use any more. */
  static boolean reset(StateDraft draft, Command.ResetPartition command) {
    PartitionAssignment partition = at(draft, command.partition(), command.epoch());
    List<MemberId> inSync = active(draft, command.inSync());
    if (partition == null || !partition.inSync().isEmpty() || inSync.isEmpty()) {
      return false;
    }
    // Who is in sync again has to acknowledge in the new epoch, which confirms.
    SortedMap<MemberId, Long> revoked = new TreeMap<>(partition.revoked());
    revoked.keySet().removeAll(inSync);
    draft.setPartition(
        command.partition(),
        new PartitionAssignment(draft.slot, draft.slot, inSync, List.of(), revoked));
    return true;
  }

  /** Once per epoch: a proposal that is repeated must not count twice. */
  static boolean noteLoss(StateDraft draft, Command.NoteLoss command) {
    if (at(draft, command.partition(), command.epoch()) == null
        || command.atMost() < 1
        || !(draft.groupOf(command.partition()).mode() instanceof ReplicationMode.Async)) {
      return false;
    }
    PossibleLoss before = draft.lossOf(command.partition());
    if (before != null && before.epoch() == command.epoch()) {
      return false;
    }
    draft.setLoss(
        command.partition(),
        new PossibleLoss(
            command.epoch(),
            command.atMost(),
            (before == null ? 0 : before.total()) + command.atMost()));
    return true;
  }

  /** The members of a planned list that can hold a replica now, in the list's order. */
  static List<MemberId> active(StateDraft draft, List<MemberId> planned) {
    return planned.stream()
        .distinct()
        .filter(id -> draft.stateOf(id) == MemberState.ACTIVE)
        .filter(id -> draft.members.get(id).role() == MemberRole.DATA)
        .toList();
  }

  private static PartitionAssignment at(StateDraft draft, int number, long epoch) {
    PartitionAssignment partition = draft.partition(number);
    return partition != null && partition.epoch() == epoch ? partition : null;
  }
}
