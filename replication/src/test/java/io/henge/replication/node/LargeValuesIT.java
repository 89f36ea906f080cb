package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Values of up to 64 MiB on real nodes, beside small ones, through failovers and transfers. */
class LargeValuesIT {

  private static final int LARGEST = NodeSettings.LARGEST_VALUE_BYTES;

  private static byte[] key(String name) {
    return name.getBytes(UTF_8);
  }

  private static byte[] value(int length, int seed) {
    byte[] value = new byte[length];
    new Random(seed).nextBytes(value);
    return value;
  }

  private static NodeSettings.Builder node(String cluster, int port, String name) {
    return NodeSettings.builder()
        .clusterName(cluster)
        .nodeName(name)
        .bindPort(port)
        .portRange(10)
        .partitions(32)
        .operationTimeout(Duration.ofSeconds(60))
        .removeAfter(Duration.ofSeconds(3));
  }

  private static List<Engine> start(TestNodes nodes, String cluster, int port, int count) {
    List<Engine> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.valueOf((char) ('a' + i));
      started.add(nodes.start(node(cluster, port, name).expectedSize(count).build()));
    }
    return started;
  }

  /** A copy of each entry on every node. */
  private static List<ReplicatedCache> openAll(List<Engine> nodes) {
    return nodes.stream().map(node -> open(node, nodes.size())).toList();
  }

  private static ReplicatedCache open(Engine node, int copies) {
    return node.openCache(
        "large", CacheSettings.builder().copies(copies).build(), new TreeMap<>(), null);
  }

  @Test
  void theLargestValueIsStoredReadEverywhereAndALargerOneIsRefused() {
    try (TestNodes nodes = new TestNodes("largest", 7900)) {
      List<ReplicatedCache> caches = openAll(start(nodes, "largest", 7900, 3));
      byte[] largest = value(LARGEST - 1, 1);
      caches.get(0).put(key("k"), largest);
      for (ReplicatedCache each : caches) {
        assertThat(Arrays.equals(each.get(key("k")), largest)).isTrue();
      }
      byte[] first = value(LARGEST / 8, 2);
      byte[] second = value(LARGEST / 8, 3);
      caches.get(1).put(key("j"), first);
      assertThat(Arrays.equals(caches.get(1).getAndPut(key("j"), second), first)).isTrue();
      assertThat(caches.get(2).replace(key("j"), second, first)).isTrue();

      assertThatThrownBy(() -> caches.get(0).put(key("k"), new byte[LARGEST]))
          .isInstanceOf(ValueTooLargeException.class)
          .hasMessageContaining((LARGEST + 1) + " bytes")
          .hasMessageContaining(LARGEST + " bytes that henge.max-value-bytes allows");
      assertThat(caches.get(0).get(key("k"))).hasSize(LARGEST - 1);
    }
  }

  @Test
  void smallOperationsGoOnBesideLargeOnes() throws Exception {
    try (TestNodes nodes = new TestNodes("beside", 7920)) {
      List<ReplicatedCache> caches = openAll(start(nodes, "beside", 7920, 2));
      ReplicatedCache cache = caches.get(0);
      cache.put(key("warm"), value(LARGEST / 2, 0));
      report("alone", smallPuts(cache, 3000, new AtomicBoolean(true)));
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> large =
          CompletableFuture.runAsync(
                  () -> {
                    for (int i = 0; i < 4; i++) {
                      cache.put(key("large"), value(LARGEST - 100, i));
                    }
                  })
              .whenComplete((nothing, failure) -> done.set(true));
      List<Long> beside = smallPuts(cache, 0, done);
      large.get(60, TimeUnit.SECONDS);
      report("beside four puts of 64 MiB", beside);
      assertThat(beside).as("puts that ended meanwhile").hasSizeGreaterThan(100);
      assertThat(Arrays.equals(caches.get(1).get(key("large")), value(LARGEST - 100, 3))).isTrue();
    }
  }

  /** Nanoseconds of each put: at least so many, and until done. */
  private static List<Long> smallPuts(ReplicatedCache cache, int least, AtomicBoolean done) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < least || !done.get(); i++) {
      long before = System.nanoTime();
      cache.put(key("small" + i % 500), key("value" + i));
      times.add(System.nanoTime() - before);
    }
    return times;
  }

  private static void report(String what, List<Long> times) {
    List<Long> sorted = times.stream().sorted().toList();
    System.out.printf(
        "small puts %s: %d, median %.2f ms, p99 %.2f ms, p99.9 %.2f ms, slowest %.2f ms%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6,
        sorted.get(sorted.size() * 999 / 1000) / 1e6,
        sorted.get(sorted.size() - 1) / 1e6);
  }

  @Test
  void aLearnerReceivesLargeValuesAndServesThemAfterAFailover() {
    try (TestNodes nodes = new TestNodes("learner", 7940)) {
      Engine a = start(nodes, "learner", 7940, 2).get(0);
      ReplicatedCache onA = open(a, 3);
      for (int i = 0; i < 3; i++) {
        onA.put(key("k" + i), value(LARGEST - 100, i));
      }
      onA.put(key("small"), key("value"));

      Engine c = nodes.start(node("learner", 7940, "c").build());
      ReplicatedCache onC = open(c, 3);
      await().atMost(Duration.ofSeconds(60)).until(() -> TestViews.allInSync(a, 3));
      assertThat(TestViews.localEntries(c)).isEqualTo(4);
      a.close();
      for (int i = 0; i < 3; i++) {
        assertThat(Arrays.equals(onC.get(key("k" + i)), value(LARGEST - 100, i))).isTrue();
      }
      assertThat(onC.get(key("small"))).isEqualTo(key("value"));
    }
  }

  @Test
  void aPutDuringWhichItsPrimaryEndsIsDoneOnceOrNotAtAll() throws Exception {
    try (TestNodes nodes = new TestNodes("failover", 7960)) {
      List<Engine> members = start(nodes, "failover", 7960, 3);
      List<ReplicatedCache> caches = openAll(members);
      await().atMost(Duration.ofSeconds(60)).until(() -> TestViews.allInSync(members.get(0), 3));
      ReplicatedCache cache = caches.get(0);
      List<CompletableFuture<Void>> puts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int number = i;
        puts.add(
            CompletableFuture.runAsync(
                () -> cache.put(key("k" + number), value(LARGEST - 100, number))));
      }
      members.get(2).close();
      for (int i = 0; i < 4; i++) {
        boolean done = ended(puts.get(i));
        byte[] found = caches.get(1).get(key("k" + i));
        assertThat(found != null || !done).as("an acknowledged value is there").isTrue();
        assertThat(found == null || Arrays.equals(found, value(LARGEST - 100, i))).isTrue();
      }
    }
  }

  private static boolean ended(CompletableFuture<Void> put) throws Exception {
    try {
      put.get(90, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfAny(OperationUnknownException.class, OperationRefusedException.class);
      return false;
    }
  }

  @Test
  void aMemberIsKilledWhileItReceivesLargeValuesAndNothingAcknowledgedIsMissing() throws Exception {
    try (TestNodes nodes = new TestNodes("killed", 8280)) {
      List<Engine> members = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        members.add(
            nodes.start(
                node("killed", 8280, name).expectedSize(3).drainTimeout(Duration.ZERO).build()));
      }
      List<ReplicatedCache> caches = openAll(members);
      await().atMost(Duration.ofSeconds(60)).until(() -> TestViews.allInSync(members.get(0), 3));
      AtomicBoolean enough = new AtomicBoolean();
      AtomicInteger puts = new AtomicInteger();
      List<CompletableFuture<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        ReplicatedCache cache = caches.get(i);
        byte[] key = key("k" + i);
        writers.add(CompletableFuture.supplyAsync(() -> putUntil(cache, key, puts, enough)));
      }
      Engine victim = members.get(2);
      await().atMost(Duration.ofSeconds(60)).until(() -> puts.get() > 2 && receivesLarge(victim));

      TestNodes.kill(victim);

      await().atMost(Duration.ofSeconds(60)).until(() -> TestViews.allInSync(members.get(0), 2));
      int before = puts.get();
      await().atMost(Duration.ofSeconds(60)).until(() -> puts.get() > before + 4);
      enough.set(true);
      for (int i = 0; i < 2; i++) {
        byte[] last = value(LARGEST / 8, writers.get(i).get(90, TimeUnit.SECONDS));
        for (ReplicatedCache survivor : caches.subList(0, 2)) {
          assertThat(Arrays.equals(survivor.get(key("k" + i)), last)).isTrue();
        }
      }
    }
  }

  /** Puts one value after the other; returns the seed of the last, which was acknowledged. */
  private static int putUntil(
      ReplicatedCache cache, byte[] key, AtomicInteger puts, AtomicBoolean enough) {
    int seed = 0;
    while (!enough.get()) {
      cache.put(key, value(LARGEST / 8, ++seed));
      puts.incrementAndGet();
    }
    return seed;
  }

  /** Whether a part of a large frame is there, of one of the others. */
  private static boolean receivesLarge(Engine node) {
    Incarnation inside = ((HengeNode) node).incarnation();
    return inside.state().members().keySet().stream()
        .anyMatch(other -> inside.transport().isReceivingLarge(other));
  }
}
