package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How members come, fall silent, return and go (PROTOCOL 4.2). Each rule answers whether the
 * command still fitted; one that did not has changed nothing.
 */
final class MemberRules {

  private MemberRules() {}

  static boolean add(StateDraft draft, Command.AddMember command) {
    Member member = command.member();
    if (!isUsable(member.weight())
        || draft.members.containsKey(member.id())
        || draft.removed.contains(member.id())) {
      return false;
    }
    for (Member other : draft.members.values()) {
      if (other.voter().isSameAs(member.voter())) {
        // The earlier holder of the directory has to be removed first, and a late request of an
        // earlier one must not push out the present one.
        return false;
      }
    }
    draft.members.put(member.id(), member.added(draft.slot));
    return true;
  }

  static boolean setWeight(StateDraft draft, MemberId id, double weight) {
    Member member = draft.members.get(id);
    if (member == null || member.weight() == weight || !isUsable(weight)) {
      return false;
    }
    draft.members.put(id, member.weighing(weight));
    return true;
  }

  private static boolean isUsable(double weight) {
    return weight > 0 && weight < Double.POSITIVE_INFINITY;
  }

  static boolean activate(StateDraft draft, MemberId id) {
    return move(draft, id, MemberState.JOINING, MemberState.ACTIVE);
  }

  static boolean resume(StateDraft draft, MemberId id) {
    return move(draft, id, MemberState.SUSPENDED, MemberState.ACTIVE);
  }

  static boolean drain(StateDraft draft, MemberId id) {
    return move(draft, id, MemberState.ACTIVE, MemberState.DRAINING);
  }

  static boolean undrain(StateDraft draft, MemberId id) {
    return move(draft, id, MemberState.DRAINING, MemberState.ACTIVE);
  }

  /** The member keeps its data: where it was in sync with others it goes on as a learner. */
  static boolean suspend(StateDraft draft, MemberId id) {
    MemberState state = draft.stateOf(id);
    if (state == null || state == MemberState.SUSPENDED) {
      return false;
    }
    draft.members.put(id, draft.members.get(id).in(MemberState.SUSPENDED));
    for (int number = 0; number < draft.partitionCount(); number++) {
      PartitionAssignment partition = draft.partition(number);
      if (partition.inSync().contains(id) && partition.inSync().size() > 1) {
        draft.setPartition(number, PartitionRules.withoutInSync(partition, id, draft.slot, true));
      }
    }
    return true;
  }

  /** The member's replicas are forgotten; a partition that had no other in-sync one is lost. */
  static boolean remove(StateDraft draft, MemberId id, boolean proven) {
    if (draft.members.remove(id) == null) {
      return false;
    }
    draft.removed.add(id);
    if (draft.removed.size() > ClusterState.REMOVED_KEPT) {
      draft.removed.remove(0);
    }
    for (int number = 0; number < draft.partitionCount(); number++) {
      PartitionAssignment partition = draft.partition(number);
      PartitionAssignment without = without(partition, id, draft.slot, proven);
      if (!without.equals(partition)) {
        draft.setPartition(number, without);
      }
    }
    return true;
  }

  private static PartitionAssignment without(
      PartitionAssignment partition, MemberId id, long slot, boolean proven) {
    PartitionAssignment result = partition;
    if (partition.inSync().contains(id)) {
      result = PartitionRules.withoutInSync(partition, id, slot, false);
    } else if (partition.learners().contains(id)) {
      List<MemberId> learners = new ArrayList<>(partition.learners());
      learners.remove(id);
      result =
          new PartitionAssignment(
              partition.epoch(),
              partition.origin(),
              partition.inSync(),
              learners,
              partition.revoked());
    }
    if (proven && result.revoked().containsKey(id)) {
      // A process that is known to be gone holds no lease, whatever it held before.
      SortedMap<MemberId, Long> revoked = new TreeMap<>(result.revoked());
      revoked.remove(id);
      result =
          new PartitionAssignment(
              result.epoch(), result.origin(), result.inSync(), result.learners(), revoked);
    }
    return result;
  }

  private static boolean move(StateDraft draft, MemberId id, MemberState from, MemberState to) {
    if (draft.stateOf(id) != from) {
      return false;
    }
    draft.members.put(id, draft.members.get(id).in(to));
    return true;
  }
}
