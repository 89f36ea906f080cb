package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;

/**
 * When a primary answers and what it shows: all in which the replication modes differ. How effects
 * reach the other replicas and are committed is the same in both.
 */
sealed interface AnswerRule permits SyncAnswers, AsyncAnswers {

  /** Whether requests may be executed; false while it is not known what earlier primaries did. */
  boolean accepts();

  /** The entry as callers may see it, or null if that cannot be told yet. */
  StoredValue read(EntryKey key);

  /** Whether the map may not be scanned yet. */
  boolean scanBlocked();

  /** Puts a scan aside until the map shows everything that was answered; returns whether it did. */
  boolean putsAside(Request scan);

  /** Whether the operation of the effect at this index was answered before it was committed. */
  boolean answered(long index);

  /** Everything up to here was answered, or may be; -1 before anything may. */
  long answeredIndex();

  /** An effect was committed and applied to the map. */
  void committed(Effect effect);

  /** Effects were appended, acknowledged or committed. */
  void flush(long now);

  /** The primary goes on in a new epoch. */
  void epochBegan(long now);

  /** This member is no longer primary. */
  void deposed();

  /** Whether a learner whose acknowledgement binds may be proposed for promotion. */
  boolean mayPropose(Follower learner);

  /** A replica is to go, as soon as this primary needs nothing of it. */
  void release(MemberId replica);

  /** A message that only one of the modes knows. */
  void onMessage(Follower from, PartitionMessage message, long now);

  /** Lets time pass. */
  void onTick(long now);

  /** Whether {@link #onTick} has something to wait for. */
  boolean waiting();
}
