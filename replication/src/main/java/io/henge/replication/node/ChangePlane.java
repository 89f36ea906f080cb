package io.henge.replication.node;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.node.ChangeListeners.Listening;
import io.henge.replication.partition.Change;
import io.henge.replication.partition.ChangeSubscriber;
import io.henge.replication.partition.PartitionMessage;
import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionRules;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The changes that this member listens to: what it wants under its present id, and what came. */
final class ChangePlane {

  /** Indices of different lives of a partition differ above these bits. */
  private static final int LIFE_BITS = 38;

  private final MemberId self;
  private final ChangeListeners listeners;
  private final ChangeSubscriber subscriber;
  private final BiConsumer<MemberId, PartitionMessage> transport;
  private final Consumer<Runnable> together;
  private final LocalDelivery local;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** By the id of the cache. */
  private final SortedMap<Integer, Listening> wanted = new TreeMap<>();

  private volatile boolean idle = true;
  private ClusterState state;

  /**
   * Creates a plane that wants nothing yet.
   *
   * @param together runs a step whose frames may leave in few packets
   */
  ChangePlane(
      MemberId self,
      long retransmit,
      ChangeListeners listeners,
      BiConsumer<MemberId, PartitionMessage> transport,
      Consumer<Runnable> together,
      LocalDelivery local,
      LongSupplier clock) {
    this.self = self;
    this.listeners = listeners;
    this.transport = transport;
    this.together = together;
    this.local = local;
    this.clock = clock;
    this.subscriber =
        new ChangeSubscriber(retransmit, new PartitionRules(), this::replicas, new Output());
  }

  private List<MemberId> replicas(int partition) {
    PartitionAssignment assignment = state.partition(partition);
    return assignment.primary() == null ? List.of() : assignment.replicas();
  }

  /** The cluster has changed. */
  void onState(ClusterState after) {
    step(
        () -> {
          state = after;
          if (!idle || !listeners.isEmpty()) {
            refreshWanted();
            subscriber.onRoutesChanged(clock.getAsLong());
          }
        });
  }

  /**
   * What was left of the cluster was founded again: positions of the former one mean nothing any
   * more, so listeners begin anew. {@link #onState} is to follow.
   */
  void onFoundedAgain(String why) {
    step(
        () -> {
          wanted.forEach(
              (cache, listening) -> {
                listening.listener().onBreak(why);
                subscriber.unwant(cache, clock.getAsLong());
              });
          wanted.clear();
        });
  }

  /** Who listens has changed. */
  void refresh() {
    step(this::refreshWanted);
  }

  private void refreshWanted() {
    if (state == null) {
      return;
    }
    long now = clock.getAsLong();
    SortedMap<Integer, Listening> next = new TreeMap<>();
    for (Listening each : listeners.all()) {
      CacheDefinition cache = state.cache(each.cacheName());
      if (cache != null && cache.attributes().equals(each.attributes())) {
        next.put(cache.id(), each);
      }
    }
    List.copyOf(wanted.keySet()).stream()
        .filter(cache -> !next.containsKey(cache))
        .forEach(
            cache -> {
              wanted.remove(cache);
              subscriber.unwant(cache, now);
            });
    next.forEach(
        (cache, listening) -> {
          Listening before = wanted.put(cache, listening);
          if (before == null || before.previous() != listening.previous()) {
            int count = state.partitionsPerGroup();
            int first = state.caches().get(cache).group() * count;
            subscriber.want(cache, first, count, listening.previous(), now);
          }
        });
    idle = wanted.isEmpty();
  }

  /** Waits until every change of a cache from now on will be told; false if the time is over. */
  boolean awaitConfirmed(String cacheName, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!confirmed(cacheName)) {
        if (left <= 0) {
          return false;
        }
        left = news.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean confirmed(String cacheName) {
    CacheDefinition cache = state == null ? null : state.cache(cacheName);
    return cache != null && wanted.containsKey(cache.id()) && subscriber.confirmed(cache.id());
  }

  /** A primary tells changes. */
  void onChanges(MemberId from, Changes changes) {
    step(
        () -> {
          subscriber.onChanges(from, changes, clock.getAsLong());
          news.signalAll();
        });
  }

  /** Lets time pass; returns whether it waits for something. */
  boolean tick() {
    if (idle) {
      return false;
    }
    boolean[] waits = new boolean[1];
    step(() -> waits[0] = subscriber.onTick(clock.getAsLong()));
    return waits[0];
  }

  /** This life of the member is over. */
  void close(String why) {
    lock.lock();
    try {
      wanted.values().forEach(each -> each.listener().onBreak(why));
      wanted.clear();
      idle = true;
    } finally {
      lock.unlock();
    }
  }

  private void step(Runnable event) {
    local.run(
        () ->
            together.accept(
                () -> {
                  lock.lock();
                  try {
                    event.run();
                  } finally {
                    lock.unlock();
                  }
                }));
  }

  private final class Output implements ChangeSubscriber.Output {

    @Override
    public void send(MemberId to, PartitionMessage message) {
      if (to.equals(self)) {
        local.later(message);
      } else {
        transport.accept(to, message);
      }
    }

    @Override
    public boolean take(int partition, Change change) {
      Listening listening = wanted.get(change.key().cache());
      return listening == null || listening.listener().onChange(told(partition, change));
    }

    private CacheChange told(int partition, Change change) {
      CacheChange.Kind kind =
          switch (change.kind()) {
            case CREATED -> CacheChange.Kind.CREATED;
            case UPDATED -> CacheChange.Kind.UPDATED;
            case REMOVED -> CacheChange.Kind.REMOVED;
            case EXPIRED -> CacheChange.Kind.EXPIRED;
          };
      return new CacheChange(
          partition,
          change.index(),
          kind,
          change.key().bytes(),
          change.previous(),
          change.value(),
          change.own());
    }

    @Override
    public void covered(int partition, long upTo) {
      ofPartition(partition, listener -> listener.onCovered(partition, upTo));
    }

    @Override
    public void missed(int partition, long after, long upTo) {
      boolean sameLife = (after >> LIFE_BITS) == (upTo >> LIFE_BITS);
      long atMost = sameLife ? upTo - after : -1;
      ofPartition(partition, listener -> listener.onMissed(partition, atMost));
    }

    private void ofPartition(int partition, Consumer<ChangeListener> word) {
      int group = partition / state.partitionsPerGroup();
      wanted.forEach(
          (cache, listening) -> {
            CacheDefinition definition = state.caches().get(cache);
            if (definition != null && definition.group() == group) {
              word.accept(listening.listener());
            }
          });
    }
  }
}
