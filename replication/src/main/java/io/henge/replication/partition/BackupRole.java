package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.Used;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import java.util.List;

/** An in-sync backup: keeps the log without holes, acknowledges, answers local reads. */
final class BackupRole implements Role {

  private final ReplicaState state;
  private final FrameIntake intake;
  private boolean synced;
  private long lastHeard;

  BackupRole(ReplicaState state, long now) {
    this.state = state;
    this.intake = new FrameIntake(state);
    state.clock.follow();
    this.lastHeard = now;
  }

  @Override
  public void onMessage(MemberId from, PartitionMessage message, long now) {
    if (message instanceof Append append && from.equals(state.assignment.primary())) {
      lastHeard = now;
      state.clock.heard(append.time(), now);
      onAppend(append);
    }
  }

  private void acknowledge(long index, boolean resend) {
    state.send(
        state.assignment.primary(), new Appended(state.number, state.epoch(), 0, index, resend));
  }

  private void onAppend(Append append) {
    boolean news = !synced || intake.asksForAnswer(append);
    if (!synced) {
      // What the primary's commit index covers is here: this replica acknowledged it in the epoch
      // in which it was committed.
      if (state.log.last() < append.base()) {
        throw new IllegalStateException(
            "in-sync replica of partition "
                + state.number
                + " ends at "
                + state.log.last()
                + ", before the base "
                + append.base()
                + " of epoch "
                + append.epoch());
      }
      if (append.first() > append.base() + 1) {
        acknowledge(append.base(), true);
        return;
      }
      intake.begin(Math.max(append.base(), state.log.commit()));
      if (!state.asynchronous()) {
        // The new primary holds all that was ever committed, so what is beyond its log is void. In
        // asynchronous mode it may have been answered: the new primary asks for it.
        state.cut(Math.max(append.tail(), intake.confirmed()));
      }
      synced = true;
    }
    boolean hole = intake.take(append);
    if (news || hole) {
      acknowledge(intake.confirmed(), hole);
    }
  }

  @Override
  public void onTick(long now) {
    // The primary drives; but the last commit index is not acknowledged, so it may have been lost.
    boolean waits = synced && state.log.last() > state.log.commit();
    if (waits && now - lastHeard > 4 * state.settings.retransmit()) {
      lastHeard = now;
      acknowledge(intake.confirmed(), true);
    }
    List<EntryKey> used = state.store.takeUsed();
    if (!used.isEmpty()) {
      state.send(state.assignment.primary(), new Used(state.number, state.epoch(), used));
    }
  }

  @Override
  public boolean waiting() {
    return false;
  }

  @Override
  public boolean inSync() {
    return true;
  }
}
