package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.henge.replication.membership.ClusterState;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Twenty members over real channels in one JVM: they found together and are filled; a zone of two
 * is killed at once and a third member leaves under load; the others heal and have every entry. The
 * hundred of {@code LargeClusterIT} have simulated channels. Left out where a processor has more
 * than {@value #MOST_LOAD} runnable processes already, unless {@code -Dmembers.many=true}: six
 * hundred threads then get no lease in time.
 */
class TwentyMembersIT {

  private static final int MEMBERS = 20;
  private static final int PARTITIONS = 1_024;
  private static final int COPIES = 2;
  private static final int ENTRIES_PER_MEMBER = 100;
  private static final int WRITERS = 4;
  private static final int ZONES = 10;
  private static final int LEAVING = 17;
  private static final int MOST_LOAD = 10;

  /** Both members of a zone. */
  private static final List<Integer> KILLED = List.of(18, 19);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** One JVM on two busy cores speaks for all twenty: silences are long, and no proof of death. */
  private static NodeSettings settings(int number) {
    return NodeSettings.builder()
        .clusterName("twenty")
        .nodeName("m" + number)
        .bindPort(8260)
        .portRange(MEMBERS)
        .partitions(PARTITIONS)
        .zone("zone" + number * ZONES / MEMBERS)
        .expectedSize(MEMBERS)
        .drainTimeout(number == LEAVING ? Duration.ofSeconds(30) : Duration.ZERO)
        .lease(Duration.ofSeconds(1))
        .suspendAfter(Duration.ofSeconds(5))
        .removeAfter(Duration.ofSeconds(6))
        .reReplicateAfter(Duration.ZERO)
        .operationTimeout(Duration.ofSeconds(60))
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Incarnation inside(Engine node) {
    return ((HengeNode) node).incarnation();
  }

  private static ReplicatedCache open(Engine node) {
    CacheSettings settings = CacheSettings.builder().copies(COPIES).build();
    return node.openCache("things", settings, new TreeMap<>(), null);
  }

  private boolean seesAll(Engine node) {
    ClusterState state = inside(node).state();
    return state != null && state.members().size() == MEMBERS;
  }

  /** All copies of all partitions are in sync at so many members, as each of these knows. */
  private static boolean isWhole(List<Engine> nodes) {
    return nodes.stream().allMatch(node -> isWhole(inside(node).state(), nodes.size()));
  }

  private static boolean isWhole(ClusterState state, int members) {
    return state != null
        && state.members().size() == members
        && state.partitionCount() == PARTITIONS
        && IntStream.range(0, PARTITIONS)
            .mapToObj(state::partition)
            .allMatch(each -> each.inSync().size() == COPIES && each.learners().isEmpty());
  }

  private static void awaitWhole(List<Engine> nodes) {
    Awaitility.await().atMost(PATIENCE).until(() -> isWhole(nodes));
  }

  /** Writes versions of its own keys until told to stop; knows what was acknowledged. */
  private static final class Writer implements Callable<Map<String, Integer>> {

    private final String name;
    private final ReplicatedCache cache;
    private volatile boolean stopped;

    Writer(String name, ReplicatedCache cache) {
      this.name = name;
      this.cache = cache;
    }

    @Override
    public Map<String, Integer> call() {
      Map<String, Integer> acknowledged = new HashMap<>();
      for (int i = 0; !stopped; i++) {
        String key = name + i % 200;
        cache.put(bytes(key), bytes(Integer.toString(i)));
        acknowledged.put(key, i);
      }
      return acknowledged;
    }
  }

  @Test
  void twentyMembersFoundFillLoseSomeAndHaveEveryEntry() throws Exception {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage() / system.getAvailableProcessors();
    assumeTrue(
        Boolean.getBoolean("members.many") || load <= MOST_LOAD,
        () -> load + " runnable processes for each processor are too many");
    ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
    try (TestNodes nodes = new TestNodes("twenty", 8260)) {
      long begin = System.nanoTime();
      List<Engine> engines = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        engines.add(nodes.start(settings(i)));
      }
      Awaitility.await().atMost(PATIENCE).until(() -> engines.stream().allMatch(this::seesAll));
      List<ReplicatedCache> caches = engines.stream().map(TwentyMembersIT::open).toList();
      awaitWhole(engines);
      report("founded, every copy in sync", begin, engines);

      begin = System.nanoTime();
      Map<String, String> expected = fill(caches);
      report("filled", begin, engines);

      List<Writer> writers = new ArrayList<>();
      List<Future<Map<String, Integer>>> written = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(new Writer("w" + i + "-", caches.get(i)));
        written.add(executor.submit(writers.get(i)));
      }
      begin = System.nanoTime();
      KILLED.forEach(number -> TestNodes.kill(engines.get(number)));
      engines.get(LEAVING).close();
      List<Engine> healthy = engines.subList(0, LEAVING);
      awaitWhole(healthy);
      writers.forEach(writer -> writer.stopped = true);
      for (Future<Map<String, Integer>> each : written) {
        each.get().forEach((key, version) -> expected.put(key, version.toString()));
      }
      report("healed under load", begin, healthy);

      begin = System.nanoTime();
      for (ReplicatedCache cache : caches.subList(0, LEAVING)) {
        assertThat(read(cache, expected.keySet().stream().toList())).isEqualTo(expected);
      }
      report("read whole by each", begin, healthy);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Map<String, String> fill(List<ReplicatedCache> caches) {
    Map<String, String> entries = new HashMap<>();
    for (int member = 0; member < MEMBERS; member++) {
      Map<Bytes, byte[]> own = new HashMap<>();
      for (int i = 0; i < ENTRIES_PER_MEMBER; i++) {
        String key = "m" + member + "-" + i;
        own.put(new Bytes(bytes(key)), bytes("value of " + key));
        entries.put(key, "value of " + key);
      }
      caches.get(member).putAll(own);
    }
    return entries;
  }

  private static Map<String, String> read(ReplicatedCache cache, List<String> keys) {
    Map<String, String> found = new HashMap<>();
    cache
        .getAll(keys.stream().map(key -> new Bytes(bytes(key))).toList())
        .forEach(
            (key, value) -> found.put(new String(key.array(), UTF_8), new String(value, UTF_8)));
    return found;
  }

  private static void report(String what, long begin, List<Engine> nodes) {
    long frames =
        nodes.stream().mapToLong(node -> inside(node).transport().statistics().framesSent()).sum();
    System.gc(); // only for the figure: what is in use, not what is garbage
    System.out.printf(
        "%d members: %s in %.1f s; %,d frames sent so far, %d MB of heap in use, %d threads%n",
        nodes.size(),
        what,
        (System.nanoTime() - begin) / 1e9,
        frames,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
        ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
