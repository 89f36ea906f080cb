package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.AnswerLimit;
import io.henge.replication.partition.PartitionMessage.AnswerLimitKnown;
import io.henge.replication.partition.PartitionMessage.Tail;
import io.henge.replication.partition.PartitionMessage.TailWanted;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a replica of an asynchronous partition keeps for whoever takes over: how far the primary may
 * have answered, and its own tail (PROTOCOL 4.8).
 */
final class Survivor {

  private final ReplicaState state;
  private long epoch;
  private long round;

  /** Nothing above was answered by any primary without this replica holding it, or it was noted. */
  private long limit;

  Survivor(ReplicaState state) {
    this.state = state;
  }

  /** How far an earlier primary may have answered, 0 if none ever did. */
  long limit() {
    return limit;
  }

  /** The partition begins, or this member holds no replica any more. */
  void forget() {
    epoch = 0;
    round = 0;
    limit = 0;
  }

  /** This member was primary until now: it knows best how far it answered. */
  void wasPrimary(long answered) {
    forget();
    limit = answered;
  }

  /** The primary changes its limit: an earlier one's is void, since that one's loss was noted. */
  void onLimit(MemberId from, AnswerLimit message) {
    if (!from.equals(state.assignment.primary())) {
      return;
    }
    if (message.epoch() > epoch || message.round() > round) {
      epoch = message.epoch();
      round = message.round();
      limit = message.limit();
    }
    if (message.round() == round) {
      state.send(from, new AnswerLimitKnown(state.number, message.epoch(), round));
    }
  }

  /** A new primary asks for what it lacks. */
  void onTailWanted(MemberId from, TailWanted wanted) {
    EffectLog log = state.log;
    boolean mine = from.equals(state.assignment.primary());
    if (!mine || !state.assignment.inSync().contains(state.self)) {
      return;
    }
    List<Effect> effects = new ArrayList<>();
    int bytes = 0;
    long index = wanted.end() + 1;
    while (log.retains(index) && index <= log.last() && bytes < state.settings.frameBytes()) {
      Effect effect = log.get(index++);
      effects.add(effect);
      bytes += effect.bytes();
    }
    state.send(from, new Tail(state.number, wanted.epoch(), log.last(), limit, effects));
  }
}
