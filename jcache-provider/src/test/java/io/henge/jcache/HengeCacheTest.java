package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HengeCacheTest {

  private final FakeCluster cluster = new FakeCluster();
  private final HengeCachingProvider provider = new HengeCachingProvider(cluster.starter());
  private Cache<String, Integer> cache;
  private HengeCache<String, Integer> henge;

  @BeforeEach
  @SuppressWarnings("unchecked") // unwrap knows no parameters
  void open() {
    cache =
        provider
            .getCacheManager()
            .createCache(
                "stock",
                new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    henge = cache.unwrap(HengeCache.class);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void everyOperationHasATwinThatDoesNotBlock() {
    assertThat(henge.cache()).isSameAs(cache);
    join(henge.putAsync("a", 1));
    assertThat(join(henge.getAsync("a"))).isEqualTo(1);
    assertThat(join(henge.containsKeyAsync("b"))).isFalse();
    assertThat(join(henge.getAndPutAsync("a", 2))).isEqualTo(1);
    join(henge.putAllAsync(Map.of("b", 3, "c", 4)));
    assertThat(join(henge.getAllAsync(Set.of("a", "b", "x")))).isEqualTo(Map.of("a", 2, "b", 3));
    assertThat(join(henge.putIfAbsentAsync("a", 9))).isFalse();
    assertThat(join(henge.removeAsync("a", 9))).isFalse();
    assertThat(join(henge.removeAsync("a"))).isTrue();
    assertThat(join(henge.getAndRemoveAsync("b"))).isEqualTo(3);
    assertThat(join(henge.replaceAsync("b", 1))).isFalse();
    assertThat(join(henge.replaceAsync("c", 4, 5))).isTrue();
    assertThat(join(henge.getAndReplaceAsync("c", 6))).isEqualTo(5);
    assertThat(join(henge.<Integer>invokeAsync("c", (entry, more) -> entry.getValue() + 1)))
        .isEqualTo(7);
    assertThat(
            join(henge.<Integer>invokeAllAsync(Set.of("c"), (entry, more) -> entry.getValue()))
                .get("c")
                .get())
        .isEqualTo(6);
    join(henge.removeAllAsync(Set.of("c")));
    assertThat(cache.containsKey("c")).isFalse();
    cache.put("d", 1);
    join(henge.removeAllAsync());
    assertThat(henge.size()).isZero();
    cache.put("d", 1);
    join(henge.clearAsync());
    assertThat(henge.size()).isZero();
  }

  @Test
  void aStageFailsAsItsTwinDoes() {
    assertThatThrownBy(() -> join(henge.putAsync("a", null)))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NullPointerException.class);
    cache.close();
    assertThatThrownBy(() -> join(henge.getAsync("a")))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(henge::size).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itWorksOnAThreadWithTheApplicationsClassLoader() {
    String seen =
        join(
            henge.invokeAsync(
                "a",
                (entry, more) ->
                    Thread.currentThread().getName()
                        + " "
                        + (Thread.currentThread().getContextClassLoader()
                            == provider.getDefaultClassLoader())));
    assertThat(seen).isEqualTo("henge-calls true");
  }

  @Test
  void entriesCanLiveForATimeOfTheirOwn() {
    henge.put("a", 1, Duration.ofSeconds(5));
    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(henge.putIfAbsent("a", 2, Duration.ofSeconds(6))).isFalse();
    assertThat(henge.putIfAbsent("b", 2, Duration.ofSeconds(7))).isTrue();
    assertThat(henge.expireAfter("b", Duration.ofSeconds(8))).isTrue();
    assertThat(henge.expireAfter("x", Duration.ofSeconds(9))).isFalse();
    assertThat(cluster.outcomes)
        .containsExactly(
            "SET 5000000000", "NONE -1", "SET 7000000000", "NONE 8000000000", "NONE -1");
    assertThat(cache.get("b")).isEqualTo(2);
  }

  @Test
  void aLifetimeThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> henge.put("a", 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S")
        .hasMessageContaining("from 1 ms");
    assertThatThrownBy(() -> henge.put("a", null, Duration.ofSeconds(1)))
        .isInstanceOf(NullPointerException.class);
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void itTellsWhereAKeyLives() {
    assertThat(henge.locate("a"))
        .satisfies(
            holders -> {
              assertThat(holders.partition()).isEqualTo(7);
              assertThat(holders.primary()).isEqualTo(cluster.members.get(0).nodeName());
              assertThat(holders.backups()).containsExactly("another");
              assertThat(holders.local()).isTrue();
            });
    cluster.definitions.clear();
    assertThatThrownBy(() -> henge.locate("a")).isInstanceOf(IllegalStateException.class);
  }
}
