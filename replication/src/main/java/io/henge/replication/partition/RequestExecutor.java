package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.OperationId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The primary's handling of callers' requests: repeats, reads, reservations, evaluation. */
final class RequestExecutor {

  private final ReplicaState state;
  private final PrimaryRole primary;
  private final Sweeper sweeper;
  private final WaitingReads reads;
  private final Map<EntryKey, Reservation> reservations = new LinkedHashMap<>();

  RequestExecutor(ReplicaState state, PrimaryRole primary, Sweeper sweeper) {
    this.state = state;
    this.primary = primary;
    this.sweeper = sweeper;
    this.reads = new WaitingReads(state.settings.maxQueued());
  }

  void execute(Request request, long now) {
    boolean once =
        !(request.operation() instanceof Operation.Get)
            && !(request.operation() instanceof Operation.Scan);
    if (!primary.answers().accepts() || !state.authority.memberKnown(request.id().client())) {
      refuse(request, AnswerStatus.RETRY_LATER);
    } else if (once && isRepeat(request)) {
      return; // even if the cache was destroyed since: it was done
    } else if (!state.authority.cacheExists(request.key().cache())) {
      refuse(request, whyNoCache(request.key().cache()));
    } else if (request.operation() instanceof Operation.Get get) {
      read(request, get, now);
    } else if (request.operation() instanceof Operation.Scan scan) {
      scan(request, scan, now);
    } else if (request.operation() instanceof Operation.Abandon) {
      abandon(request, now);
    } else {
      executeOnce(request, now);
    }
  }

  /** Only what is gone for good is said to be: the caller may have heard of a new cache first. */
  private AnswerStatus whyNoCache(int cache) {
    return state.authority.cacheDropped(cache)
        ? AnswerStatus.CACHE_DROPPED
        : AnswerStatus.RETRY_LATER;
  }

  private boolean isRepeat(Request request) {
    OperationId id = request.id();
    Effect underWay = primary.tail().newestOf(id);
    LaneRecord committed = state.lanes.find(id);
    long newest =
        Math.max(
            underWay == null ? 0 : underWay.operation().sequence(),
            committed == null ? 0 : committed.operation().sequence());
    if (!state.rules.alreadyExecuted(id.sequence(), newest)) {
      return false;
    }
    if (committed != null && committed.operation().equals(id)) {
      primary.answer(id, committed.outcome(), committed.index());
    } else if (underWay != null
        && underWay.operation().equals(id)
        && primary.answers().answered(underWay.index())) {
      primary.answer(underWay);
    }
    return true; // under way: answered at its commit; older: its caller has moved on
  }

  private void executeOnce(Request request, long now) {
    if (primary.full()) {
      refuse(request, AnswerStatus.RETRY_LATER);
      return;
    }
    Reservation reservation = reservations.get(request.key());
    if (reservation != null && outlived(reservation, request.id())) {
      release(request.key(), now);
      reservation = reservations.get(request.key());
    }
    if (request.operation() instanceof Operation.Complete complete) {
      complete(request, complete, reservation, now);
    } else if (request.operation() instanceof Operation.Clear) {
      primary.append(request, Evaluation.of(request.operation(), StoredValue.ABSENT, 0));
    } else if (reservation == null) {
      begin(request, now);
    } else if (reservation.owner.id().equals(request.id())) {
      reservation.heard(request, now);
      tell(request, reservation);
    } else if (!reservation.enqueue(request, state.settings.maxQueued())) {
      refuse(request, AnswerStatus.RETRY_LATER);
    }
  }

  private void begin(Request request, long now) {
    StoredValue head = sweeper.head(request.key(), now);
    if (request.operation() instanceof Operation.Reserve
        || request.operation() instanceof Operation.RunProcessor) {
      Reservation reservation = new Reservation(request, head, ticket(head), now);
      if (reservation.local() && !run(reservation)) {
        refuse(request, AnswerStatus.NOT_RUNNABLE);
        return;
      }
      reservations.put(request.key(), reservation);
      // Most processors are done before their caller asks again: who asks is told that it runs.
      if (!reservation.local() || request.attempt() > 1) {
        tell(request, reservation);
      }
    } else {
      primary.append(request, Evaluation.of(request.operation(), head, state.clock.time(now)));
    }
  }

  /**
   * What a caller shows when its code has run. A committed version names its value for ever. An
   * uncommitted one does not, since another primary may put another effect at its index: it gets a
   * number that only this primary knows.
   */
  private long ticket(StoredValue head) {
    return head.version() <= state.log.commit()
        ? head.version()
        : -((state.epoch() << 24) + ++state.tickets);
  }

  /**
   * Runs the owner's processor, but never a second time while it is still running: an earlier run
   * may have been started by this member in an earlier epoch, on another value.
   *
   * @return false if this member has no room for it
   */
  private boolean run(Reservation reservation) {
    Request owner = reservation.owner;
    if (state.running.containsKey(owner.id())) {
      return true;
    }
    boolean runs =
        state.output.runProcessor(
            state.number,
            owner.id(),
            owner.key(),
            ((Operation.RunProcessor) owner.operation()).processor(),
            reservation.head.value());
    if (runs) {
      state.running.put(owner.id(), reservation);
    }
    return runs;
  }

  private void tell(Request request, Reservation reservation) {
    if (reservation.local()) {
      reply(request, AnswerStatus.RUNNING, null, 0);
    } else {
      reply(request, AnswerStatus.GRANTED, reservation.head.value(), reservation.ticket);
    }
  }

  private void complete(
      Request request, Operation.Complete complete, Reservation reservation, long now) {
    boolean own = reservation != null && reservation.owner.id().equals(request.id());
    StoredValue head = sweeper.headAsItIs(request.key());
    boolean granted = own && complete.version() == reservation.ticket && reservation.standsOn(head);
    // After a failover the new primary knows of no reservation: the version tells whether the code
    // still ran on what the entry holds (PROTOCOL 4.12).
    boolean unchanged =
        (own || reservation == null)
            && complete.version() >= 0
            && head.version() == complete.version();
    if (granted || unchanged) {
      primary.append(request, Evaluation.of(complete, head, state.clock.time(now)));
    } else {
      reply(request, AnswerStatus.CONFLICT, null, 0);
    }
    if (own) {
      release(request.key(), now);
    }
  }

  void onProcessed(ProcessorOutcome outcome, Reservation ran, long now) {
    Reservation reservation = null;
    for (Reservation each : reservations.values()) {
      if (each.local() && each.owner.id().equals(outcome.id())) {
        reservation = each;
      }
    }
    if (reservation == null) {
      return; // its time limit was over, or this member was deposed meanwhile
    }
    Request owner = reservation.owner;
    StoredValue head = sweeper.headAsItIs(owner.key());
    if (!outcome.runnable()) {
      refuse(owner, AnswerStatus.NOT_RUNNABLE);
    } else if (!reservation.equals(ran) || !reservation.standsOn(head)) {
      // It ran for an earlier reservation, or the cache was cleared meanwhile: run it on what there
      // is.
      reservation.head = head;
      if (run(reservation)) {
        return;
      }
      refuse(owner, AnswerStatus.NOT_RUNNABLE);
    } else if (!isRepeat(owner)) {
      // Were its lane further already, a late effect would hide the newer one from retries.
      primary.append(
          owner,
          Evaluation.ofCode(
              outcome.change(),
              outcome.value(),
              outcome.result(),
              outcome.lifetime(),
              head,
              state.clock.time(now)));
    }
    release(owner.key(), now);
  }

  /** The caller no longer waits for its reservation: nobody else should wait for the caller. */
  private void abandon(Request request, long now) {
    Reservation reservation = reservations.get(request.key());
    if (reservation == null) {
      return;
    }
    if (!reservation.owner.id().equals(request.id())) {
      reservation.waiting.removeIf(waiting -> waiting.id().equals(request.id()));
    } else if (!reservation.local()) {
      release(request.key(), now);
    }
  }

  /** Ends the key's reservation and lets the requests behind it go on. */
  private void release(EntryKey key, long now) {
    Reservation ended = reservations.remove(key);
    if (ended != null) {
      goOn(ended, now);
    }
  }

  /** Ends several: only then do the first requests behind them go on, and find no key reserved. */
  private void releaseAll(Predicate<Reservation> over, long now) {
    List<Reservation> ended = reservations.values().stream().filter(over).toList();
    ended.forEach(each -> reservations.remove(each.owner.key()));
    ended.forEach(each -> goOn(each, now));
  }

  private void goOn(Reservation ended, long now) {
    for (Request request : ended.waiting) {
      execute(request, now);
    }
  }

  /** A later operation of the same lane proves that the owner is done with the earlier one. */
  private static boolean outlived(Reservation reservation, OperationId id) {
    OperationId owner = reservation.owner.id();
    return owner.client().equals(id.client())
        && owner.lane() == id.lane()
        && owner.sequence() < id.sequence();
  }

  void onTick(long now) {
    if (reservations.isEmpty()) {
      return;
    }
    releaseAll(
        each -> {
          long silence = each.local() ? 0 : now - each.lastHeard;
          return silence > state.settings.reservationSilence()
              || now - each.since > state.settings.reservationLimit();
        },
        now);
  }

  /** Whether somebody waits for the end of something. */
  boolean busy() {
    return !reservations.isEmpty();
  }

  /** Whether code runs on a key. */
  boolean reserved(EntryKey key) {
    return reservations.containsKey(key);
  }

  /** Ends the reservations of callers that were suspended or removed. */
  void dropReservationsOfTheGone(long now) {
    releaseAll(
        each -> !each.local() && !state.authority.memberActive(each.owner.id().client()), now);
  }

  /** This member is no longer primary. */
  void refuseAll() {
    List<Reservation> all = new ArrayList<>(reservations.values());
    reservations.clear();
    for (Reservation each : all) {
      for (Request request : each.waiting) {
        refuse(request, AnswerStatus.NOT_PRIMARY);
      }
    }
    reads.takeAll().forEach(each -> refuse(each.request(), AnswerStatus.NOT_PRIMARY));
  }

  private void read(Request request, Operation.Get get, long now) {
    StoredValue value = primary.answers().read(request.key());
    boolean overdue = value != null && sweeper.overdue(request.key(), value, now);
    if (overdue && !state.rules.expiryNeedsEffect()) {
      value = StoredValue.ABSENT;
    } else if (overdue) {
      letExpire(request, null);
      return;
    }
    // The value is read before the lease is checked, never the other way round (I13).
    if (value == null || !state.authority.leaseValid()) {
      refuse(request, AnswerStatus.RETRY_LATER);
    } else if (value.present() && get.access() == 0) {
      letExpire(request, value);
    } else {
      if (value.present() && get.access() != Lifetimes.UNCHANGED) {
        accessed(request.key(), value, get.access(), now);
      }
      answerRead(request, value);
    }
  }

  private void accessed(EntryKey key, StoredValue value, long lifetime, long now) {
    StoredValue head = sweeper.head(key, now);
    if (Arrays.equals(head.value(), value.value())) { // what is to change it has its own deadline
      sweeper.accessed(key, head, lifetime, now);
    }
  }

  /**
   * Lets an entry expire, because its deadline has come or because it was read.
   *
   * @param answer what the read is told when that is committed; null to read again
   */
  private void letExpire(Request request, StoredValue answer) {
    EntryKey key = request.key();
    StoredValue answerThen = answer;
    if (primary.tail().newestOn(key) > state.log.commit()) {
      answerThen = null; // it is about to change anyway: look again then
    } else if (primary.full()) {
      refuse(request, AnswerStatus.RETRY_LATER);
      return;
    } else {
      sweeper.expire(key);
    }
    long index = primary.tail().newestOn(key);
    if (!reads.add(new WaitingReads.Waiting(index, request, answerThen))) {
      refuse(request, AnswerStatus.RETRY_LATER);
    }
  }

  /** Goes on with the reads whose effect was committed; returns whether there were any. */
  boolean resumeReads(long now) {
    List<WaitingReads.Waiting> ready = reads.takeUpTo(state.log.commit());
    for (WaitingReads.Waiting each : ready) {
      if (each.answer() == null) {
        execute(each.request(), now);
      } else if (state.authority.leaseValid()) {
        answerRead(each.request(), each.answer());
      } else {
        refuse(each.request(), AnswerStatus.RETRY_LATER);
      }
    }
    return !ready.isEmpty();
  }

  private void answerRead(Request request, StoredValue value) {
    reply(
        request,
        value.present() ? AnswerStatus.DONE : AnswerStatus.UNCHANGED,
        value.value(),
        value.version());
  }

  private void scan(Request request, Operation.Scan scan, long now) {
    if (!primary.answers().putsAside(request)) {
      collect(request, scan, now);
    }
  }

  /** Answers a scan that was put aside. */
  void scanNow(Request request, long now) {
    collect(request, (Operation.Scan) request.operation(), now);
  }

  private void collect(Request request, Operation.Scan scan, long now) {
    boolean blocked = primary.answers().scanBlocked();
    byte[] batch =
        blocked
            ? null
            : ScanBatch.collect(
                    state.store,
                    request.key().cache(),
                    (key, value) -> !sweeper.overdue(key, value, now),
                    scan)
                .encode();
    if (blocked || !state.authority.leaseValid()) {
      refuse(request, AnswerStatus.RETRY_LATER);
    } else {
      reply(request, AnswerStatus.DONE, batch, 0);
    }
  }

  void refuse(Request request, AnswerStatus status) {
    reply(request, status, null, 0);
  }

  private void reply(Request request, AnswerStatus status, byte[] value, long version) {
    state.send(
        request.id().client(),
        new Answer(state.number, request.id(), request.attempt(), status, value, version));
  }
}
