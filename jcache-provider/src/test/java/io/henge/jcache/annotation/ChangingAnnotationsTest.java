package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}. */
class ChangingAnnotationsTest {

  private static Container container;
  private static Stock stock;

  @BeforeAll
  static void start() {
    container = new Container(Stock.class);
    stock = container.bean(Stock.class);
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  @BeforeEach
  void putOne() {
    stock.empty(null);
    stock.put("apple", 1);
  }

  private static Object stored() {
    return container.stored("stock", "apple");
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void failing(Action action, Class<? extends Throwable> with) {
    assertThatThrownBy(action::run).isInstanceOf(with);
  }

  @Test
  void putStoresTheValueUnderTheOtherParameters() {
    assertThat(stored()).isEqualTo(1);
    assertThat(stock.get("apple")).isEqualTo(1);
    stock.put("apple", 2);
    assertThat(stock.get("apple")).isEqualTo(2);
  }

  @Test
  void putStoresUnderTheKeyParametersIfThereAreSome() {
    stock.putKeyed("a reason", "apple", 3);
    assertThat(stored()).isEqualTo(3);
  }

  @Test
  void puttingNullRemoves() {
    stock.put("apple", null);
    assertThat(stored()).isNull();
  }

  @Test
  void putAfterwardsSeesTheCacheAsItWasAndAFailurePreventsIt() {
    assertThat(stock.putAndLook("apple", 5)).isEqualTo(1);
    assertThat(stored()).isEqualTo(5);
    failing(
        () -> stock.putFailing("apple", 6, new IllegalStateException()), RuntimeException.class);
    assertThat(stored()).isEqualTo(5);
  }

  @Test
  void putBeforeIsDoneWhateverHappensThen() {
    assertThat(stock.putBeforeAndLook("apple", 7)).isEqualTo(7);
    failing(() -> stock.putBeforeFailing("apple", 8), IllegalStateException.class);
    assertThat(stored()).isEqualTo(8);
  }

  @Test
  void theListsSayWhichFailuresPut() {
    failing(() -> stock.putFor("apple", 2, new NumberFormatException()), Exception.class);
    assertThat(stored()).as("in cacheFor and noCacheFor").isEqualTo(1);
    failing(() -> stock.putFor("apple", 3, new IllegalArgumentException()), Exception.class);
    assertThat(stored()).as("in cacheFor").isEqualTo(3);
    failing(() -> stock.putFor("apple", 4, new IllegalStateException()), Exception.class);
    assertThat(stored()).as("in neither").isEqualTo(3);
    failing(() -> stock.putNotFor("apple", 5, new IllegalArgumentException()), Exception.class);
    assertThat(stored()).as("in noCacheFor only").isEqualTo(3);
    failing(() -> stock.putNotFor("apple", 6, new IllegalStateException()), Exception.class);
    assertThat(stored()).as("not in noCacheFor").isEqualTo(6);
  }

  @Test
  void putWaitsForAStage() {
    CompletableFuture<Void> pending = new CompletableFuture<>();
    CompletableFuture<Void> done = stock.putLater("apple", 9, pending);
    assertThat(stored()).isEqualTo(1);
    pending.complete(null);
    done.join();
    assertThat(stored()).isEqualTo(9);
    CompletableFuture<Void> failed =
        stock.putLater("apple", 10, CompletableFuture.failedFuture(new IllegalStateException()));
    assertThat(failed).isCompletedExceptionally();
    assertThat(stored()).isEqualTo(9);
  }

  @Test
  void removeRemovesAfterwardsUnlessTheMethodFails() {
    assertThat(stock.removeAndLook("apple")).isEqualTo(1);
    assertThat(stored()).isNull();
    stock.put("apple", 1);
    failing(() -> stock.removeFailing("apple", new IllegalStateException()), Exception.class);
    assertThat(stored()).isEqualTo(1);
    failing(() -> stock.removeFailing("apple", new IllegalArgumentException()), Exception.class);
    assertThat(stored()).as("in evictFor").isNull();
  }

  @Test
  void removeBeforeIsDoneWhateverHappensThen() {
    failing(() -> stock.removeBefore("apple"), IllegalStateException.class);
    assertThat(stored()).isNull();
  }

  @Test
  void onlyTheEntryOfTheKeyIsRemoved() {
    stock.put("pear", 2);
    stock.removeAndLook("apple");
    assertThat(container.stored("stock", "pear")).isEqualTo(2);
  }

  @Test
  void removeAllRemovesAllAfterwardsUnlessTheMethodFails() {
    stock.put("pear", 2);
    failing(() -> stock.empty(new IllegalStateException()), Exception.class);
    assertThat(stored()).isEqualTo(1);
    failing(() -> stock.empty(new IllegalArgumentException()), Exception.class);
    assertThat(stored()).as("in evictFor").isNull();
    assertThat(container.stored("stock", "pear")).isNull();
  }

  @Test
  void removeAllBeforeIsDoneWhateverHappensThen() {
    failing(() -> stock.emptyBefore(), IllegalStateException.class);
    assertThat(stored()).isNull();
  }

  @Test
  void severalAnnotationsOnOneMethodAllAct() {
    stock.move("pear", 4);
    assertThat(container.stored("other-stock", "pear")).isEqualTo(4);
    assertThat(stored()).as("all of the first cache").isNull();
  }

  @ApplicationScoped
  @CacheDefaults(cacheName = "stock")
  public static class Stock {

    @CacheResult
    public Integer get(String fruit) {
      return null;
    }

    @CachePut
    public void put(String fruit, @CacheValue Integer number) {}

    @CachePut
    public void putKeyed(String reason, @CacheKey String fruit, @CacheValue Integer number) {}

    @CachePut
    public Object putAndLook(String fruit, @CacheValue Integer number) {
      return stored();
    }

    @CachePut
    public void putFailing(
        @CacheKey String fruit, @CacheValue Integer number, RuntimeException failure) {
      throw failure;
    }

    @CachePut(afterInvocation = false)
    public Object putBeforeAndLook(String fruit, @CacheValue Integer number) {
      return stored();
    }

    @CachePut(afterInvocation = false)
    public void putBeforeFailing(String fruit, @CacheValue Integer number) {
      throw new IllegalStateException();
    }

    @CachePut(cacheFor = IllegalArgumentException.class, noCacheFor = NumberFormatException.class)
    public void putFor(@CacheKey String fruit, @CacheValue Integer number, RuntimeException why) {
      throw why;
    }

    @CachePut(noCacheFor = IllegalArgumentException.class)
    public void putNotFor(
        @CacheKey String fruit, @CacheValue Integer number, RuntimeException why) {
      throw why;
    }

    @CachePut
    public CompletableFuture<Void> putLater(
        @CacheKey String fruit, @CacheValue Integer number, CompletableFuture<Void> stage) {
      return stage;
    }

    @CacheRemove
    public Object removeAndLook(String fruit) {
      return stored();
    }

    @CacheRemove(evictFor = IllegalArgumentException.class)
    public void removeFailing(@CacheKey String fruit, RuntimeException failure) {
      throw failure;
    }

    @CacheRemove(afterInvocation = false)
    public void removeBefore(String fruit) {
      throw new IllegalStateException();
    }

    @CacheRemoveAll(evictFor = IllegalArgumentException.class)
    public void empty(RuntimeException failure) {
      if (failure != null) {
        throw failure;
      }
    }

    @CacheRemoveAll(afterInvocation = false)
    public void emptyBefore() {
      throw new IllegalStateException();
    }

    @CacheRemoveAll
    @CachePut(cacheName = "other-stock")
    public void move(String fruit, @CacheValue Integer number) {}
  }
}
