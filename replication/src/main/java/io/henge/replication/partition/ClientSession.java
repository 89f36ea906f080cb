package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.List;

/**
 * The caller's side of operations: routes each to the primary, or a read to the copy that its
 * policy chooses, repeats it under the same id until the timeout, and tells done, not done and
 * unknown apart (DESIGN section 1). Pure; steps by one thread at a time.
 *
 * <p>An operation that was ever sent and not answered is unknown, not refused: a copy of a request
 * may still be under way.
 */
public final class ClientSession {

  /** What the session must know of the cluster. */
  public interface Routes {

    /** The partition's primary, or null while there is none or this member has no lease. */
    MemberId primary(int partition);

    /** The copies that may answer reads, the primary first; empty when {@link #primary} is null. */
    default List<MemberId> copies(int partition) {
      MemberId primary = primary(partition);
      return primary == null ? List.of() : List.of(primary);
    }

    /** Whether a large message is on its way to or from a member, which takes its time. */
    default boolean exchangingLarge(MemberId member) {
      return false;
    }

    /** One plain sentence on why there is no primary to ask. */
    String whyNoPrimary(int partition);
  }

  /** Where the session's effects go. Must not call back into the session. */
  public interface Output {

    /** Sends, also to this member itself. */
    void send(MemberId to, Request request);

    /** The caller's code may run on this value (null if absent); {@link #complete} must follow. */
    void granted(ClientOperation operation, byte[] value);

    /** The primary cannot run the processor; {@link #reserveInstead} must follow. */
    void notRunnable(ClientOperation operation);

    /** The operation has ended. */
    void finished(ClientOperation operation, ClientResult result);
  }

  /** What a request is granted to arrive and be replicated, beyond the usual time. */
  private static final long NANOS_PER_BYTE = 100;

  private final MemberId self;
  private final ClientSettings settings;
  private final Routes routes;
  private final Output output;
  private final ClientOperation[] byLane;
  private final long[] sequences;
  private final long[] grantedVersions;
  private int active;

  /** Creates a session without operations. */
  public ClientSession(MemberId self, ClientSettings settings, Routes routes, Output output) {
    this.self = self;
    this.settings = settings;
    this.routes = routes;
    this.output = output;
    this.byLane = new ClientOperation[settings.lanes()];
    this.sequences = new long[settings.lanes()];
    this.grantedVersions = new long[settings.lanes()];
  }

  /** Begins an operation; returns null if all lanes are taken. */
  public ClientOperation begin(
      int partition, EntryKey key, Operation operation, Object attachment, long now) {
    return begin(partition, key, operation, null, attachment, now);
  }

  /**
   * Begins an operation.
   *
   * @param reads for a read, the copies that it asks; null to ask the primary
   * @return null if all lanes are taken
   */
  public ClientOperation begin(
      int partition,
      EntryKey key,
      Operation operation,
      ReadAttempts reads,
      Object attachment,
      long now) {
    for (int lane = 0; lane < byLane.length; lane++) {
      if (byLane[lane] == null) {
        OperationId id = new OperationId(self, lane, ++sequences[lane]);
        ClientOperation begun =
            new ClientOperation(
                id, partition, key, operation, reads, attachment, now, now + settings.timeout());
        byLane[lane] = begun;
        active++;
        route(begun, now);
        return begun;
      }
    }
    return null;
  }

  /** Number of operations under way. */
  public int active() {
    return active;
  }

  /**
   * The caller's code has run: sends what it did. Nothing happens if the operation has ended.
   *
   * @param lifetime how long the entry lives after it, as in {@link
   *     io.henge.replication.topology.Lifetimes}
   */
  public void complete(
      ClientOperation operation,
      Operation.Change change,
      byte[] value,
      byte[] result,
      long lifetime,
      long now) {
    if (operation.stage == ClientOperation.Stage.FINISHED) {
      return; // under the code: the cache was destroyed, or an earlier completion was done after
      // all
    }
    if (operation.stage != ClientOperation.Stage.HOLDING) {
      throw new IllegalStateException("no reservation is held by " + operation);
    }
    // A version of the former cluster may be another value in this one: the code runs again.
    operation.operation =
        operation.formerGrant
            ? new Operation.Reserve()
            : new Operation.Complete(
                grantedVersions[operation.id().lane()], change, value, result, lifetime);
    operation.formerGrant = false;
    operation.deadline = now + settings.timeout();
    operation.refusals = 0;
    route(operation, now);
  }

  /**
   * Goes on under a reservation, with the same id, so that nothing can happen twice. Nothing
   * happens if the operation has ended.
   */
  public void reserveInstead(ClientOperation operation, long now) {
    if (operation.stage == ClientOperation.Stage.FINISHED) {
      return; // a copy of the request was run after all
    }
    operation.operation = new Operation.Reserve();
    operation.deadline = now + settings.timeout();
    route(operation, now);
  }

  /** Handles an answer; late and foreign ones are ignored. */
  public void onAnswer(Answer answer, long now) {
    int lane = answer.id().lane();
    if (lane < 0 || lane >= byLane.length) {
      return;
    }
    ClientOperation operation = byLane[lane];
    if (operation == null || !operation.id().equals(answer.id())) {
      return;
    }
    if (operation.reads != null) {
      boolean refused =
          answer.status() != AnswerStatus.DONE && answer.status() != AnswerStatus.UNCHANGED;
      operation.reads.answered(answer.attempt(), refused, settings.retry(), now);
    }
    switch (answer.status()) {
      case DONE -> finish(operation, ClientResult.Kind.DONE, answer);
      case UNCHANGED -> finish(operation, ClientResult.Kind.UNCHANGED, answer);
      case FORGOTTEN ->
          finish(
              operation,
              ClientResult.Kind.UNKNOWN,
              null,
              "it was done, but its result is no longer remembered");
      case CACHE_DROPPED ->
          finish(operation, ClientResult.Kind.CACHE_DROPPED, null, "the cache was destroyed");
      case GRANTED -> onGranted(operation, answer, now);
      case RUNNING -> onRunning(operation, now);
      case NOT_RUNNABLE -> onNotRunnable(operation, answer);
      case CONFLICT -> onConflict(operation, answer, now);
      case NOT_PRIMARY, RETRY_LATER -> onRefused(operation, answer, now);
    }
  }

  private void onGranted(ClientOperation operation, Answer answer, long now) {
    if (operation.operation instanceof Operation.Reserve
        && operation.stage != ClientOperation.Stage.HOLDING) {
      operation.stage = ClientOperation.Stage.HOLDING;
      operation.nextAction = now + settings.keepAlive();
      grantedVersions[operation.id().lane()] = answer.version();
      output.granted(operation, answer.value());
    }
  }

  private void onRunning(ClientOperation operation, long now) {
    if (operation.operation instanceof Operation.RunProcessor) {
      operation.deadline = Math.max(operation.deadline, now + settings.timeout());
      operation.nextAction = now + settings.maxRetry();
    }
  }

  private void onNotRunnable(ClientOperation operation, Answer answer) {
    if (operation.operation instanceof Operation.RunProcessor
        && answer.attempt() == operation.attempt) {
      operation.stage = ClientOperation.Stage.HOLDING;
      operation.nextAction = Long.MAX_VALUE;
      output.notRunnable(operation);
    }
  }

  private void onConflict(ClientOperation operation, Answer answer, long now) {
    if (operation.operation instanceof Operation.Complete
        && answer.attempt() == operation.attempt) {
      operation.operation = new Operation.Reserve();
      operation.deadline = now + settings.timeout();
      routeAgain(operation, now);
    }
  }

  private void onRefused(ClientOperation operation, Answer answer, long now) {
    if (answer.attempt() != operation.attempt || operation.stage != ClientOperation.Stage.SENT) {
      return;
    }
    operation.lastRefusal = answer.status();
    if (operation.reads != null
        && operation.reads.othersLeft(routes.copies(operation.partition()))) {
      routeAgain(operation, now); // another copy may know
      return;
    }
    operation.stage = ClientOperation.Stage.BACKOFF;
    operation.nextAction =
        now + grow(settings.backoff(), operation.refusals, settings.maxBackoff());
    operation.refusals++;
  }

  /** The table changed: what was sent to a member that is no longer primary is sent again. */
  public void onRoutesChanged(long now) {
    if (active == 0) {
      return;
    }
    for (ClientOperation operation : byLane) {
      if (operation == null) {
        continue;
      }
      switch (operation.stage) {
        case ROUTING, BACKOFF -> routeAgain(operation, now);
        case SENT -> {
          if (outdated(operation)) {
            routeAgain(operation, now);
          }
        }
        case HOLDING, FINISHED -> {}
      }
    }
  }

  /** Whether it waits for a member that would no longer be asked. */
  private boolean outdated(ClientOperation operation) {
    List<MemberId> copies = routes.copies(operation.partition());
    if (copies.isEmpty()) {
      return false;
    }
    if (operation.reads == null) {
      return !copies.get(0).equals(operation.target);
    }
    if (copies.contains(operation.target)) {
      return false;
    }
    operation.reads.beginAgain();
    return true;
  }

  /** Ends all operations: this incarnation is over. */
  public void close(String why) {
    for (ClientOperation operation : byLane) {
      if (operation != null && operation.stage != ClientOperation.Stage.HOLDING) {
        finishUnanswered(operation, why);
      }
    }
  }

  /**
   * What was left of the cluster was founded again. Ends all operations: what they did may be lost
   * with the former cluster, and what is done again may be another thing. Those whose code runs go
   * on, under another reservation.
   */
  public void onFoundedAgain(String why) {
    for (ClientOperation operation : byLane) {
      if (operation == null) {
        continue;
      }
      if (operation.stage == ClientOperation.Stage.HOLDING) {
        operation.formerGrant = true;
      } else {
        finishUnanswered(operation, why);
      }
    }
  }

  /** Lets time pass. */
  public void onTick(long now) {
    if (active == 0) {
      return;
    }
    for (ClientOperation operation : byLane) {
      if (operation != null) {
        tick(operation, now);
      }
    }
  }

  private void tick(ClientOperation operation, long now) {
    if (operation.stage == ClientOperation.Stage.HOLDING) {
      if (now >= operation.nextAction && operation.operation instanceof Operation.Reserve) {
        operation.nextAction = now + settings.keepAlive();
        MemberId primary = routes.primary(operation.partition());
        if (primary != null) {
          output.send(primary, request(operation));
        }
      }
    } else if (now >= operation.deadline) {
      timeOut(operation);
    } else if (operation.stage == ClientOperation.Stage.SENT
        && now >= operation.nextAction
        && mayBeOnItsWay(operation, now)) {
      operation.nextAction = now + settings.retry();
    } else if (operation.stage == ClientOperation.Stage.ROUTING || now >= operation.nextAction) {
      routeAgain(operation, now);
    }
  }

  /** Whether a large request, or the large answer to a read, may still be under way. */
  private boolean mayBeOnItsWay(ClientOperation operation, long now) {
    boolean large = operation.sentBytes > settings.largeBytes();
    boolean read = !operation.operation.logged();
    return (large || (read && now - operation.sentAt < 4 * settings.maxRetry()))
        && operation.target != null
        && routes.exchangingLarge(operation.target);
  }

  private void timeOut(ClientOperation operation) {
    MemberId primary = routes.primary(operation.partition());
    if (operation.operation instanceof Operation.Reserve && primary != null) {
      operation.operation = new Operation.Abandon();
      output.send(primary, request(operation));
    }
    finishUnanswered(operation, routes.whyNoPrimary(operation.partition()));
  }

  /** Whatever it would do now: a copy of anything logged that was once sent may still be done. */
  private void finishUnanswered(ClientOperation operation, String why) {
    ClientResult.Kind kind =
        operation.everSent ? ClientResult.Kind.UNKNOWN : ClientResult.Kind.NOT_DONE;
    finish(operation, kind, null, why);
  }

  /** Routes what was routed before; waiting for somebody to ask counts once. */
  private void routeAgain(ClientOperation operation, long now) {
    if (operation.target != null || operation.repeats == 0) {
      operation.repeats++;
    }
    route(operation, now);
  }

  private void route(ClientOperation operation, long now) {
    List<MemberId> copies = routes.copies(operation.partition());
    if (copies.isEmpty()) {
      operation.stage = ClientOperation.Stage.ROUTING;
      operation.target = null;
      return;
    }
    ReadAttempts reads = operation.reads;
    MemberId target =
        reads == null ? copies.get(0) : reads.next(operation.partition(), copies, now);
    operation.attempt++;
    operation.stage = ClientOperation.Stage.SENT;
    operation.target = target;
    operation.everSent |= operation.operation.logged();
    Request request = request(operation);
    operation.sentAt = now;
    operation.sentBytes = PartitionCodec.estimate(request);
    operation.nextAction =
        now
            + (reads != null && reads.othersLeft(copies)
                ? reads.patience(target, settings.retry(), now)
                : grow(settings.retry(), operation.attempt - 1, settings.maxRetry()))
            + NANOS_PER_BYTE * operation.sentBytes;
    if (reads != null) {
      reads.sent(operation.attempt, target, now);
    }
    output.send(target, request);
  }

  private Request request(ClientOperation operation) {
    return new Request(
        operation.partition(),
        operation.id(),
        operation.attempt,
        operation.key(),
        operation.operation);
  }

  private void finish(ClientOperation operation, ClientResult.Kind kind, Answer answer) {
    long position = operation.operation.logged() ? answer.version() : 0;
    finish(operation, new ClientResult(kind, answer.value(), null, position));
  }

  private void finish(ClientOperation operation, ClientResult.Kind kind, byte[] value, String why) {
    finish(operation, new ClientResult(kind, value, why));
  }

  private void finish(ClientOperation operation, ClientResult result) {
    operation.stage = ClientOperation.Stage.FINISHED;
    if (operation.reads != null) {
      operation.reads.ended();
    }
    byLane[operation.id().lane()] = null;
    active--;
    output.finished(operation, result);
  }

  private static long grow(long base, int times, long limit) {
    return Math.min(limit, base << Math.min(times, 20));
  }
}
