package io.henge.jcache.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CacheResultTest {

  private static Container container;
  private static Catalogue catalogue;

  @BeforeAll
  static void start() {
    container = new Container(Catalogue.class, Named.class, Child.class, Whole.class);
    catalogue = container.bean(Catalogue.class);
  }

  @AfterAll
  static void stop() {
    container.close();
  }

  @Test
  void aSecondCallIsAnsweredFromTheCache() {
    assertThat(catalogue.title("a", 1)).isEqualTo("title a 1");
    assertThat(catalogue.title("a", 1)).isEqualTo("title a 1");
    assertThat(container.calls("title a 1")).isEqualTo(1);
    assertThat(container.stored("titles", "a", 1)).isEqualTo("title a 1");
  }

  @Test
  void otherArgumentsAreOtherKeys() {
    assertThat(catalogue.title("b", 1)).isEqualTo("title b 1");
    assertThat(catalogue.title("b", 2)).isEqualTo("title b 2");
    assertThat(catalogue.title(null, 2)).isEqualTo("title null 2");
    assertThat(catalogue.title(null, 2)).isEqualTo("title null 2");
    assertThat(container.calls("title null 2")).isEqualTo(1);
  }

  @Test
  void onlyTheKeyParametersMakeTheKeyWhichEqualsThatOfAMethodWithoutTheOthers() {
    assertThat(catalogue.keyed("k", new Object())).isEqualTo("keyed k");
    assertThat(catalogue.keyed("k", new Object())).isEqualTo("keyed k");
    assertThat(catalogue.unkeyed("k")).isEqualTo("keyed k");
    assertThat(container.calls("keyed k")).isEqualTo(1);
  }

  @Test
  void arraysAreKeysByWhatTheyContain() {
    assertThat(catalogue.sum(new int[] {1, 2}, "x", "y")).isEqualTo(3);
    assertThat(catalogue.sum(new int[] {1, 2}, "x", "y")).isEqualTo(3);
    assertThat(catalogue.sum(new int[] {1, 3}, "x", "y")).isEqualTo(4);
    assertThat(container.calls("sum 3")).isEqualTo(1);
  }

  @Test
  void aNullResultIsNotCached() {
    assertThat(catalogue.missing("n")).isNull();
    assertThat(catalogue.missing("n")).isNull();
    assertThat(container.calls("missing n")).isEqualTo(2);
  }

  @Test
  void skipGetCallsAlwaysAndStores() {
    assertThat(catalogue.refreshed("s", "old")).isEqualTo("old");
    assertThat(catalogue.refreshed("s", "new")).isEqualTo("new");
    assertThat(container.stored("refreshed", "s")).isEqualTo("new");
  }

  @Test
  void aNullResultUnderSkipGetRemovesWhatWasStoredBefore() {
    catalogue.refreshed("gone", "old");
    assertThat(catalogue.refreshed("gone", null)).isNull();
    assertThat(container.stored("refreshed", "gone")).isNull();
  }

  @Test
  void anExceptionIsNotCachedWithoutACacheForIt() {
    assertThatThrownBy(() -> catalogue.failing("f")).hasMessage("failing f");
    assertThatThrownBy(() -> catalogue.failing("f")).hasMessage("failing f");
    assertThat(container.calls("failing f")).isEqualTo(2);
  }

  @Test
  void anyExceptionIsCachedIfNoneIsListed() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> catalogue.remembered("e", new IllegalStateException("broken")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("broken");
    }
    assertThat(container.calls("remembered e")).isEqualTo(1);
    assertThat(container.stored("failures", "e")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anErrorIsNoResult() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> catalogue.remembered("o", new OutOfMemoryError("no")))
          .isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(container.calls("remembered o")).isEqualTo(2);
  }

  @Test
  void anExceptionThatCannotBeStoredIsThrownAllTheSame() {
    assertThatThrownBy(() -> catalogue.remembered("u", new Unserializable()))
        .isInstanceOf(Unserializable.class)
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
  }

  @Test
  void theListsSayWhichExceptionsAreCached() {
    assertThat(callsWith("1", new IOException())).isEqualTo(1);
    assertThat(callsWith("2", new FileNotFoundException())).isEqualTo(2);
    assertThat(callsWith("3", new IllegalStateException())).isEqualTo(2);
    assertThat(callsWithExcluded("4", new FileNotFoundException())).isEqualTo(2);
    assertThat(callsWithExcluded("5", new IllegalStateException())).isEqualTo(1);
  }

  private static int callsWith(String key, Exception failure) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> catalogue.listed(key, failure)).hasSameClassAs(failure);
    }
    return container.calls("listed " + key);
  }

  private static int callsWithExcluded(String key, Exception failure) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> catalogue.excluded(key, failure)).hasSameClassAs(failure);
    }
    return container.calls("excluded " + key);
  }

  @Test
  void skipGetSkipsTheCheckForExceptionsToo() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> catalogue.rememberedAlways("r")).hasMessage("always");
    }
    assertThat(container.calls("rememberedAlways r")).isEqualTo(2);
    assertThat(container.stored("failures", "r")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theValueOfAStageIsCachedAndNotTheStage() {
    assertThat(catalogue.later("l").toCompletableFuture().join()).isEqualTo("later l");
    assertThat(catalogue.later("l").toCompletableFuture().join()).isEqualTo("later l");
    assertThat(catalogue.future("l").join()).isEqualTo("later l");
    assertThat(container.calls("later l")).isEqualTo(1);
    assertThat(container.stored("later", "l")).isEqualTo("later l");
  }

  @Test
  void aStageThatIsNotCompleteStoresWhenItIs() {
    CompletableFuture<String> pending = new CompletableFuture<>();
    CompletableFuture<String> answered = catalogue.pending("p", pending);
    assertThat(container.stored("later", "p")).isNull();
    pending.complete("done");
    assertThat(answered.join()).isEqualTo("done");
    assertThat(container.stored("later", "p")).isEqualTo("done");
  }

  @Test
  void theFailureOfAStageIsCachedAsAnExceptionIs() {
    for (int i = 0; i < 2; i++) {
      CompletableFuture<String> failed =
          catalogue.failingLater("x").thenApply(unused -> "never").toCompletableFuture();
      assertThatThrownBy(failed::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("later");
    }
    assertThat(container.calls("failingLater x")).isEqualTo(1);
  }

  @Test
  void aStageOfNullIsNotCached() {
    assertThat(catalogue.pending("none", CompletableFuture.completedFuture(null)).join()).isNull();
    assertThat(container.stored("later", "none")).isNull();
  }

  @Test
  void ofSeveralThreadsWithOneKeyOneCallsTheMethod() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch gate = new CountDownLatch(1);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> catalogue.slow("slow", gate)));
      }
      await().until(() -> container.calls("slow slow") == 1);
      gate.countDown();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("slow slow");
      }
      assertThat(container.calls("slow slow")).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theDefaultNameIsThatOfTheMethod() {
    container.bean(Named.class).ofMethod("a", new int[0], 2L);
    assertThat(
            container.cache(
                "io.henge.jcache.annotation.CacheResultTest$Named.ofMethod(java.lang.String,int[],long)"))
        .isNotNull();
  }

  @Test
  void aBeanInheritsMethodsAndDefaultsOfItsSuperclass() {
    assertThat(container.bean(Child.class).inherited("i")).isEqualTo("inherited i");
    assertThat(container.bean(Child.class).inherited("i")).isEqualTo("inherited i");
    assertThat(container.calls("inherited i")).isEqualTo(1);
    assertThat(container.stored("of-parent", "i")).isEqualTo("inherited i");
  }

  @Test
  void anAnnotationOnTheClassIsOnAllItsMethods() {
    assertThat(container.bean(Whole.class).one("w")).isEqualTo("one w");
    assertThat(container.bean(Whole.class).one("w")).isEqualTo("one w");
    assertThat(container.calls("one w")).isEqualTo(1);
    assertThat(container.stored("whole", "w")).isEqualTo("one w");
  }

  /** Cannot be serialized, for a field. */
  private static final class Unserializable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "unused"})
    private final Object field = new Object();
  }

  @ApplicationScoped
  public static class Catalogue {

    @Inject private Calls calls;

    @CacheResult(cacheName = "titles")
    public String title(String isbn, int edition) {
      calls.add("title " + isbn + " " + edition);
      return "title " + isbn + " " + edition;
    }

    @CacheResult(cacheName = "keyed")
    public String keyed(@CacheKey String key, Object other) {
      calls.add("keyed " + key);
      return "keyed " + key;
    }

    @CacheResult(cacheName = "keyed")
    public String unkeyed(String key) {
      throw new AssertionError("not called, though its key is " + key);
    }

    @CacheResult(cacheName = "sums")
    public int sum(int[] numbers, String... more) {
      int sum = Arrays.stream(numbers).sum();
      calls.add("sum " + sum);
      return sum;
    }

    @CacheResult(cacheName = "missing")
    public String missing(String key) {
      calls.add("missing " + key);
      return null;
    }

    @CacheResult(cacheName = "refreshed", skipGet = true)
    public String refreshed(@CacheKey String key, String value) {
      return value;
    }

    @CacheResult(cacheName = "failing")
    public String failing(String key) throws IOException {
      calls.add("failing " + key);
      throw new IOException("failing " + key);
    }

    @CacheResult(cacheName = "remembered", exceptionCacheName = "failures")
    public String remembered(@CacheKey String key, Throwable failure) throws Throwable {
      calls.add("remembered " + key);
      throw failure;
    }

    @CacheResult(cacheName = "remembered", exceptionCacheName = "failures", skipGet = true)
    public String rememberedAlways(String key) {
      calls.add("rememberedAlways " + key);
      throw new IllegalStateException("always");
    }

    @CacheResult(
        cacheName = "listed",
        exceptionCacheName = "listed-failures",
        cachedExceptions = IOException.class,
        nonCachedExceptions = FileNotFoundException.class)
    public String listed(@CacheKey String key, Exception failure) throws Exception {
      calls.add("listed " + key);
      throw failure;
    }

    @CacheResult(
        cacheName = "excluded",
        exceptionCacheName = "excluded-failures",
        nonCachedExceptions = IOException.class)
    public String excluded(@CacheKey String key, Exception failure) throws Exception {
      calls.add("excluded " + key);
      throw failure;
    }

    @CacheResult(cacheName = "slow")
    public String slow(@CacheKey String key, CountDownLatch gate) throws InterruptedException {
      calls.add("slow " + key);
      gate.await();
      return "slow " + key;
    }

    @CacheResult(cacheName = "later")
    public CompletionStage<String> later(String key) {
      calls.add("later " + key);
      return CompletableFuture.completedStage("later " + key);
    }

    @CacheResult(cacheName = "later")
    public CompletableFuture<String> future(String key) {
      throw new AssertionError("not called, though its key is " + key);
    }

    @CacheResult(cacheName = "later")
    public CompletableFuture<String> pending(
        @CacheKey String key, CompletableFuture<String> stage) {
      return stage;
    }

    @CacheResult(cacheName = "later", exceptionCacheName = "failures-later")
    public CompletionStage<String> failingLater(String key) {
      calls.add("failingLater " + key);
      return CompletableFuture.supplyAsync(
          () -> {
            throw new IllegalStateException("later");
          },
          Runnable::run);
    }
  }

  @ApplicationScoped
  public static class Named {

    @CacheResult
    public String ofMethod(String one, int[] two, long three) {
      return "named";
    }
  }

  @CacheDefaults(cacheName = "of-parent")
  public abstract static class Parent {

    @Inject private Calls calls;

    @CacheResult
    public String inherited(String key) {
      calls.add("inherited " + key);
      return "inherited " + key;
    }
  }

  @ApplicationScoped
  public static class Child extends Parent {}

  @ApplicationScoped
  @CacheResult(cacheName = "whole")
  public static class Whole {

    @Inject private Calls calls;

    public String one(String key) {
      calls.add("one " + key);
      return "one " + key;
    }
  }
}
