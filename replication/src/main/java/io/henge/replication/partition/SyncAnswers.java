package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;

/** Answers what is committed: every in-sync replica holds it (PROTOCOL 4.5, 4.6). */
final class SyncAnswers implements AnswerRule {

  private final ReplicaState state;
  private final PrimaryRole primary;

  SyncAnswers(ReplicaState state, PrimaryRole primary) {
    this.state = state;
    this.primary = primary;
  }

  @Override
  public boolean accepts() {
    return true;
  }

  @Override
  public StoredValue read(EntryKey key) {
    boolean blocked =
        state.rules.inheritedBlocksRead(
            primary.tail().newestOn(key), primary.inherited(), state.log.commit());
    return blocked ? null : state.store.committed(key);
  }

  @Override
  public boolean scanBlocked() {
    return primary.inherited() > state.log.commit();
  }

  @Override
  public boolean putsAside(Request scan) {
    return false;
  }

  @Override
  public boolean answered(long index) {
    return false;
  }

  @Override
  public long answeredIndex() {
    return state.log.commit();
  }

  @Override
  public void committed(Effect effect) {
    if (effect.operation() != null) {
      primary.answer(effect);
    }
  }

  @Override
  public void flush(long now) {
    // Answers go out as effects are committed.
  }

  @Override
  public void epochBegan(long now) {
    // Nothing that it knows depends on the epoch.
  }

  @Override
  public void deposed() {
    // Nothing to hand over.
  }

  @Override
  public boolean mayPropose(Follower learner) {
    return true;
  }

  @Override
  public void release(MemberId replica) {
    state.output.proposeShrink(state.number, state.epoch(), replica, false);
  }

  @Override
  public void onMessage(Follower from, PartitionMessage message, long now) {
    // What only asynchronous partitions say.
  }

  @Override
  public void onTick(long now) {
    // Nothing to wait for.
  }

  @Override
  public boolean waiting() {
    return false;
  }
}
