package io.henge.jcache.event;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.replication.node.CacheChange;
import io.henge.replication.node.ChangeListener;
import io.henge.replication.node.ChangePosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;

/**
 * The cache entry listeners of one cache at this member. Operations of this member wait until the
 * synchronous ones have been given the operation's events; all others are told as soon as may be,
 * in order. No lock is held while user code runs. Thread-safe.
 */
public final class CacheListeners<K, V> implements ChangeListener, AutoCloseable {

  /** How the engine is asked for changes. */
  public interface Source {

    /**
     * Tells all changes from now on, to {@code listener} only; returns when nothing can be missed.
     */
    void listen(ChangeListener listener, boolean previousValues);

    /** Tells nothing any more. */
    void stopListening();
  }

  private static final Logger LOG = System.getLogger(CacheListeners.class.getPackageName());
  private static final int MAX_EVENTS = 10_000;
  private static final long MAX_BYTES = 32L << 20;

  private final Supplier<? extends Cache<K, V>> cache;
  private final String name;
  private final EntryCodec codec;
  private final EntryTypes<K, V> types;
  private final Source source;
  private final ListenerThreads synchronousThreads;
  private final ListenerThreads asynchronousThreads;
  private final OwnEvents own = new OwnEvents();
  private final AtomicLong missed = new AtomicLong();

  /** Guards changes of the registrations; never taken to deliver. */
  private final Object registering = new Object();

  private volatile List<Registration<K, V>> registrations = List.of();
  private boolean listening;
  private boolean previousValues;
  private volatile boolean closed;

  /**
   * Creates a cache without listeners.
   *
   * @param cache the cache, as events name it
   * @param loader the application's class loader
   */
  public CacheListeners(
      Supplier<? extends Cache<K, V>> cache,
      String name,
      EntryCodec codec,
      EntryTypes<K, V> types,
      ClassLoader loader,
      Source source) {
    this.cache = cache;
    this.name = name;
    this.codec = codec;
    this.types = types;
    this.source = source;
    this.synchronousThreads =
        new ListenerThreads("henge-listener-" + name, loader, MAX_EVENTS, MAX_BYTES);
    this.asynchronousThreads =
        new ListenerThreads("henge-async-listener-" + name, loader, MAX_EVENTS, MAX_BYTES);
  }

  /**
   * Makes the listener, which is given all events from the return of this method on.
   *
   * @throws IllegalArgumentException if it is registered already
   */
  public void register(CacheEntryListenerConfiguration<K, V> configuration) {
    synchronized (registering) {
      if (closed) {
        throw new IllegalStateException("Cache " + name + " is closed");
      }
      if (find(configuration) != null) {
        throw new IllegalArgumentException(
            "Cache " + name + " has this cache entry listener already; register it once");
      }
      Registration<K, V> added = new Registration<>(configuration);
      boolean previous = previousValues || added.wantsOldValues();
      List<Registration<K, V>> before = registrations;
      List<Registration<K, V>> all = new ArrayList<>(before);
      all.add(added);
      registrations = List.copyOf(all);
      boolean done = false;
      try {
        if (!listening || previous != previousValues) {
          source.listen(this, previous);
          listening = true;
          previousValues = previous;
        }
        done = true;
      } finally {
        if (!done) {
          registrations = before;
          added.close();
        }
      }
    }
  }

  /** Ends a listener; nothing happens if it is not registered. Returns whether it was. */
  public boolean deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    Registration<K, V> ended;
    synchronized (registering) {
      ended = find(configuration);
      if (ended == null) {
        return false;
      }
      List<Registration<K, V>> rest = new ArrayList<>(registrations);
      rest.remove(ended);
      registrations = List.copyOf(rest);
      if (rest.isEmpty()) {
        stop();
      }
    }
    ended.close();
    return true;
  }

  /** The cache was made again in another cluster: goes on there. */
  public void listenAgain() {
    synchronized (registering) {
      if (listening && !closed) {
        source.listen(this, previousValues);
      }
    }
  }

  private Registration<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
    for (Registration<K, V> each : registrations) {
      CacheEntryListenerConfiguration<K, V> known = each.configuration();
      if (known.equals(configuration) || configuration.equals(known)) {
        return each;
      }
    }
    return null;
  }

  private void stop() {
    if (listening) {
      listening = false;
      previousValues = false;
      source.stopListening();
      own.giveUp();
    }
  }

  /** Ends all listeners; the cache is closed. */
  @Override
  public void close() {
    List<Registration<K, V>> all;
    synchronized (registering) {
      closed = true;
      all = registrations;
      registrations = List.of();
      stop();
    }
    synchronousThreads.close();
    asynchronousThreads.close();
    all.forEach(Registration::close);
  }

  @Override
  public boolean onChange(CacheChange change) {
    EventType type = ChangeEvent.type(change);
    List<Registration<K, V>> synchronous = hearing(type, true);
    List<Registration<K, V>> asynchronous = hearing(type, false);
    if ((!synchronous.isEmpty() && !synchronousThreads.hasRoom())
        || (!asynchronous.isEmpty() && !asynchronousThreads.hasRoom())) {
      return false;
    }
    int key = Arrays.hashCode(change.key());
    long size = size(change);
    if (!synchronous.isEmpty()) {
      ChangePosition position = new ChangePosition(change.partition(), change.position());
      own.begins(position);
      synchronousThreads.run(key, size, () -> tellSynchronous(synchronous, change, position));
    }
    if (!asynchronous.isEmpty()) {
      asynchronousThreads.run(
          key, size, () -> asynchronous.forEach(each -> log(change, tell(each, change))));
    }
    return true;
  }

  private List<Registration<K, V>> hearing(EventType type, boolean synchronous) {
    return registrations.stream()
        .filter(each -> each.synchronous() == synchronous && each.hears(type))
        .toList();
  }

  private static long size(CacheChange change) {
    return 128L
        + change.key().length
        + (change.value() == null ? 0 : change.value().length)
        + (change.previous() == null ? 0 : change.previous().length);
  }

  private void tellSynchronous(
      List<Registration<K, V>> listeners, CacheChange change, ChangePosition position) {
    Throwable first = null;
    for (Registration<K, V> each : listeners) {
      Throwable failure = tell(each, change);
      if (first == null) {
        first = failure;
      } else if (failure != null && failure != first) {
        first.addSuppressed(failure);
      }
    }
    if (!change.own()) {
      log(change, first); // the caller is elsewhere
    }
    own.ended(position, change.own() ? first : null);
  }

  /** What the listener threw, an Error too: it belongs to whoever caused the event. */
  private Throwable tell(Registration<K, V> registration, CacheChange change) {
    if (closed) {
      return null;
    }
    try {
      registration.tell(
          new ChangeEvent<>(cache.get(), change, registration.wantsOldValues(), codec, types));
      return null;
    } catch (RuntimeException | Error thrown) {
      return thrown;
    }
  }

  private void log(CacheChange change, Throwable failure) {
    if (failure != null) {
      LOG.log(
          Level.WARNING,
          "A listener of cache " + name + " failed on an event of kind " + change.kind(),
          failure);
    }
  }

  @Override
  public void onCovered(int partition, long position) {
    own.covered(partition, position);
  }

  @Override
  public void onMissed(int partition, long atMost) {
    long times = missed.incrementAndGet();
    if (Long.bitCount(times) == 1) { // a failure that hits many partitions is told a few times
      LOG.log(
          Level.WARNING,
          "Listeners of cache {0} here may have missed events, {1} in partition {2} and now {3}"
              + " times in all: this member was too far behind, or too many copies failed at once",
          name,
          atMost < 0 ? "nobody knows how many" : "at most " + atMost,
          partition,
          times);
    }
  }

  /** How often changes of some partition may have been missed. */
  public long missed() {
    return missed.get();
  }

  @Override
  public void onBreak(String why) {
    LOG.log(
        Level.WARNING,
        "Listeners of cache {0} here miss events until this member is in a cluster again: {1}",
        name,
        why);
    own.giveUp();
  }

  @Override
  public void onOwnChanges(List<ChangePosition> positions, Duration timeout) {
    if (ListenerThreads.isCurrent()
        || registrations.stream().noneMatch(Registration::synchronous)) {
      return; // a listener that waited for listeners would wait for itself
    }
    switch (own.await(positions, timeout.toNanos())) {
      case DONE -> {}
      case LATE ->
          throw new CacheEntryListenerException(
              "The operation on cache "
                  + name
                  + " was done, but its synchronous cache entry listeners were not through with it"
                  + " within "
                  + timeout.toMillis()
                  + " ms (henge.operation-timeout); they go on");
      case GIVEN_UP -> {
        if (!registrations.isEmpty()) {
          throw new CacheEntryListenerException(
              "The operation on cache "
                  + name
                  + " was done, but this member left its cluster before its synchronous cache"
                  + " entry listeners were given the event");
        }
      }
    }
    Throwable failure = own.takeFailure(positions);
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
