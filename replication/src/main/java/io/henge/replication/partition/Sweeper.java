package io.henge.replication.partition;

import io.henge.replication.partition.Effect.Kind;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The primary's expiry (PROTOCOL 4.7): what has expired leaves the partition by an effect and not
 * otherwise, appended when somebody asks for the entry or, a bounded number per step, when its
 * deadline has come.
 *
 * <p>An access that moves a deadline on by little is noted here and not logged: a hot entry would
 * fill the log with touches. The note is logged when it would make a difference, at the latest when
 * the logged deadline comes; a failover forgets at most the share of a lifetime that counts as
 * little.
 */
final class Sweeper {

  /** Entries looked at in one step. */
  private static final int STEP = 64;

  /** An access that moves the deadline by less than this part of the lifetime is noted only. */
  private static final int LITTLE = 8;

  private static final long MOST_OF_LITTLE = 10_000_000_000L;
  private static final int MAX_NOTES = 4096;

  /** How long before the next deadline ticks are asked for. */
  private static final long AHEAD = 20_000_000L;

  private final ReplicaState state;
  private final PrimaryRole primary;
  private final Map<EntryKey, Note> notes = new HashMap<>();
  private long swept;

  /** A deadline that is not logged, of the entry with that version. */
  private record Note(long version, long deadline) {}

  Sweeper(ReplicaState state, PrimaryRole primary) {
    this.state = state;
    this.primary = primary;
  }

  /**
   * The entry's state when everything in the log is applied, with the deadline that counts. If that
   * has come, the entry is made to expire first.
   */
  StoredValue head(EntryKey key, long now) {
    StoredValue head = headAsItIs(key);
    if (!head.present() || !head.expiredAt(time(now))) {
      return head;
    }
    expire(key);
    return primary.tail().head(key);
  }

  /** As {@link #head}, but what has expired stays: code has run on it. */
  StoredValue headAsItIs(EntryKey key) {
    return noted(key, primary.tail().head(key));
  }

  /** Whether a committed state must not be told any more, since its deadline has come. */
  boolean overdue(EntryKey key, StoredValue committed, long now) {
    return committed.present() && noted(key, committed).expiredAt(time(now));
  }

  /** An operation read an entry that is there; {@code lifetime} is not 0. */
  void accessed(EntryKey key, StoredValue head, long lifetime, long now) {
    if (lifetime == Lifetimes.UNCHANGED) {
      return;
    }
    long deadline = Evaluation.deadline(lifetime, head, time(now));
    StoredValue logged = primary.tail().head(key);
    boolean little =
        deadline >= logged.deadline()
            && deadline - logged.deadline() <= Math.min(lifetime / LITTLE, MOST_OF_LITTLE);
    if (little && (notes.size() < MAX_NOTES || notes.containsKey(key))) {
      notes.put(key, new Note(logged.version(), deadline));
    } else if (!primary.full()) {
      touch(key, deadline);
    }
  }

  /**
   * Lets expire what is due, but not while code runs on it.
   *
   * @param reserved tells the keys on which code runs
   */
  void sweep(Predicate<EntryKey> reserved, long now) {
    swept = time(now);
    if (state.store.earliestDeadline() > swept || primary.full()) {
      return;
    }
    List<EntryKey> due = new ArrayList<>();
    state.store.visitDue(swept, STEP, due::add);
    for (EntryKey key : due) {
      StoredValue logged = primary.tail().head(key);
      if (logged.present() && logged.expiredAt(swept) && !reserved.test(key)) {
        StoredValue head = noted(key, logged);
        if (head.expiredAt(swept)) {
          expire(key);
        } else {
          touch(key, head.deadline());
        }
      }
    }
  }

  /** Whether a deadline is near. */
  boolean waiting() {
    return state.store.earliestDeadline() - AHEAD <= swept;
  }

  /** Appends the expiry of an entry. */
  void expire(EntryKey key) {
    notes.remove(key);
    primary.appendOwn(Kind.EXPIRE, key, StoredValue.NEVER);
  }

  private void touch(EntryKey key, long deadline) {
    notes.remove(key);
    primary.appendOwn(Kind.TOUCH, key, deadline);
  }

  private StoredValue noted(EntryKey key, StoredValue value) {
    Note note = notes.isEmpty() ? null : notes.get(key);
    if (note == null || !value.present()) {
      return value;
    }
    if (note.version() != value.version()) {
      if (note.version() < value.version()) {
        notes.remove(key); // the entry was changed since
      }
      return value;
    }
    return new StoredValue(value.value(), value.version(), note.deadline());
  }

  private long time(long now) {
    return state.clock.time(now);
  }
}
