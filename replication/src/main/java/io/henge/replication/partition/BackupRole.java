package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.topology.MemberId;

/** An in-sync backup: keeps the log without holes, acknowledges, answers local reads. */
final class BackupRole implements Role {

  private final ReplicaState state;
  private boolean synced;
  private long lastHeard;

  BackupRole(ReplicaState state, long now) {
    this.state = state;
    this.lastHeard = now;
  }

  @Override
  public void onMessage(MemberId from, PartitionMessage message, long now) {
    if (message instanceof Append append && from.equals(state.assignment.primary())) {
      lastHeard = now;
      onAppend(from, append);
    }
  }

  private void onAppend(MemberId from, Append append) {
    boolean news = !synced || FrameIntake.asksForAnswer(state, append);
    if (!synced) {
      // What the primary's commit index covers is here: this replica acknowledged it in the epoch
      // in which it was committed. What lies above may never have been committed: void until
      // resent.
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
        state.send(from, new Appended(state.number, append.epoch(), append.base(), true));
        return;
      }
      state.cut(Math.max(append.base(), state.log.commit()));
      synced = true;
    }
    boolean hole = FrameIntake.take(state, append);
    if (news || hole) {
      state.send(from, new Appended(state.number, append.epoch(), state.log.last(), hole));
    }
  }

  @Override
  public void onTick(long now) {
    // The primary drives; but the last commit index is not acknowledged, so it may have been lost.
    boolean waits = synced && state.log.last() > state.log.commit();
    if (waits && now - lastHeard > 4 * state.settings.retransmit()) {
      lastHeard = now;
      state.send(
          state.assignment.primary(),
          new Appended(state.number, state.epoch(), state.log.last(), true));
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
