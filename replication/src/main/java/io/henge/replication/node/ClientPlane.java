package io.henge.replication.node;

import io.henge.replication.partition.ClientOperation;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.ClientSession;
import io.henge.replication.partition.ClientSettings;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.ReadAttempts;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The callers of this member: their operations under way, and their threads that wait. */
final class ClientPlane {

  /**
   * One operation.
   *
   * @param reads the copies that a read asks, null for the primary
   */
  record Item(int partition, EntryKey key, Operation operation, ReadAttempts reads) {

    /** An operation of the primary. */
    Item(int partition, EntryKey key, Operation operation) {
      this(partition, key, operation, null);
    }
  }

  private static final int BATCH = 64;

  private final MemberId self;
  private final ClientSettings settings;
  private final ClientSession session;
  private final LocalDelivery local;
  private final LongSupplier clock;
  private final BiConsumer<MemberId, WireWriter> transport;
  private final Consumer<DelayedOperation> delayed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore lanes;
  private ClientEffects effects = new ClientEffects();
  private volatile String closed;
  private volatile String refusing;

  /** Creates a plane; {@code delayed} hears of each operation that had to be tried again. */
  ClientPlane(
      MemberId self,
      ClientSettings settings,
      ClientSession.Routes routes,
      BiConsumer<MemberId, WireWriter> transport,
      LocalDelivery local,
      Consumer<DelayedOperation> delayed,
      LongSupplier clock) {
    this.self = self;
    this.settings = settings;
    this.session = new ClientSession(self, settings, routes, new Output());
    this.transport = transport;
    this.local = local;
    this.delayed = delayed;
    this.clock = clock;
    this.lanes = new Semaphore(settings.lanes());
  }

  /** Runs one operation and waits for its end. */
  ClientResult call(int partition, EntryKey key, Operation operation) {
    return call(new Item(partition, key, operation));
  }

  /** Runs one operation and waits for its end. */
  ClientResult call(Item item) {
    return awaitEnd(begin(item));
  }

  /**
   * Runs operations, one message per member and at most {@value #BATCH} at a time: as many as there
   * are free lanes, so that nobody holds lanes for operations that have not begun while he waits
   * for more.
   */
  List<ClientResult> callAll(List<Item> items) {
    return inBatches(items, this::awaitEnd);
  }

  private List<ClientResult> inBatches(List<Item> items, Function<Call, ClientResult> end) {
    List<ClientResult> results = new ArrayList<>(items.size());
    while (results.size() < items.size()) {
      List<Item> rest = items.subList(results.size(), items.size());
      String refusal = takeLane();
      if (refusal != null) {
        rest.forEach(item -> results.add(refused(refusal)));
        return results;
      }
      int taken = takeMore(Math.min(BATCH, rest.size()));
      beginAll(rest.subList(0, taken)).forEach(call -> results.add(end.apply(call)));
    }
    return results;
  }

  /** Runs code at the caller under a reservation of the key. */
  ClientResult invokeHere(int partition, EntryKey key, EntryFunction function) {
    Call call = begin(new Item(partition, key, new Operation.Reserve()));
    while (true) {
      Call.News news = call.await();
      if (news instanceof Call.Ended ended) {
        return finish(call, ended);
      }
      runGranted(call, (Call.Granted) news, function);
    }
  }

  /**
   * Runs code at the caller under the reservations of several keys, in batches as large as there
   * are free lanes; ends after the first batch that was refused.
   *
   * @param reserves one {@link Operation.Reserve} per key, in an order that all callers agree on
   */
  List<ClientResult> invokeAllHere(List<Item> reserves, EntriesFunction function) {
    List<ClientResult> results = new ArrayList<>(reserves.size());
    while (results.size() < reserves.size()) {
      List<Item> rest = reserves.subList(results.size(), reserves.size());
      String refusal = takeLane();
      if (refusal != null) {
        results.add(refused(refusal));
        return results;
      }
      int taken = takeMore(Math.min(BATCH, rest.size()));
      List<ClientResult> ended;
      try {
        ended = new ReservedBatch(this, function).run(rest.subList(0, taken));
      } finally {
        lanes.release(taken);
      }
      results.addAll(ended);
      if (!ended.stream().allMatch(result -> result.kind() == ClientResult.Kind.DONE)) {
        return results;
      }
    }
    return results;
  }

  /** Takes further lanes without waiting, and returns how many were taken with the first. */
  private int takeMore(int most) {
    int taken = 1;
    while (taken < most && lanes.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  /** Begins an operation whose lane was taken. */
  Call beginTaken(Item item) {
    return beginAll(List.of(item)).get(0);
  }

  /** Ends a reservation with what the code did. */
  void complete(Call call, EntryOutcome outcome) {
    complete(call, change(outcome.change()), outcome.value(), outcome.result(), outcome.lifetime());
  }

  private void runGranted(Call call, Call.Granted granted, EntryFunction function) {
    boolean ran = false;
    try {
      EntryOutcome outcome = function.apply(granted.value());
      ran = true;
      complete(call, outcome);
    } finally {
      if (!ran) {
        // The code threw: the reservation ends without a change, and the exception goes on.
        complete(call, Operation.Change.NONE, null, null, Lifetimes.UNCHANGED);
        while (call.await() instanceof Call.Granted) {
          complete(call, Operation.Change.NONE, null, null, Lifetimes.UNCHANGED);
        }
        lanes.release();
      }
    }
  }

  /**
   * Runs a processor at the primary.
   *
   * @throws ProcessorNotRunnableException if the primary cannot run it; nothing was done
   */
  ClientResult invokeAtPrimary(int partition, EntryKey key, byte[] processor)
      throws ProcessorNotRunnableException {
    ClientResult result =
        awaitProcessor(begin(new Item(partition, key, new Operation.RunProcessor(processor))));
    if (result == null) {
      throw new ProcessorNotRunnableException(
          "the primary of the key cannot run the processor: the cache is not open there, or a"
              + " class is unknown");
    }
    return result;
  }

  /**
   * Runs processors at their primaries, one message per member and at most {@value #BATCH} at a
   * time.
   *
   * @param runs one {@link Operation.RunProcessor} per key
   * @return the result of each; null where the primary cannot run it
   */
  List<ClientResult> invokeAllAtPrimary(List<Item> runs) {
    return inBatches(runs, this::awaitProcessor);
  }

  /** Waits for the end; null if the primary cannot run the processor. */
  private ClientResult awaitProcessor(Call call) {
    boolean refused = false;
    while (true) {
      Call.News news = call.await();
      if (news instanceof Call.NotRunnable) {
        // A copy of the request might still reach a member that can run it. The same id is used up
        // by an operation that does nothing, so that it cannot.
        refused = true;
        step(() -> session.reserveInstead(call.operation(), clock.getAsLong()));
      } else if (news instanceof Call.Granted) {
        complete(call, Operation.Change.VOID, null, null, Lifetimes.UNCHANGED);
      } else {
        ClientResult result = finish(call, (Call.Ended) news);
        // Done means that a copy of the request came first and was run: that is the answer then.
        return refused && result.kind() == ClientResult.Kind.UNCHANGED ? null : result;
      }
    }
  }

  private ClientResult awaitEnd(Call call) {
    return finish(call, (Call.Ended) call.await());
  }

  private ClientResult finish(Call call, Call.Ended ended) {
    if (call.operation() != null) {
      lanes.release();
    }
    return ended.result();
  }

  private Call begin(Item item) {
    String refusal = takeLane();
    if (refusal == null) {
      return beginAll(List.of(item)).get(0);
    }
    Call call = new Call();
    call.report(new Call.Ended(refused(refusal)));
    return call;
  }

  private static ClientResult refused(String why) {
    return new ClientResult(ClientResult.Kind.NOT_DONE, null, why);
  }

  /** Begins operations whose lanes were taken. */
  private List<Call> beginAll(List<Item> items) {
    List<Call> calls = new ArrayList<>(items.size());
    items.forEach(item -> calls.add(new Call()));
    step(
        () -> {
          long now = clock.getAsLong();
          for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Call call = calls.get(i);
            ClientOperation begun =
                session.begin(
                    item.partition(), item.key(), item.operation(), item.reads(), call, now);
            if (begun == null) {
              throw new IllegalStateException(
                  "no lane for operation " + i + " of " + items.size() + ", though one was taken");
            }
          }
        });
    return calls;
  }

  /** Waits for a lane; returns why there is none, or null. */
  private String takeLane() {
    if (closed != null) {
      return closed;
    }
    try {
      if (!lanes.tryAcquire(settings.timeout(), TimeUnit.NANOSECONDS)) {
        return "all " + settings.lanes() + " operations of this member are under way";
      }
      String why = refusing; // read after the lane was taken: awaitIdle() waits for all lanes
      if (why != null) {
        lanes.release();
      }
      return why;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return "the calling thread was interrupted before the operation began";
    }
  }

  private void complete(
      Call call, Operation.Change change, byte[] value, byte[] result, long lifetime) {
    step(
        () ->
            session.complete(call.operation(), change, value, result, lifetime, clock.getAsLong()));
  }

  void onAnswer(Answer answer) {
    step(() -> session.onAnswer(answer, clock.getAsLong()));
  }

  /** What was left of the cluster was founded again: ends what is under way in the former one. */
  void onFoundedAgain(String why) {
    step(() -> session.onFoundedAgain(why));
  }

  void onRoutesChanged() {
    step(() -> session.onRoutesChanged(clock.getAsLong()));
  }

  /** Lets time pass; returns whether anything is under way. */
  boolean tick() {
    if (lanes.availablePermits() == settings.lanes()) {
      return false;
    }
    step(() -> session.onTick(clock.getAsLong()));
    return true;
  }

  /** From now on no operation begins; each is refused as not done, for this reason. */
  void refuse(String why) {
    refusing = why;
  }

  /** Waits until no operation is under way, for at most {@code nanos}; tells whether it is so. */
  boolean awaitIdle(long nanos) throws InterruptedException {
    boolean idle = lanes.tryAcquire(settings.lanes(), nanos, TimeUnit.NANOSECONDS);
    if (idle) {
      lanes.release(settings.lanes());
    }
    return idle;
  }

  /** Ends all operations: this incarnation is over. */
  void close(String why) {
    closed = why;
    step(() -> {});
  }

  private void step(Runnable event) {
    local.run(
        () -> {
          ClientEffects mine = null;
          lock.lock();
          try {
            event.run();
            if (closed != null) {
              session.close(closed);
            }
          } finally {
            if (!effects.isEmpty()) {
              mine = effects;
              effects = new ClientEffects();
            }
            lock.unlock();
          }
          if (mine != null) {
            mine.run(self, local::later, transport);
            mine.delayed().forEach(delayed);
          }
        });
  }

  private static Operation.Change change(EntryOutcome.Change change) {
    return switch (change) {
      case NONE -> Operation.Change.NONE;
      case SET -> Operation.Change.SET;
      case REMOVE -> Operation.Change.REMOVE;
    };
  }

  private final class Output implements ClientSession.Output {

    @Override
    public void send(MemberId to, Request request) {
      effects.send(to, request);
    }

    @Override
    public void granted(ClientOperation operation, byte[] value) {
      report(operation, new Call.Granted(value));
    }

    @Override
    public void notRunnable(ClientOperation operation) {
      report(operation, new Call.NotRunnable());
    }

    @Override
    public void finished(ClientOperation operation, ClientResult result) {
      if (operation.repeats() > 0) {
        effects.delayed(
            new DelayedOperation(
                operation.key().cache(),
                operation.partition(),
                operation.begun(),
                clock.getAsLong(),
                operation.repeats(),
                result.kind()));
      }
      report(operation, new Call.Ended(result));
    }

    private void report(ClientOperation operation, Call.News news) {
      Call call = (Call) operation.attachment();
      call.operation(operation);
      effects.report(call, news);
    }
  }
}
