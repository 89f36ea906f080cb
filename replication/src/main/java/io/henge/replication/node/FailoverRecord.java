package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberRole;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.Reason;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.node.management.PhaseView;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * One failover as this member saw it. Its clock starts at the first suspicion: the proposer's own
 * (from the reason in the log) or, if this member noticed too, at its own. Confined to the
 * history's lock.
 */
final class FailoverRecord {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long slot;
  private final MemberId member;
  private final String memberName;
  private final Reason reason;
  private final String suspectedBy;
  private final long atMillis;
  private final long start;
  private final long applied;

  /** Partitions that lost a copy, by their numbers over all groups. */
  private final BitSet affected = new BitSet();

  private final CallersRecord callers = new CallersRecord();
  private int primariesMoved;
  private int lost;
  private int rebuilt;
  private long rolesTaken = -1;
  private long barrierEnd = -1;
  private long rebuiltAt = -1;

  private FailoverRecord(
      long slot,
      MemberId member,
      String memberName,
      Reason reason,
      String suspectedBy,
      long atMillis,
      long start,
      long applied) {
    this.slot = slot;
    this.member = member;
    this.memberName = memberName;
    this.reason = reason;
    this.suspectedBy = suspectedBy;
    this.atMillis = atMillis;
    this.start = start;
    this.applied = applied;
  }

  /** The failover that a command began, or null if it began none. */
  static FailoverRecord of(
      Command command,
      ClusterState before,
      ClusterState after,
      Function<MemberId, String> name,
      Long noticed,
      long atMillis,
      long now) {
    Reason reason;
    MemberId member;
    if (command instanceof Command.Suspend suspend) {
      reason = suspend.reason();
      member = suspend.member();
    } else if (command instanceof Command.RemoveMember remove) {
      reason = remove.reason();
      member = remove.member();
    } else {
      return null;
    }
    boolean wasIn = before.members().get(member).state() != MemberState.SUSPENDED;
    if (!wasIn || reason.cause() == Reason.Cause.LEFT) {
      return null;
    }
    long suspicion = Math.max(0, reason.suspectToProposeNanos());
    long start = noticed == null ? now - suspicion : Math.min(noticed, now - suspicion);
    FailoverRecord record =
        new FailoverRecord(
            after.slot(),
            member,
            name.apply(member),
            reason,
            name.apply(reason.suspectedBy()),
            atMillis,
            start,
            now);
    record.count(before, after);
    if (record.primariesMoved == 0 || reason.proven()) {
      record.barrierEnd = now; // there is no lease to wait for
    }
    return record;
  }

  private void count(ClusterState before, ClusterState after) {
    for (int partition = 0; partition < before.partitionCount(); partition++) {
      PartitionAssignment was = before.partition(partition);
      PartitionAssignment is = after.partition(partition);
      if (was.inSync().contains(member) && !is.inSync().contains(member)) {
        affected.set(partition);
        primariesMoved += member.equals(was.primary()) && is.primary() != null ? 1 : 0;
        lost += is.inSync().isEmpty() ? 1 : 0;
      }
    }
  }

  /** Follows the log: are the leases over, are the copies back? */
  void onApplied(ClusterState after, List<Command> commands, long now) {
    if (barrierEnd < 0) {
      for (Command command : commands) {
        if (command instanceof Command.ClearRevoked clear
            && clear.member().equals(member)
            && clear.upTo() >= slot) {
          barrierEnd = now;
        }
      }
    }
    if (rebuiltAt >= 0) {
      return;
    }
    int data = 0;
    for (Member each : after.members().values()) {
      data += each.role() == MemberRole.DATA && each.state() == MemberState.ACTIVE ? 1 : 0;
    }
    int done = 0;
    for (int partition = affected.nextSetBit(0);
        partition >= 0;
        partition = affected.nextSetBit(partition + 1)) {
      int wanted = Math.min(after.groupOf(partition).copies(), data);
      done += after.partition(partition).inSync().size() >= Math.max(1, wanted) ? 1 : 0;
    }
    rebuilt = done;
    // With nobody left to copy to, "as many as there can be" is no recovery: wait for a member.
    boolean spare = after.slot() > slot && done == affected.cardinality();
    if (spare) {
      rebuiltAt = now;
    }
  }

  /** The new primaries on this member have their roles. */
  void onRolesTaken(long slotApplied, long now) {
    if (slotApplied == slot && rolesTaken < 0) {
      rolesTaken = now;
    }
  }

  /** Counts an operation that was under way before the partition could be written again. */
  void onDelayed(DelayedOperation operation) {
    boolean closed = barrierEnd >= 0 && rolesTaken >= 0;
    if (affected.get(operation.partition())
        && operation.ended() - start >= 0
        && (!closed || operation.begun() - Math.max(barrierEnd, rolesTaken) <= 0)) {
      callers.add(operation);
    }
  }

  boolean onBarrierPassed(int partition, long epoch, long now) {
    if (epoch == slot && affected.get(partition)) {
      barrierEnd = now;
      return true;
    }
    return false;
  }

  FailoverView view() {
    double proposed = Math.min(millis(applied), reason.suspectToProposeNanos() / NANOS_PER_MILLI);
    double agreed = millis(applied);
    double open = barrierEnd < 0 ? -1 : millis(barrierEnd);
    PhaseView[] phases = {
      new PhaseView("suspect", 0, Math.max(0, proposed), -1),
      new PhaseView("agree", Math.max(0, proposed), agreed, slot),
      new PhaseView("promote", agreed, rolesTaken < 0 ? agreed : millis(rolesTaken), slot),
      new PhaseView("barrier", agreed, open, -1),
      new PhaseView("replicate", agreed, rebuiltAt < 0 ? -1 : millis(rebuiltAt), -1),
    };
    return new FailoverView(
        slot,
        member.toString(),
        memberName,
        reason.cause().name(),
        reason.evidence(),
        suspectedBy,
        atMillis,
        reason.proven(),
        reason.lastGrantAgoNanos() < 0 ? -1 : reason.lastGrantAgoNanos() / NANOS_PER_MILLI,
        primariesMoved,
        affected.cardinality(),
        rebuilt,
        lost,
        callers.view(),
        phases);
  }

  private double millis(long nanos) {
    return (nanos - start) / NANOS_PER_MILLI;
  }
}
