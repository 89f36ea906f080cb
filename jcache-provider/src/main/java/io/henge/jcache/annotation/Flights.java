package io.henge.jcache.annotation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Spares a slow method the same call by many threads at once: the first one leads, the others wait
 * for it and look into the cache again. A thread that leads never waits, so that methods which call
 * each other cannot block each other; and nobody waits for longer than a limit. Thread-safe.
 */
final class Flights {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final ConcurrentMap<Destination, CountDownLatch> flights = new ConcurrentHashMap<>();
  private final Set<Thread> leaders = ConcurrentHashMap.newKeySet();
  private final Duration longestWait;

  Flights() {
    this(LONGEST_WAIT);
  }

  Flights(Duration longestWait) {
    this.longestWait = longestWait;
  }

  /**
   * Leads the calls for a key, or waits for the thread that does.
   *
   * @return to be closed when the call is over; tells whether it has waited
   */
  Flight join(String cacheName, Object key) {
    Destination destination = new Destination(cacheName, key);
    CountDownLatch own = new CountDownLatch(1);
    CountDownLatch leading = flights.putIfAbsent(destination, own);
    if (leading == null) {
      boolean outermost = leaders.add(Thread.currentThread());
      return new Flight(
          false,
          () -> {
            if (outermost) {
              leaders.remove(Thread.currentThread());
            }
            flights.remove(destination, own);
            own.countDown();
          });
    }
    if (leaders.contains(Thread.currentThread())) {
      return new Flight(false, () -> {});
    }
    try {
      boolean unused = leading.await(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // for the method, which goes on by itself
    }
    return new Flight(true, () -> {});
  }

  /**
   * One thread's part in it.
   *
   * @param waited whether another thread has led
   * @param end what to do at the end
   */
  record Flight(boolean waited, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
      end.run();
    }
  }

  private record Destination(String cacheName, Object key) {}
}
