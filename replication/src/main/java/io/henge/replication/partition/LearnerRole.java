package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.ChunkReceived;
import io.henge.replication.partition.PartitionMessage.LearnerStatus;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.partition.PartitionMessage.SnapshotEntry;
import io.henge.replication.topology.MemberId;

/**
 * A learner: catches up by the tail of the primary's log, or by a transfer of the map with the new
 * effects beside it (PROTOCOL 4.9). Never serves, never counts (I17).
 */
final class LearnerRole implements Role {

  private final ReplicaState state;
  private final IncomingTransfer transfer;
  private final FrameIntake intake;
  private boolean synced;
  private long lastHeard;

  LearnerRole(ReplicaState state, IncomingTransfer transfer, long now) {
    this.state = state;
    this.transfer = transfer;
    this.intake = new FrameIntake(state);
    state.clock.follow();
    // Its log was cut at its own commit index: what is there is final.
    intake.begin(state.log.commit());
    this.lastHeard = now;
    sendStatus();
  }

  @Override
  public void onMessage(MemberId from, PartitionMessage message, long now) {
    if (!from.equals(state.assignment.primary())) {
      return;
    }
    if (message instanceof Append append) {
      onAppend(from, append, now);
    } else if (message instanceof SnapshotChunk chunk) {
      onChunk(from, chunk, now);
    }
  }

  private void onAppend(MemberId from, Append append, long now) {
    if (!state.complete && transfer.id == 0) {
      return; // its log has no beginning yet: the first chunk tells
    }
    lastHeard = now;
    state.clock.heard(append.time(), now);
    boolean news = !synced || intake.asksForAnswer(append);
    boolean hole = intake.take(append);
    synced = synced || !hole;
    finishIfComplete();
    if (news || hole) {
      state.send(
          from, new Appended(state.number, append.epoch(), transfer.id, intake.confirmed(), hole));
    }
  }

  private void onChunk(MemberId from, SnapshotChunk chunk, long now) {
    if (chunk.transfer() < transfer.id || (state.complete && chunk.transfer() == transfer.id)) {
      acknowledge(from, chunk);
      return;
    }
    lastHeard = now;
    if (chunk.transfer() > transfer.id) {
      if (chunk.chunk() != 0) {
        return;
      }
      if (state.complete && intake.confirmed() >= chunk.start()) {
        // Late or needless: to begin again would take back what was acknowledged. The primary had
        // committed up to the transfer's start, and is to see that this one is never begun.
        state.commitTo(Math.max(state.log.commit(), chunk.start()), effect -> {});
        sendStatus();
        return;
      }
      state.reset(chunk.start(), false);
      transfer.begin(chunk.transfer());
      intake.begin(chunk.start());
      synced = false;
    }
    if (chunk.chunk() == transfer.nextChunk) {
      state.clock.heard(chunk.time(), now);
      for (SnapshotEntry entry : chunk.entries()) {
        if (!state.authority.cacheDropped(entry.key().cache())) {
          state.store.apply(entry.key(), entry.value(), entry.version(), entry.deadline());
        }
      }
      for (LaneRecord lane : chunk.lanes()) {
        state.lanes.record(lane);
      }
      transfer.nextChunk++;
      if (chunk.last()) {
        transfer.allIn = true;
        transfer.completeAt = chunk.completeAt();
      }
      finishIfComplete();
    }
    if (chunk.chunk() < transfer.nextChunk) {
      acknowledge(from, chunk);
    }
  }

  private void acknowledge(MemberId from, SnapshotChunk chunk) {
    state.send(
        from, new ChunkReceived(state.number, chunk.epoch(), chunk.transfer(), chunk.chunk()));
  }

  /**
   * What the primary had committed when it read the last entry is final, though a frame with that
   * commit index may not have come yet: the promotion may come before it.
   */
  private void finishIfComplete() {
    if (state.complete || !transfer.allIn) {
      return;
    }
    state.commitTo(Math.min(transfer.completeAt, state.log.last()), effect -> {});
    if (state.log.commit() >= transfer.completeAt) {
      state.completed();
    }
  }

  @Override
  public void onTick(long now) {
    long patience = (synced ? 4 : 2) * state.settings.retransmit();
    if (now - lastHeard > patience) {
      lastHeard = now;
      sendStatus();
    }
  }

  private void sendStatus() {
    MemberId primary = state.assignment.primary();
    if (primary != null) {
      state.send(
          primary,
          new LearnerStatus(
              state.number,
              state.epoch(),
              state.log.commit(),
              state.complete,
              transfer.id,
              transfer.nextChunk));
    }
  }

  @Override
  public boolean waiting() {
    return true;
  }

  @Override
  public boolean inSync() {
    return false;
  }
}
