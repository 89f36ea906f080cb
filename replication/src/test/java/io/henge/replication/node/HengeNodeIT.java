package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HengeNodeIT {

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ReplicatedCache open(Engine node, String name) {
    return node.openCache(name, CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  @Test
  void aWriteOnOneNodeIsReadOnTheOthers() throws Exception {
    try (TestNodes nodes = new TestNodes("spread", 7810)) {
      Engine a = nodes.start("a");
      ReplicatedCache onA = open(a, "carts");
      Engine b = nodes.start("b");
      Engine c = nodes.start("c");
      ReplicatedCache onB = open(b, "carts");
      ReplicatedCache onC = open(c, "carts");
      for (int i = 0; i < 200; i++) {
        onA.put(bytes("key" + i), bytes("value" + i));
      }
      TestViews.awaitInSync(a, 3, 2);
      for (int i = 0; i < 200; i++) {
        assertThat(onB.get(bytes("key" + i))).isEqualTo(bytes("value" + i));
        assertThat(onC.get(bytes("key" + i))).isEqualTo(bytes("value" + i));
      }
      int count = 0;
      for (Iterator<Map.Entry<byte[], byte[]>> i = onC.iterator(); i.hasNext(); i.next()) {
        count++;
      }
      assertThat(count).isEqualTo(200);
    }
  }

  @Test
  void everyOperationAnswersAsDocumented() {
    try (TestNodes nodes = new TestNodes("operations", 7830)) {
      ReplicatedCache cache = open(nodes.start("a"), "things");
      byte[] key = bytes("k");
      assertThat(cache.get(key)).isNull();
      assertThat(cache.putIfAbsent(key, bytes("1"))).isTrue();
      assertThat(cache.putIfAbsent(key, bytes("2"))).isFalse();
      assertThat(cache.getAndPut(key, bytes("2"))).isEqualTo(bytes("1"));
      assertThat(cache.replace(key, bytes("1"), bytes("3"))).isFalse();
      assertThat(cache.replace(key, bytes("2"), bytes("3"))).isTrue();
      assertThat(cache.replace(key, bytes("4"))).isTrue();
      assertThat(cache.getAndReplace(key, bytes("5"))).isEqualTo(bytes("4"));
      assertThat(cache.remove(key, bytes("4"))).isFalse();
      assertThat(cache.remove(key, bytes("5"))).isTrue();
      assertThat(cache.remove(key)).isFalse();
      assertThat(cache.getAndReplace(key, bytes("6"))).isNull();
      cache.put(key, bytes("7"));
      assertThat(cache.getAndRemove(key)).isEqualTo(bytes("7"));
      byte[] result =
          cache.invokeHere(
              key, value -> new EntryOutcome(EntryOutcome.Change.SET, bytes("8"), bytes("r")));
      assertThat(result).isEqualTo(bytes("r"));
      assertThat(cache.get(key)).isEqualTo(bytes("8"));
      cache.clear();
      assertThat(cache.containsKey(key)).isFalse();
    }
  }
}
