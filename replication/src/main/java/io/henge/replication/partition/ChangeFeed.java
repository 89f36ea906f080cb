package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.ChangesTaken;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A primary tells members that listen what was committed, in the order of the log. Each message
 * says after which index it goes on, so that the reader notices a hole; what was not taken is sent
 * again; what is no longer here is told as missed, never left out in silence.
 */
final class ChangeFeed {

  private static final int BATCH_BYTES = 48 * 1024;
  private static final int BATCH = 256;
  private static final long WINDOW_BYTES = 1L << 20;

  /** Such a batch may be overtaken by later ones, which the reader would take for a hole. */
  private static final int LARGE_BATCH_BYTES = 1 << 20;

  /** The longest pause between two repetitions, as a power of two of the first one. */
  private static final int MAX_REPEATS = 5;

  private final ReplicaState state;
  private final Map<MemberId, ChangeReader> readers = new LinkedHashMap<>();

  ChangeFeed(ReplicaState state) {
    this.state = state;
  }

  /** A member says what it wants, and where it stands. */
  void onWanted(MemberId from, ChangesWanted wanted, long now) {
    ChangeReader reader = readers.get(from);
    if (reader != null && wanted.round() < reader.round) {
      return; // late
    }
    if (wanted.caches().isEmpty()) {
      readers.remove(from);
    } else if (state.authority.leaseValid()) { // who may be deposed confirms nothing
      boolean anew =
          reader == null || (wanted.after() < 0 && (reader.begun || wanted.round() > reader.round));
      if (anew) {
        long start = wanted.after() < 0 ? state.log.commit() : wanted.after();
        reader = new ChangeReader(from, start, wanted.after() >= 0, now);
        readers.put(from, reader);
      } else {
        goOn(reader, wanted, now);
      }
      reader.round = wanted.round();
      reader.wants(wanted.caches(), state.log.commit());
      reader.owed = true;
      pump(reader, now);
    }
    noteTaken();
  }

  private static void goOn(ChangeReader reader, ChangesWanted wanted, long now) {
    if (wanted.after() >= 0) {
      reader.took(wanted.after(), now);
    }
    if (wanted.again() || !reader.begun) {
      reader.rewind();
    }
  }

  /** A member says how far it came. */
  void onTaken(MemberId from, ChangesTaken word, long now) {
    ChangeReader reader = readers.get(from);
    if (reader != null) {
      reader.took(word.upTo(), now);
      noteTaken();
      pump(reader, now);
    }
  }

  /** Tells what was committed since. */
  void flush(long now) {
    for (ChangeReader reader : readers.values()) {
      pump(reader, now);
    }
  }

  private void pump(ChangeReader reader, long now) {
    ChangeLog log = state.changes;
    if (!state.authority.memberActive(reader.member) || !log.listens(reader.member)) {
      return;
    }
    while (reader.owed || (mayFollow(reader) && log.after(reader.sent) < log.size())) {
      reader.owed = false;
      int place = log.after(reader.sent);
      List<Change> batch = new ArrayList<>();
      int bytes = 0;
      long upTo = reader.sent;
      while (place < log.size() && bytes < BATCH_BYTES && batch.size() < BATCH) {
        Change change = log.change(place);
        if (reader.wants(change)) {
          Change told = reader.told(change, log.client(place));
          batch.add(told);
          bytes += told.bytes();
        }
        upTo = change.index();
        place++;
      }
      if (place == log.size()) {
        upTo = Math.max(upTo, state.log.commit());
      }
      if (bytes > LARGE_BATCH_BYTES) {
        reader.heldUntil = upTo;
      }
      if (!reader.outstanding()) {
        reader.progressAt = now;
      }
      send(reader, upTo, batch);
    }
  }

  private boolean mayFollow(ChangeReader reader) {
    return !reader.held()
        && (reader.repeats == 0 || reader.sent == reader.taken)
        && state.changes.bytesBetween(reader.taken, reader.sent) < WINDOW_BYTES;
  }

  private void send(ChangeReader reader, long upTo, List<Change> batch) {
    state.send(
        reader.member,
        new Changes(
            state.number,
            reader.round,
            reader.introduced || reader.begun ? reader.sent : -1,
            state.rules.missedChangesAreTold() ? reader.missed(state.changes) : 0,
            upTo,
            batch));
    reader.introduced = true;
    reader.sent = upTo;
  }

  /** Sends again what was not taken for long, less and less often. */
  void onTick(long now) {
    retainListeners();
    for (ChangeReader reader : readers.values()) {
      long patience = (2 * state.settings.retransmit()) << Math.min(reader.repeats, MAX_REPEATS);
      if (reader.outstanding()
          && now - reader.progressAt > patience
          && !state.authority.sendingLarge(reader.member)) {
        reader.progressAt = now;
        reader.repeats++;
        reader.rewind();
        pump(reader, now);
      }
    }
  }

  /** Forgets readers that are gone. */
  void retainListeners() {
    if (readers.keySet().removeIf(member -> !state.changes.listens(member))) {
      noteTaken();
    }
  }

  private void noteTaken() {
    long taken = Long.MAX_VALUE;
    for (ChangeReader reader : readers.values()) {
      taken = Math.min(taken, reader.taken);
    }
    state.changes.takenUpTo(taken);
  }

  /** This member is no longer primary. */
  void deposed() {
    readers.clear();
    noteTaken();
  }

  /** Whether {@link #onTick} has something to wait for. */
  boolean waiting() {
    for (ChangeReader reader : readers.values()) {
      if (reader.outstanding()) {
        return true;
      }
    }
    return false;
  }
}
