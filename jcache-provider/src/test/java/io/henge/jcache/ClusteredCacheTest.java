package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.node.NodeState;
import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.OperationUnknownException;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusteredCacheTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private final HengeCachingProvider otherProvider = new HengeCachingProvider(cluster.starter());
  private Cache<String, Object> cache;
  private Cache<String, Object> elsewhere;

  @BeforeEach
  void open() {
    cache = open(provider);
    elsewhere = open(otherProvider);
  }

  @AfterEach
  void close() {
    provider.close();
    otherProvider.close();
  }

  private static Cache<String, Object> open(HengeCachingProvider provider) {
    return provider
        .getCacheManager()
        .createCache(
            "orders",
            new MutableConfiguration<String, Object>().setTypes(String.class, Object.class));
  }

  @Test
  void everyOperationSeesWhatAnotherMemberDid() {
    cache.put("a", 1);
    assertThat(elsewhere.get("a")).isEqualTo(1);
    assertThat(elsewhere.getAndPut("a", 2)).isEqualTo(1);
    assertThat(cache.getAndPut("b", 3)).isNull();
    assertThat(elsewhere.putIfAbsent("b", 4)).isFalse();
    assertThat(elsewhere.putIfAbsent("c", 4)).isTrue();
    assertThat(cache.containsKey("c")).isTrue();
    assertThat(cache.replace("c", 5)).isTrue();
    assertThat(cache.replace("d", 5)).isFalse();
    assertThat(elsewhere.getAndReplace("c", 6)).isEqualTo(5);
    assertThat(elsewhere.getAndReplace("d", 6)).isNull();
    assertThat(cache.replace("c", 5, 7)).isFalse();
    assertThat(cache.replace("c", 6, 7)).isTrue();
    assertThat(elsewhere.remove("c", 6)).isFalse();
    assertThat(elsewhere.remove("c", 7)).isTrue();
    assertThat(cache.remove("c")).isFalse();
    assertThat(cache.getAndRemove("b")).isEqualTo(3);
    assertThat(elsewhere.getAndRemove("b")).isNull();
    assertThat(elsewhere.remove("a")).isTrue();
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void bulkOperationsGoToTheEngineInOneCall() {
    cache.putAll(Map.of("a", 1, "b", 2, "c", 3));
    assertThat(elsewhere.getAll(Set.of("a", "b", "z")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 2));
    elsewhere.removeAll(Set.of("a", "z"));
    assertThat(cluster.calls).containsExactly("putAll", "getAll", "removeAll");
    assertThat(cache.getAll(Set.of("a", "b", "c"))).containsOnlyKeys("b", "c");
    cache.removeAll();
    assertThat(cache.iterator()).isExhausted();
    cache.put("a", 1);
    elsewhere.clear();
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void keysAndValuesAreCopiedOnTheWayInAndOut() {
    List<String> value = new ArrayList<>(List.of("x"));
    cache.put("a", value);
    value.add("y");
    assertThat(cache.get("a")).isEqualTo(List.of("x"));
    castList(cache.get("a")).add("z");
    assertThat(cache.get("a")).isEqualTo(List.of("x"));
  }

  @SuppressWarnings("unchecked")
  private static List<String> castList(Object object) {
    return (List<String>) object;
  }

  @Test
  void nullsAreRefusedEverywhere() {
    Map<String, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    Map<String, Object> nullValue = new HashMap<>();
    nullValue.put("a", null);
    Set<String> nullInside = new HashSet<>();
    nullInside.add(null);
    List<ThrowingCallable> calls =
        List.of(
            () -> cache.get(null),
            () -> cache.getAll(null),
            () -> cache.getAll(nullInside),
            () -> cache.containsKey(null),
            () -> cache.loadAll(null, true, null),
            () -> cache.loadAll(nullInside, true, null),
            () -> cache.put(null, 1),
            () -> cache.put("a", null),
            () -> cache.getAndPut(null, 1),
            () -> cache.getAndPut("a", null),
            () -> cache.putAll(null),
            () -> cache.putAll(nullKey),
            () -> cache.putAll(nullValue),
            () -> cache.putIfAbsent(null, 1),
            () -> cache.putIfAbsent("a", null),
            () -> cache.remove(null),
            () -> cache.remove(null, 1),
            () -> cache.remove("a", null),
            () -> cache.getAndRemove(null),
            () -> cache.replace(null, 1),
            () -> cache.replace("a", null),
            () -> cache.replace(null, 1, 2),
            () -> cache.replace("a", null, 2),
            () -> cache.replace("a", 1, null),
            () -> cache.getAndReplace(null, 1),
            () -> cache.getAndReplace("a", null),
            () -> cache.removeAll(null),
            () -> cache.removeAll(nullInside),
            () -> cache.invoke(null, (entry, arguments) -> null),
            () -> cache.invoke("a", null),
            () -> cache.invokeAll(null, (entry, arguments) -> null),
            () -> cache.invokeAll(nullInside, (entry, arguments) -> null),
            () -> cache.invokeAll(Set.of("a"), null),
            () -> cache.registerCacheEntryListener(null),
            () -> cache.deregisterCacheEntryListener(null));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }
    assertThat(cluster.calls).isEmpty();
  }

  @Test
  void aClosedCacheRefusesEverythingBeforeItLooksAtTheArguments() {
    Iterator<Cache.Entry<String, Object>> iterator = cache.iterator();
    cache.close();
    cache.close();
    assertThat(cache.isClosed()).isTrue();
    List<ThrowingCallable> calls =
        List.of(
            () -> cache.get(null),
            () -> cache.getAll(null),
            () -> cache.containsKey(null),
            () -> cache.loadAll(null, true, null),
            () -> cache.put(null, null),
            () -> cache.getAndPut(null, null),
            () -> cache.putAll(null),
            () -> cache.putIfAbsent(null, null),
            () -> cache.remove(null),
            () -> cache.remove(null, null),
            () -> cache.getAndRemove(null),
            () -> cache.replace(null, null),
            () -> cache.replace(null, null, null),
            () -> cache.getAndReplace(null, null),
            () -> cache.removeAll(null),
            () -> cache.removeAll(),
            () -> cache.clear(),
            () -> cache.invoke(null, null),
            () -> cache.invokeAll(null, null),
            () -> cache.iterator(),
            iterator::hasNext,
            iterator::next,
            iterator::remove,
            () -> cache.registerCacheEntryListener(null),
            () -> cache.deregisterCacheEntryListener(null));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("orders");
    }
    assertThat(cache.getName()).isEqualTo("orders");
  }

  @Test
  void keysAndValuesOfOtherTypesThanDeclaredAreRefused() {
    Cache<Integer, String> typed =
        provider
            .getCacheManager()
            .createCache(
                "typed",
                new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class));
    Cache<Object, Object> raw = provider.getCacheManager().getCache("typed");
    List<ThrowingCallable> calls =
        List.of(
            () -> raw.get("a"),
            () -> raw.put("a", "x"),
            () -> raw.put(1, 2),
            () -> raw.putAll(Map.of(1, 2)),
            () -> raw.replace(1, "x", 2),
            () -> raw.replace(1, 2, "x"),
            () -> raw.getAll(Set.of("a")));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(ClassCastException.class)
          .hasMessageContaining("declared");
    }
    assertThat(typed.iterator()).isExhausted();
  }

  @Test
  void loadAllWithoutALoaderCompletesAtOnce() {
    AtomicBoolean completed = new AtomicBoolean();
    cache.loadAll(
        Set.of("a"),
        true,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            completed.set(true);
          }

          @Override
          public void onException(Exception failure) {
            throw new AssertionError(failure);
          }
        });
    cache.loadAll(Set.of("a"), true, null);
    assertThat(completed).isTrue();
    assertThat(cache.get("a")).isNull();
  }

  @Test
  void theIteratorGivesEveryEntryAndRemovesTheLastOne() {
    cache.putAll(Map.of("a", 1, "b", 2));
    Map<String, Object> seen = new HashMap<>();
    Iterator<Cache.Entry<String, Object>> iterator = cache.iterator();
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    while (iterator.hasNext()) {
      Cache.Entry<String, Object> entry = iterator.next();
      seen.put(entry.getKey(), entry.getValue());
      iterator.remove();
      assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
      assertThat(elsewhere.containsKey(entry.getKey())).isFalse();
    }
    assertThat(seen).isEqualTo(Map.of("a", 1, "b", 2));
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void conditionalOperationsCompareObjectsAndNotBytes() {
    cache.put("a", linked("x", "y"));
    assertThat(cache.replace("a", linked("y", "x"), linked("y", "z"))).isTrue();
    assertThat(cache.get("a")).isEqualTo(Map.of("y", 1, "z", 1));
    assertThat(cache.remove("a", linked("y", "x"))).isFalse();
    assertThat(cache.remove("a", linked("z", "y"))).isTrue();
    assertThat(cache.containsKey("a")).isFalse();
    assertThat(cache.remove("a", linked("z", "y"))).isFalse();
  }

  @Test
  void aConditionalOperationThatLosesItsRaceAgainAndAgainTakesAReservation() {
    cache.put("a", linked("x", "y"));
    AtomicInteger turn = new AtomicInteger();
    cluster.beforeCompareAndSet =
        () ->
            elsewhere.put(
                "a", turn.incrementAndGet() % 2 == 0 ? linked("x", "y") : linked("y", "x"));
    assertThat(cache.replace("a", linked("x", "y", "-", "x", "y"), linked("new"))).isFalse();
    Map<String, Integer> expected = new HashMap<>(64);
    expected.put("x", 1);
    expected.put("y", 1);
    assertThat(cache.replace("a", expected, linked("new"))).isTrue();
    assertThat(cluster.calls).contains("invokeHere");
    assertThat(cache.get("a")).isEqualTo(Map.of("new", 1));
  }

  private static Map<String, Integer> linked(String... keys) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (String key : keys) {
      map.put(key, 1);
    }
    return map;
  }

  @Test
  void whatWasNotDoneAndWhatIsUnknownAreTwoExceptions() {
    cluster.failure = new OperationRefusedException("no quorum");
    assertThatThrownBy(() -> cache.put("a", 1))
        .isInstanceOf(OperationNotDoneException.class)
        .hasMessage("no quorum");
    cluster.failure = new OperationUnknownException("timed out");
    assertThatThrownBy(() -> cache.invoke("a", (entry, arguments) -> null))
        .isInstanceOf(OperationOutcomeUnknownException.class)
        .hasMessage("timed out");
    assertThat(cache.isClosed()).isFalse();
  }

  @Test
  void aCacheDestroyedByAnotherMemberIsClosedHere() {
    cache.put("a", 1);
    otherProvider.getCacheManager().destroyCache("orders");
    assertThatThrownBy(() -> cache.get("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("destroyed");
    assertThat(cache.isClosed()).isTrue();
    assertThat(provider.getCacheManager().<String, Object>getCache("orders")).isNull();
  }

  @Test
  void aCacheMadeAgainUnderItsNameIsEmptyAndClosesTheOldHandles() {
    cache.put("a", 1);
    otherProvider.getCacheManager().destroyCache("orders");
    Cache<String, Object> again = open(otherProvider);
    assertThatThrownBy(() -> cache.get("a")).isInstanceOf(IllegalStateException.class);
    Cache<String, Object> here = provider.getCacheManager().getCache("orders");
    assertThat(here).isNotNull().isNotSameAs(cache);
    again.put("a", 2);
    assertThat(here.get("a")).isEqualTo(2);
  }

  @Test
  void aCacheThatItsMemberLeftBehindIsOpenedAgainInTheNewCluster() {
    FakeEngine member = cluster.members.get(0);
    cache.put("a", 1);
    elsewhere.close();
    cluster.definitions.clear();
    member.state = NodeState.STARTING;
    member.id = new MemberId(7, 7);
    assertThatThrownBy(() -> cache.get("a")).isInstanceOf(OperationNotDoneException.class);
    member.state = NodeState.RUNNING;
    assertThat(cache.get("a")).isNull();
    cache.put("a", 2);
    assertThat(
            cache.invoke(
                "a",
                (EntryProcessor<String, Object, Object>) (entry, arguments) -> entry.getValue()))
        .isEqualTo(2);
    cluster.definitions.clear();
    assertThatThrownBy(() -> cache.get("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theConfigurationCanBeHadAsTheSpecificationsInterfacesOnly() {
    Configuration<String, Object> plain = configuration(Configuration.class);
    CompleteConfiguration<String, Object> complete = configuration(CompleteConfiguration.class);
    assertThat(plain).isSameAs(complete);
    assertThat(complete.getKeyType()).isEqualTo(String.class);
    assertThatThrownBy(() -> configuration(MutableConfiguration.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <C extends Configuration<String, Object>> C configuration(Class<?> type) {
    return cache.getConfiguration((Class<C>) type);
  }

  @Test
  void anUnknownClassCannotBeUnwrapped() {
    Object itself = cache.unwrap(ClusteredCache.class);
    assertThat(itself).isSameAs(cache);
    assertThatThrownBy(() -> cache.unwrap(String.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
