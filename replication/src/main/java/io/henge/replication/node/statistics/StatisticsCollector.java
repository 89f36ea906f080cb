package io.henge.replication.node.statistics;

import io.henge.replication.topology.MemberId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Brings the figures of all members together when somebody looks, at most once a second, and tells
 * others this member's. Of a member that does not answer in time the last answer is kept, which is
 * then older. Thread-safe.
 */
public final class StatisticsCollector {

  private static final long REFRESH_NANOS = 1_000_000_000L;
  private static final long WAIT_NANOS = 250_000_000L;

  private final Supplier<List<CacheFigures>> own;
  private final BiConsumer<MemberId, StatisticsMessage> transport;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final SortedMap<MemberId, MemberFigures> told = new TreeMap<>();
  private boolean asked;
  private long askedAt;

  /**
   * Creates one.
   *
   * @param own this member's figures at the moment
   * @param transport sends a message to another member, and neither waits nor throws
   * @param clock nanoseconds
   */
  public StatisticsCollector(
      Supplier<List<CacheFigures>> own,
      BiConsumer<MemberId, StatisticsMessage> transport,
      LongSupplier clock) {
    this.own = own;
    this.transport = transport;
    this.clock = clock;
  }

  /** This member's figures, as of now. */
  public MemberFigures own() {
    return new MemberFigures(clock.getAsLong(), own.get());
  }

  /**
   * The figures of other members: asks for them unless that was done a second ago or less, and
   * waits up to 250 ms for those that have not answered; not for use on an engine thread.
   *
   * @return those of the members that have answered at some time
   * @throws InterruptedException if the calling thread is interrupted
   */
  public SortedMap<MemberId, MemberFigures> ofOthers(Collection<MemberId> others)
      throws InterruptedException {
    Set<MemberId> wanted = Set.copyOf(others);
    long wait = askIfOld(wanted);
    lock.lock();
    try {
      while (wait > 0 && !answered(wanted)) {
        wait = news.awaitNanos(wait);
      }
      return new TreeMap<>(told);
    } finally {
      lock.unlock();
    }
  }

  /** Asks, if that is due, and returns how long to wait for the answers. */
  private long askIfOld(Set<MemberId> others) {
    long now;
    lock.lock();
    try {
      told.keySet().retainAll(others);
      now = clock.getAsLong();
      if (asked && now - askedAt <= REFRESH_NANOS) {
        return WAIT_NANOS - (now - askedAt);
      }
      asked = true;
      askedAt = now;
    } finally {
      lock.unlock();
    }
    StatisticsMessage.Ask ask = new StatisticsMessage.Ask(now);
    others.stream().sorted().forEach(other -> transport.accept(other, ask));
    return WAIT_NANOS;
  }

  private boolean answered(Set<MemberId> members) {
    return members.stream()
        .allMatch(each -> told.containsKey(each) && told.get(each).askedAt() - askedAt >= 0);
  }

  /** Another member asks or tells; never waits for long. */
  public void onMessage(MemberId from, StatisticsMessage message) {
    if (message instanceof StatisticsMessage.Ask ask) {
      transport.accept(from, new StatisticsMessage.Tell(ask.askedAt(), own.get()));
    } else if (message instanceof StatisticsMessage.Tell tell) {
      MemberFigures newest = new MemberFigures(tell.askedAt(), tell.figures());
      lock.lock();
      try {
        told.merge(from, newest, (old, now) -> now.askedAt() - old.askedAt() > 0 ? now : old);
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
