package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.ring.KeyHash;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reads on any copy, over real channels. */
class ReadsAnywhereIT {

  private static final int KEYS = 60;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ReplicatedCache open(Engine node, int copies, ReadPolicy policy) {
    CacheSettings settings = CacheSettings.builder().copies(copies).readPolicy(policy).build();
    return node.openCache("things", settings, new TreeMap<>(), null);
  }

  private static Incarnation inside(Engine node) {
    return ((HengeNode) node).incarnation();
  }

  /** Partitions of which a member has a copy that may answer. */
  private static long serving(Engine node) {
    Incarnation inside = inside(node);
    return IntStream.range(0, inside.state().partitionCount())
        .filter(partition -> inside.data().replica(partition).serves())
        .count();
  }

  /** What a member's own copy answers, null while it cannot. */
  private static byte[] here(Engine node, byte[] key) {
    Incarnation inside = inside(node);
    int partition = KeyHash.partition(key, inside.state().partitionsPerGroup());
    EntryKey entry = new EntryKey(inside.state().cache("things").id(), key);
    StoredValue value = inside.data().read(partition, entry);
    return value == null ? null : value.value();
  }

  @Test
  void everyPolicyReadsWhatWasWrittenLast() {
    try (TestNodes nodes = new TestNodes("policies", 7870)) {
      List<Engine> engines = List.of(nodes.start("a"), nodes.start("b"), nodes.start("c"));
      ReplicatedCache writer = open(engines.get(0), 2, ReadPolicy.LOCAL_FIRST);
      for (ReadPolicy policy : ReadPolicy.values()) {
        for (Engine engine : engines) {
          ReplicatedCache reader = open(engine, 2, policy);
          for (int i = 0; i < KEYS; i++) {
            byte[] value = bytes(policy + engine.nodeName() + i);
            writer.put(bytes("key" + i), value);
            assertThat(reader.get(bytes("key" + i))).isEqualTo(value);
          }
          Map<Bytes, byte[]> all =
              reader.getAll(
                  IntStream.range(0, KEYS + 1).mapToObj(i -> new Bytes(bytes("key" + i))).toList());
          assertThat(all).hasSize(KEYS);
        }
      }
    }
  }

  @Test
  void backupsAllPutsACopyOnEveryMemberAlsoOnThoseThatJoinLater() {
    try (TestNodes nodes = new TestNodes("all", 7890)) {
      Engine a = nodes.start("a");
      ReplicatedCache onA = open(a, Integer.MAX_VALUE, ReadPolicy.LOCAL_FIRST);
      for (int i = 0; i < KEYS; i++) {
        onA.put(bytes("key" + i), bytes("value" + i));
      }
      for (String name : List.of("b", "c", "d")) {
        Engine later = nodes.start(name);
        open(later, Integer.MAX_VALUE, ReadPolicy.LOCAL_FIRST);
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> serving(later) == inside(later).state().partitionCount());
        for (int i = 0; i < KEYS; i++) {
          byte[] key = bytes("key" + i);
          byte[] expected = bytes("value" + i);
          Awaitility.await() // for a lease, on a busy machine
              .atMost(Duration.ofSeconds(10))
              .until(() -> here(later, key), value -> Arrays.equals(value, expected));
        }
      }
      assertThat(serving(a)).isEqualTo(inside(a).state().partitionCount());
    }
  }
}
