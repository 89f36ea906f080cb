package io.henge.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.codec.ObjectCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.replication.node.CacheChange;
import io.henge.replication.node.ChangeListener;
import io.henge.replication.node.ChangePosition;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheListenersTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ObjectCodec codec = new ObjectCodec("test", getClass().getClassLoader());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private RuntimeException refusal;
  private final CacheListeners<String, String> listeners =
      new CacheListeners<>(
          CacheListenersTest::orders,
          "orders",
          codec,
          EntryTypes.of(new MutableConfiguration<String, String>()),
          getClass().getClassLoader(),
          new CacheListeners.Source() {
            @Override
            public void listen(ChangeListener listener, boolean previousValues) {
              asked.add("listen " + previousValues);
              if (refusal != null) {
                throw refusal;
              }
            }

            @Override
            public void stopListening() {
              asked.add("stop");
            }
          });
  private long position;

  /** A cache that knows its name and nothing else. */
  @SuppressWarnings("unchecked")
  private static Cache<String, String> orders() {
    return (Cache<String, String>)
        Proxy.newProxyInstance(
            CacheListenersTest.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) -> method.getName().equals("getName") ? "orders" : null);
  }

  @AfterEach
  void close() {
    listeners.close();
  }

  /** Hears everything and tells it as text. */
  private static class Everything
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          CacheEntryRemovedListener<String, String>,
          CacheEntryExpiredListener<String, String>,
          AutoCloseable {

    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();

    void hear(CacheEntryEvent<? extends String, ? extends String> event) {
      heard.add(
          event.getEventType()
              + " "
              + event.getKey()
              + "="
              + event.getValue()
              + (event.isOldValueAvailable() ? " after " + event.getOldValue() : "")
              + " in "
              + event.getSource().getName());
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(this::hear);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(this::hear);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(this::hear);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(this::hear);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static MutableCacheEntryListenerConfiguration<String, String> configuration(
      CacheEntryListener<String, String> listener, boolean oldValues, boolean synchronous) {
    return new MutableCacheEntryListenerConfiguration<>(
        () -> listener, null, oldValues, synchronous);
  }

  private CacheChange change(CacheChange.Kind kind, String key, String previous, String value) {
    return new CacheChange(
        0, ++position, kind, codec.encodeKey(key), encoded(previous), encoded(value), true);
  }

  private byte[] encoded(String value) {
    return value == null ? null : codec.encode(value);
  }

  /** An operation of this member makes a change. */
  private void happens(CacheChange change) {
    assertThat(listeners.onChange(change)).isTrue();
    listeners.onCovered(0, change.position());
    listeners.onOwnChanges(List.of(new ChangePosition(0, change.position())), TIMEOUT);
  }

  private void everyKindHappens() {
    happens(change(CacheChange.Kind.CREATED, "a", null, "1"));
    happens(change(CacheChange.Kind.UPDATED, "a", "1", "2"));
    happens(change(CacheChange.Kind.REMOVED, "a", "2", null));
    happens(change(CacheChange.Kind.EXPIRED, "b", "3", null));
  }

  @Test
  void synchronousListenersHaveHeardBeforeTheOperationReturns() {
    Everything listener = new Everything();
    listeners.register(configuration(listener, true, true));
    everyKindHappens();
    assertThat(listener.heard)
        .containsExactly(
            "CREATED a=1 in orders",
            "UPDATED a=2 after 1 in orders",
            "REMOVED a=2 after 2 in orders",
            "EXPIRED b=3 after 3 in orders");
  }

  @Test
  void whoDoesNotAskForOldValuesGetsNoneThoughOthersDo() {
    Everything without = new Everything();
    Everything with = new Everything();
    listeners.register(configuration(without, false, true));
    listeners.register(configuration(with, true, true));
    everyKindHappens();
    assertThat(without.heard)
        .containsExactly(
            "CREATED a=1 in orders",
            "UPDATED a=2 in orders",
            "REMOVED a=null in orders",
            "EXPIRED b=null in orders");
    assertThat(with.heard).hasSize(4).contains("REMOVED a=2 after 2 in orders");
    assertThat(asked).containsExactly("listen false", "listen true");
  }

  @Test
  void aListenerHearsOnlyWhatItHasMethodsForAndItsFilterLetsPass() {
    List<String> created = new ArrayList<>();
    CacheEntryCreatedListener<String, String> listener =
        events -> events.forEach(event -> created.add(event.getKey()));
    CacheEntryEventFilter<String, String> filter = event -> event.getKey().startsWith("a");
    listeners.register(
        new MutableCacheEntryListenerConfiguration<>(() -> listener, () -> filter, false, true));
    everyKindHappens();
    happens(change(CacheChange.Kind.CREATED, "b", null, "1"));
    happens(change(CacheChange.Kind.CREATED, "ab", null, "1"));
    assertThat(created).containsExactly("a", "ab");
  }

  @Test
  void whatAListenerThrowsReachesTheOperation() {
    RuntimeException failure = new IllegalStateException("not today");
    CacheEntryCreatedListener<String, String> failing =
        events -> {
          throw failure;
        };
    Everything other = new Everything();
    listeners.register(configuration(failing, false, true));
    listeners.register(configuration(other, false, true));
    assertThatThrownBy(() -> happens(change(CacheChange.Kind.CREATED, "a", null, "1")))
        .isExactlyInstanceOf(CacheEntryListenerException.class)
        .hasCause(failure);
    assertThat(other.heard).hasSize(1);
    assertThatCode(() -> happens(change(CacheChange.Kind.UPDATED, "a", "1", "2")))
        .doesNotThrowAnyException();
  }

  @Test
  void listenerExceptionsAndErrorsComeOutAsTheyAre() {
    Throwable[] next = {new CacheEntryListenerException("mine")};
    CacheEntryCreatedListener<String, String> failing =
        events -> {
          if (next[0] instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) next[0];
        };
    listeners.register(configuration(failing, false, true));
    assertThatThrownBy(() -> happens(change(CacheChange.Kind.CREATED, "a", null, "1")))
        .isSameAs(next[0]);
    next[0] = new AssertionError("an error");
    assertThatThrownBy(() -> happens(change(CacheChange.Kind.CREATED, "b", null, "1")))
        .isSameAs(next[0]);
  }

  @Test
  void nobodyWaitsForAsynchronousListenersAndTheirFailuresStayWithThem() {
    Semaphore gate = new Semaphore(0);
    Everything listener =
        new Everything() {
          @Override
          void hear(CacheEntryEvent<? extends String, ? extends String> event) {
            gate.acquireUninterruptibly();
            super.hear(event);
            throw new IllegalStateException("nobody cares");
          }
        };
    listeners.register(configuration(listener, false, false));
    everyKindHappens();
    assertThat(listener.heard).isEmpty();
    gate.release(4);
    Awaitility.await().untilAsserted(() -> assertThat(listener.heard).hasSize(4));
    assertThat(listener.heard.subList(0, 2))
        .containsAnyOf("CREATED a=1 in orders", "EXPIRED b=null in orders");
  }

  @Test
  void eventsOfOneKeyComeInTheirOrderToManyListeners() {
    List<Everything> all = List.of(new Everything(), new Everything());
    listeners.register(configuration(all.get(0), false, true));
    listeners.register(configuration(all.get(1), false, false));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      for (String key : List.of("a", "b", "c", "d", "e")) {
        assertThat(listeners.onChange(change(CacheChange.Kind.UPDATED, key, null, "" + i)))
            .isTrue();
      }
      expected.add("UPDATED c=" + i + " in orders");
    }
    Awaitility.await()
        .untilAsserted(() -> all.forEach(each -> assertThat(each.heard).hasSize(1000)));
    for (Everything each : all) {
      assertThat(each.heard.stream().filter(event -> event.contains(" c="))).isEqualTo(expected);
    }
  }

  @Test
  void aListenerMayUseTheCacheOnItsOwnThreadWithoutWaitingForItself() {
    CountDownLatch done = new CountDownLatch(1);
    CacheEntryCreatedListener<String, String> nesting =
        events -> {
          // As the engine does at the end of an operation that changed something.
          listeners.onOwnChanges(List.of(new ChangePosition(7, 1_000)), TIMEOUT);
          done.countDown();
        };
    listeners.register(configuration(nesting, false, true));
    happens(change(CacheChange.Kind.CREATED, "a", null, "1"));
    assertThat(done.getCount()).isZero();
  }

  @Test
  void anOperationWhoseListenersAreSlowSaysThatItWasDone() {
    Semaphore gate = new Semaphore(0);
    CacheEntryCreatedListener<String, String> slow = events -> gate.acquireUninterruptibly();
    listeners.register(configuration(slow, false, true));
    CacheChange change = change(CacheChange.Kind.CREATED, "a", null, "1");
    listeners.onChange(change);
    listeners.onCovered(0, change.position());
    List<ChangePosition> positions = List.of(new ChangePosition(0, change.position()));
    assertThatThrownBy(() -> listeners.onOwnChanges(positions, Duration.ofMillis(1)))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasMessageContaining("was done")
        .hasMessageContaining("henge.operation-timeout");
    gate.release();
    assertThatCode(() -> listeners.onOwnChanges(positions, TIMEOUT)).doesNotThrowAnyException();
  }

  @Test
  void whoWaitsIsReleasedWhenTheMemberLeavesItsCluster() {
    listeners.register(configuration(new Everything(), false, true));
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> listeners.onOwnChanges(List.of(new ChangePosition(0, 99)), TIMEOUT));
    Awaitility.await()
        .until(
            () -> {
              listeners.onBreak("it was removed"); // again and again: the other may not wait yet
              return waiting.isDone();
            });
    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(CacheEntryListenerException.class)
        .hasMessageContaining("left its cluster");
  }

  @Test
  void theSameConfigurationTwiceIsRefused() {
    Everything listener = new Everything();
    Factory<CacheEntryListener<String, String>> factory = () -> listener;
    MutableCacheEntryListenerConfiguration<String, String> one =
        new MutableCacheEntryListenerConfiguration<>(factory, null, false, true);
    listeners.register(one);
    assertThatThrownBy(() -> listeners.register(one)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                listeners.register(
                    new MutableCacheEntryListenerConfiguration<>(factory, null, false, true)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeregisteredListenerIsClosedAndHearsNothingMore() {
    Everything stays = new Everything();
    Everything goes = new Everything();
    MutableCacheEntryListenerConfiguration<String, String> going = configuration(goes, false, true);
    listeners.register(configuration(stays, false, true));
    listeners.register(going);
    happens(change(CacheChange.Kind.CREATED, "a", null, "1"));
    assertThat(listeners.deregister(going)).isTrue();
    assertThat(listeners.deregister(going)).isFalse();
    happens(change(CacheChange.Kind.UPDATED, "a", "1", "2"));
    assertThat(goes.heard).hasSize(1);
    assertThat(goes.closed).hasValue(1);
    assertThat(stays.heard).hasSize(2);
    assertThat(asked).containsExactly("listen false");
  }

  @Test
  void nothingIsAskedOfTheEngineOnceTheLastListenerIsGone() {
    MutableCacheEntryListenerConfiguration<String, String> only =
        configuration(new Everything(), true, true);
    listeners.register(only);
    listeners.deregister(only);
    listeners.register(configuration(new Everything(), false, false));
    assertThat(asked).containsExactly("listen true", "stop", "listen false");
  }

  @Test
  void closingClosesListenersAndFiltersOnce() {
    Everything listener = new Everything();
    AtomicInteger filterClosed = new AtomicInteger();
    class ClosingFilter implements CacheEntryEventFilter<String, String>, AutoCloseable {
      @Override
      public boolean evaluate(CacheEntryEvent<? extends String, ? extends String> event) {
        return true;
      }

      @Override
      public void close() {
        filterClosed.incrementAndGet();
      }
    }
    listeners.register(
        new MutableCacheEntryListenerConfiguration<>(
            () -> listener, ClosingFilter::new, false, true));
    listeners.close();
    listeners.close();
    assertThat(listener.closed).hasValue(1);
    assertThat(filterClosed).hasValue(1);
    assertThat(asked).containsExactly("listen false", "stop");
    assertThatThrownBy(() -> listeners.register(configuration(listener, false, true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aListenerThatCannotBeRegisteredIsClosedAndForgotten() {
    refusal = new IllegalArgumentException("no quorum");
    Everything listener = new Everything();
    MutableCacheEntryListenerConfiguration<String, String> wanted =
        configuration(listener, false, true);
    assertThatThrownBy(() -> listeners.register(wanted)).isSameAs(refusal);
    assertThat(listener.closed).hasValue(1);
    refusal = null;
    assertThatCode(() -> listeners.register(wanted)).doesNotThrowAnyException();
  }

  @Test
  void withoutRoomAChangeIsNotTaken() {
    Semaphore gate = new Semaphore(0);
    CacheEntryCreatedListener<String, String> slow = events -> gate.acquireUninterruptibly();
    listeners.register(configuration(slow, false, false));
    int taken = 0;
    while (listeners.onChange(change(CacheChange.Kind.CREATED, "k" + taken, null, "1"))) {
      taken++;
    }
    assertThat(taken).isEqualTo(10_000);
    gate.release(taken);
    Awaitility.await()
        .until(() -> listeners.onChange(change(CacheChange.Kind.CREATED, "last", null, "1")));
    gate.release();
  }

  @Test
  void whatMayHaveBeenMissedIsCounted() {
    for (int i = 0; i < 5; i++) {
      listeners.onMissed(i, 7);
    }
    assertThat(listeners.missed()).isEqualTo(5);
  }

  @Test
  void eventsUnwrapToThemselvesOnly() {
    List<CacheEntryEvent<? extends String, ? extends String>> events = new ArrayList<>();
    CacheEntryCreatedListener<String, String> listener = each -> each.forEach(events::add);
    listeners.register(configuration(listener, false, true));
    happens(change(CacheChange.Kind.CREATED, "a", null, "1"));
    CacheEntryEvent<? extends String, ? extends String> event = events.get(0);
    assertThat(event.unwrap(CacheEntryEvent.class)).isSameAs(event);
    assertThatThrownBy(() -> event.unwrap(String.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
