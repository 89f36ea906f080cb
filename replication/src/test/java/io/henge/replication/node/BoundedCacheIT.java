package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.PartitionReplica;
import io.henge.replication.store.CacheUsage;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Caches that are written to far beyond their bounds, over real channels. */
class BoundedCacheIT {

  private static final int COPIES = 2;
  private static final int HOT = 60;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ReplicatedCache open(Engine node, String name, CacheSettings settings) {
    return node.openCache(name, settings, new TreeMap<>(settings.shared()), null);
  }

  private static void awaitThree(List<Engine> engines) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                engines.stream()
                    .map(engine -> ((HengeNode) engine).incarnation().state())
                    .allMatch(state -> state != null && state.members().size() == engines.size()));
  }

  /** What a cache takes in a member's replicas, of the partitions that it leads or of all. */
  private static CacheUsage usage(Engine engine, String cache, boolean led) {
    Incarnation inside = ((HengeNode) engine).incarnation();
    ClusterState state = inside.state();
    int id = state.cache(cache).id();
    long entries = 0;
    long bytes = 0;
    long evicted = 0;
    for (int number = 0; number < state.partitionCount(); number++) {
      PartitionReplica replica = inside.data().replica(number);
      if (!led || inside.self().equals(state.partition(number).primary())) {
        CacheUsage usage = replica.store().usage(id);
        entries += usage.entries();
        bytes += usage.bytes();
        evicted += usage.evicted();
      }
    }
    return new CacheUsage(entries, bytes, evicted, 0);
  }

  private static long sum(List<Engine> engines, String cache, boolean led) {
    return engines.stream().mapToLong(each -> usage(each, cache, led).entries()).sum();
  }

  @Test
  void aCacheWithABoundKeepsItAndWhatIsReadAtAnyCopy() {
    try (TestNodes nodes = new TestNodes("bounded", 8210)) {
      List<Engine> engines = List.of(nodes.start("a"), nodes.start("b"), nodes.start("c"));
      awaitThree(engines);
      CacheSettings settings = CacheSettings.builder().copies(COPIES).maxEntries(600).build();
      List<ReplicatedCache> caches =
          engines.stream().map(each -> open(each, "small", settings)).toList();
      for (int i = 0; i < HOT; i++) {
        caches.get(0).put(bytes("hot" + i), bytes("value"));
      }
      for (int i = 0; i < 2_500; i++) {
        caches.get(i % 3).put(bytes("cold" + i), new byte[100]);
        caches.get(0).get(bytes("hot" + i % HOT));
        if (i % 500 == 0) {
          // A 64th more, and what is under way in each partition.
          assertThat(sum(engines, "small", true)).isLessThanOrEqualTo(600 + 10 + 3 * 32);
        }
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(sum(engines, "small", true)).isBetween(500L, 600L);
                assertThat(sum(engines, "small", false)).isBetween(1_000L, 1_200L);
              });
      long hot = 0;
      for (int i = 0; i < HOT; i++) {
        hot += caches.get(1).containsKey(bytes("hot" + i)) ? 1 : 0;
      }
      // Of the others a fifth is still there.
      assertThat(hot).as("keys that are read all the time").isGreaterThan(HOT / 2);
      long evictions = engines.stream().mapToLong(each -> each.evictions("small")).sum();
      assertThat(evictions).isBetween(1_800L, 2_700L);
    }
  }

  @Test
  void cachesWithoutABoundShareWhatTheirMemberMayHold() {
    long most = 2 << 20;
    try (TestNodes nodes = new TestNodes("budget", 8230)) {
      List<Engine> engines =
          List.of("a", "b", "c").stream()
              .map(name -> nodes.start(nodes.settings(name, Duration.ofSeconds(1), most)))
              .toList();
      awaitThree(engines);
      CacheSettings usual = CacheSettings.builder().copies(COPIES).build();
      ReplicatedCache first = open(engines.get(0), "first", usual);
      ReplicatedCache second = open(engines.get(1), "second", usual);
      for (int i = 0; i < 500; i++) {
        first.put(bytes("key" + i), new byte[16_000]); // 8 MB, and as much for the copies
      }
      for (int i = 0; i < 200; i++) {
        second.put(bytes("key" + i), new byte[16_000]);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                for (Engine engine : engines) {
                  long ofFirst = usage(engine, "first", true).bytes();
                  long ofSecond = usage(engine, "second", true).bytes();
                  assertThat(COPIES * (ofFirst + ofSecond)).isBetween(most / 2, most);
                  assertThat(ofSecond).as("room for the later one").isGreaterThan(most / 8);
                }
              });
    }
  }
}
