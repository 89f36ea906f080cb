package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.jcache.annotation.Flights.Flight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a flight is joined and left, nothing more
class FlightsTest {

  private final Flights flights = new Flights(Duration.ofMinutes(1));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void othersWaitForTheFirst() throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    List<Future<Boolean>> others = new ArrayList<>();
    try (Flight first = flights.join("cache", "key")) {
      assertThat(first.waited()).isFalse();
      for (int i = 0; i < 4; i++) {
        others.add(
            threads.submit(
                () -> {
                  arrived.incrementAndGet();
                  return waits("cache", "key");
                }));
      }
      await().until(() -> arrived.get() == 4);
      assertThat(others).noneMatch(Future::isDone);
    }
    for (Future<Boolean> other : others) {
      assertThat(other.get()).isTrue();
    }
    assertThat(waits("cache", "key")).as("afterwards").isFalse();
  }

  @Test
  void otherKeysAndCachesDoNotWait() throws ExecutionException, InterruptedException {
    try (Flight unused = flights.join("cache", "key")) {
      assertThat(threads.submit(() -> waits("cache", "other")).get()).isFalse();
      assertThat(threads.submit(() -> waits("other", "key")).get()).isFalse();
    }
  }

  @Test
  void whoLeadsDoesNotWaitForAnother() throws Exception {
    try (Flight unused = flights.join("cache", "mine")) {
      Future<Boolean> other =
          threads.submit(
              () -> {
                try (Flight theirs = flights.join("cache", "theirs")) {
                  return waits("cache", "mine");
                }
              });
      assertThat(other.get()).as("two that lead and want each other's").isFalse();
      assertThat(waits("cache", "mine")).as("the same call in itself").isFalse();
    }
  }

  @Test
  void nobodyWaitsForEver() throws Exception {
    Flights impatient = new Flights(Duration.ofMillis(1));
    try (Flight unused = impatient.join("cache", "key")) {
      assertThat(
              threads
                  .submit(
                      () -> {
                        try (Flight late = impatient.join("cache", "key")) {
                          return late.waited();
                        }
                      })
                  .get())
          .isTrue();
    }
  }

  private boolean waits(String cacheName, String key) {
    try (Flight flight = flights.join(cacheName, key)) {
      return flight.waited();
    }
  }
}
