package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.codec.CodecException;
import io.henge.jcache.processor.SubstituteException;
import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.OperationUnknownException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryProcessorTest {

  private static final String AT_PRIMARY = "invokeAtPrimary";
  private static final String HERE = "invokeHere";

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final HengeCachingProvider otherProvider = new HengeCachingProvider(cluster.starter());
  private Cache<String, Object> cache;

  /** What a test does with an entry; travels or stays by what it is wrapped in. */
  interface Work extends BiFunction<MutableEntry<String, Object>, Object[], Object>, Serializable {}

  enum Place {
    AT_THE_PRIMARY {
      @Override
      EntryProcessor<String, Object, Object> wrap(Work work) {
        return new Travelling(work);
      }
    },
    AT_THE_CALLER {
      @Override
      EntryProcessor<String, Object, Object> wrap(Work work) {
        return (entry, arguments) -> work.apply(entry, arguments);
      }
    };

    abstract EntryProcessor<String, Object, Object> wrap(Work work);
  }

  static final class Travelling implements EntryProcessor<String, Object, Object>, Serializable {
    private static final long serialVersionUID = 1L;
    private final Work work;

    Travelling(Work work) {
      this.work = work;
    }

    @Override
    public Object process(MutableEntry<String, Object> entry, Object... arguments) {
      return work.apply(entry, arguments);
    }
  }

  @BeforeEach
  void open() {
    otherProvider.getCacheManager().createCache("orders", new MutableConfiguration<>());
    cache = provider.getCacheManager().createCache("orders", new MutableConfiguration<>());
    cluster.primary = 0;
  }

  @AfterEach
  void close() {
    provider.close();
    otherProvider.close();
  }

  private Object invoke(Place place, Work work, Object... arguments) {
    return cache.invoke("a", place.wrap(work), arguments);
  }

  @ParameterizedTest
  @EnumSource
  void aProcessorReadsAndChangesItsEntry(Place place) {
    Work increment =
        (entry, arguments) -> {
          Object before = entry.getValue();
          entry.setValue(before == null ? arguments[0] : (Integer) before + (Integer) arguments[0]);
          return before;
        };
    assertThat(invoke(place, increment, 5)).isNull();
    assertThat(invoke(place, increment, 2)).isEqualTo(5);
    assertThat(cache.get("a")).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void theEntryShowsWhatTheProcessorDidToIt(Place place) {
    Work work =
        (entry, arguments) -> {
          String story = entry.getKey() + entry.exists() + entry.getValue();
          entry.setValue(1);
          story += entry.exists() + "" + entry.getValue();
          entry.remove();
          return story + entry.exists() + entry.getValue();
        };
    assertThat(invoke(place, work)).isEqualTo("afalsenulltrue1falsenull");
    assertThat(cache.containsKey("a")).isFalse();
    cache.put("a", 0);
    assertThat(invoke(place, work)).isEqualTo("atrue0true1falsenull");
    assertThat(cache.containsKey("a")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheNetEffectCounts(Place place) {
    invoke(
        place,
        (entry, arguments) -> {
          entry.setValue(1);
          entry.setValue(2);
          entry.remove();
          return null;
        });
    assertThat(cache.containsKey("a")).isFalse();
    cache.put("a", 1);
    invoke(
        place,
        (entry, arguments) -> {
          entry.remove();
          entry.setValue(3);
          return null;
        });
    assertThat(cache.get("a")).isEqualTo(3);
    invoke(
        place,
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
    assertThat(cache.containsKey("a")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatItThrowsIsTheCauseAndNothingIsStored(Place place) {
    List<Throwable> thrown =
        List.of(
            new IllegalArgumentException("wrong"),
            new IllegalAccessError("an error"),
            new IllegalStateException("outer", new IOException("inner")));
    for (Throwable each : thrown) {
      assertThatThrownBy(
              () ->
                  invoke(
                      place,
                      (entry, arguments) -> {
                        entry.setValue(1);
                        throw EntryProcessorTest.<RuntimeException>sneaky(each);
                      }))
          .isExactlyInstanceOf(EntryProcessorException.class)
          .cause()
          .isExactlyInstanceOf(each.getClass())
          .hasMessage(each.getMessage());
    }
    assertThat(cache.containsKey("a")).isFalse();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @EnumSource
  void anEntryProcessorExceptionIsNotWrappedAgain(Place place) {
    assertThatThrownBy(
            () ->
                invoke(
                    place,
                    (entry, arguments) -> {
                      throw new EntryProcessorException(new IOException("loading failed"));
                    }))
        .isExactlyInstanceOf(EntryProcessorException.class)
        .cause()
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("loading failed");
  }

  @ParameterizedTest
  @EnumSource
  void settingNullFailsInside(Place place) {
    assertThatThrownBy(
            () ->
                invoke(
                    place,
                    (entry, arguments) -> {
                      entry.setValue(null);
                      return null;
                    }))
        .isExactlyInstanceOf(EntryProcessorException.class)
        .hasRootCauseInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatCannotBeStoredFailsTheProcessor(Place place) {
    assertThatThrownBy(
            () ->
                invoke(
                    place,
                    (entry, arguments) -> {
                      entry.setValue(new Object());
                      return 1;
                    }))
        .isExactlyInstanceOf(EntryProcessorException.class)
        .cause()
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("java.lang.Object");
    assertThat(cache.containsKey("a")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theOneArgumentMayBeACollection(Place place) {
    assertThat(invoke(place, (entry, arguments) -> arguments.length, List.of())).isEqualTo(1);
    assertThat(invoke(place, (entry, arguments) -> arguments.length)).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource
  void theResultMayBeTheEntryItself(Place place) {
    Object result =
        invoke(
            place,
            (entry, arguments) -> {
              entry.setValue(1);
              return entry;
            });
    assertThat(result).isInstanceOf(MutableEntry.class);
    MutableEntry<?, ?> entry = (MutableEntry<?, ?>) result;
    assertThat(entry.getKey()).isEqualTo("a");
    assertThat(entry.getValue()).isEqualTo(1);
    assertThat(entry.exists()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void invokeAllGivesEachKeyItsResult(Place place) {
    cache.put("b", 1);
    Map<String, EntryProcessorResult<Object>> results =
        cache.invokeAll(
            Set.of("a", "b", "c"),
            place.wrap(
                (entry, arguments) -> {
                  if (entry.getKey().equals("c")) {
                    throw new IllegalStateException("not c");
                  }
                  return entry.getValue();
                }));
    assertThat(results).containsOnlyKeys("b", "c");
    assertThat(results.get("b").get()).isEqualTo(1);
    assertThatThrownBy(() -> results.get("c").get())
        .isExactlyInstanceOf(EntryProcessorException.class)
        .hasRootCauseMessage("not c");
  }

  @Test
  void invokeAllAsksThePrimariesForAllKeysAtOnce() {
    Map<String, EntryProcessorResult<Object>> results =
        cache.invokeAll(
            Set.of("a", "b", "c"),
            Place.AT_THE_PRIMARY.wrap((entry, arguments) -> entry.getKey() + arguments[0]),
            1);
    assertThat(results).containsOnlyKeys("a", "b", "c");
    results.forEach((key, result) -> assertThat(result.get()).isEqualTo(key + 1));
    assertThat(cluster.calls).containsOnlyOnce("invokeAllAtPrimary").doesNotContain(HERE);
    cluster.calls.clear();
    assertThat(cache.invokeAll(Set.of(), Place.AT_THE_PRIMARY.wrap((entry, arguments) -> 1)))
        .isEmpty();
    assertThat(cluster.calls).isEmpty();
  }

  @Test
  void invokeAllRunsHereForTheKeysWhosePrimaryCannotRunIt() {
    cluster.members.get(cluster.primary).hosts.clear();
    Map<String, EntryProcessorResult<Object>> results =
        cache.invokeAll(
            Set.of("a", "b"),
            Place.AT_THE_PRIMARY.wrap(
                (entry, arguments) -> {
                  entry.setValue(entry.getKey());
                  return 1;
                }));
    assertThat(results).containsOnlyKeys("a", "b");
    assertThat(cluster.calls).contains("invokeAllAtPrimary", HERE);
    assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "a", "b", "b"));
  }

  @Test
  void invokeAllTellsOfEachKeyWhetherItWasDone() {
    cluster.failingProcessors.put("b", new OperationUnknownException("timed out"));
    cluster.failingProcessors.put("c", new OperationRefusedException("no majority"));
    Map<String, EntryProcessorResult<Object>> results =
        cache.invokeAll(Set.of("a", "b", "c"), Place.AT_THE_PRIMARY.wrap((entry, arguments) -> 1));
    assertThat(results.get("a").get()).isEqualTo(1);
    assertThatThrownBy(() -> results.get("b").get())
        .isInstanceOf(OperationOutcomeUnknownException.class);
    assertThatThrownBy(() -> results.get("c").get()).isInstanceOf(OperationNotDoneException.class);
  }

  @Test
  void aSerializableProcessorRunsAtThePrimaryAndAnotherOneHere() {
    invoke(Place.AT_THE_PRIMARY, (entry, arguments) -> null);
    invoke(Place.AT_THE_CALLER, (entry, arguments) -> null);
    assertThat(cluster.calls).containsExactly(AT_PRIMARY, HERE);
  }

  @Test
  void aProcessorWhoseArgumentCannotTravelRunsHere() {
    AtomicInteger counter = new AtomicInteger();
    invoke(
        Place.AT_THE_PRIMARY,
        (entry, arguments) -> ((Runnable) arguments[0]).hashCode() & 0,
        (Runnable) counter::incrementAndGet);
    assertThat(cluster.calls).containsExactly(HERE);
  }

  @Test
  void aProcessorThatHoldsWhatCannotTravelRunsHere() {
    Object notSerializable = new Object();
    String here = notSerializable.toString();
    assertThat(invoke(Place.AT_THE_PRIMARY, (entry, arguments) -> notSerializable.toString()))
        .isEqualTo(here);
    assertThat(cluster.calls).containsExactly(HERE);
  }

  @Test
  void aProcessorThatThePrimaryCannotRunRunsHere() {
    otherProvider.close();
    FakeEngine bare =
        new FakeEngine(cluster, cluster.members.get(0).settings); // has not opened the cache
    cluster.primary = cluster.members.indexOf(bare);
    assertThat(invoke(Place.AT_THE_PRIMARY, (entry, arguments) -> 1)).isEqualTo(1);
    assertThat(cluster.calls).containsExactly(AT_PRIMARY, HERE);
  }

  @Test
  void aProcessorThatCannotBeDecodedAtThePrimaryRunsHereOnce() {
    Undecodable.RUNS.set(0);
    assertThat(cache.invoke("a", new Undecodable())).isEqualTo(1);
    assertThat(cluster.calls).containsExactly(AT_PRIMARY, HERE);
    assertThat(Undecodable.RUNS).hasValue(1);
  }

  static final class Undecodable implements EntryProcessor<String, Object, Integer>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger RUNS = new AtomicInteger();

    @Override
    public Integer process(MutableEntry<String, Object> entry, Object... arguments) {
      return RUNS.incrementAndGet();
    }

    private void readObject(ObjectInputStream in) throws ClassNotFoundException {
      throw new ClassNotFoundException("not deployed here");
    }
  }

  @Test
  void anExceptionThatCannotTravelIsReplacedByOneThatTellsAsMuch() {
    assertThatThrownBy(
            () ->
                invoke(
                    Place.AT_THE_PRIMARY,
                    (entry, arguments) -> {
                      throw new Unserializable("bad day", new IOException("disk"));
                    }))
        .isExactlyInstanceOf(EntryProcessorException.class)
        .cause()
        .isInstanceOfSatisfying(
            SubstituteException.class,
            substitute -> {
              assertThat(substitute.originalClassName()).isEqualTo(Unserializable.class.getName());
              assertThat(substitute.getStackTrace()[0].getClassName())
                  .startsWith(EntryProcessorTest.class.getName());
            })
        .hasMessageContaining("bad day")
        .cause()
        .hasMessageContaining("java.io.IOException: disk");
  }

  static final class Unserializable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused") // stands in the way of serialization
    private final Object state = new Object();

    Unserializable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  @Test
  void aResultThatCannotTravelFailsAndStoresNothing() {
    assertThatThrownBy(
            () ->
                invoke(
                    Place.AT_THE_PRIMARY,
                    (entry, arguments) -> {
                      entry.setValue(1);
                      return new Object();
                    }))
        .isExactlyInstanceOf(EntryProcessorException.class)
        .cause()
        .hasMessageContaining("java.lang.Object");
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void aResultThatCannotTravelIsFineWhereItNeedNot() {
    Object result = new Object();
    assertThat(cache.<Object>invoke("a", (entry, arguments) -> result)).isSameAs(result);
  }

  @Test
  void theContextLoaderAtThePrimaryIsTheApplications() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      Object name =
          invoke(
              Place.AT_THE_PRIMARY,
              (entry, arguments) ->
                  Thread.currentThread().getContextClassLoader().getClass().getName());
      assertThat(name)
          .isEqualTo(otherProvider.getCacheManager().getClassLoader().getClass().getName());
      assertThat(thread.getContextClassLoader()).isNull();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
