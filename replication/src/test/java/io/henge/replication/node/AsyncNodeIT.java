package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.node.management.CacheView;
import io.henge.replication.topology.ReplicationMode;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AsyncNodeIT {

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ReplicatedCache open(Engine node, boolean staleReads) {
    CacheSettings settings =
        CacheSettings.builder()
            .copies(3)
            .mode(ReplicationMode.Async.DEFAULT)
            .staleReads(staleReads)
            .build();
    return node.openCache("views", settings, new TreeMap<>(settings.shared()), null);
  }

  private static CacheView cache(Engine node) throws Exception {
    return TestViews.bean(node).getCaches()[0];
  }

  @Test
  void afterAPrimaryIsGoneTheOthersAreEqualAndSayWhatMayBeLost() throws Exception {
    try (TestNodes nodes = new TestNodes("asynchronous", 7850)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      Engine c = nodes.start("c");
      ReplicatedCache onA = open(a, false);
      ReplicatedCache onB = open(b, false);
      ReplicatedCache onC = open(c, true);
      TestViews.awaitInSync(b, 3, 3);
      assertThat(cache(b).getMode()).isEqualTo("async");
      for (int i = 0; i < 300; i++) {
        onA.put(bytes("a" + i), bytes("value" + i));
      }
      Set<String> acknowledged = new ConcurrentSkipListSet<>();
      AtomicBoolean enough = new AtomicBoolean();
      Thread writer = new Thread(() -> write(onB, acknowledged, enough), "writer");
      writer.start();
      Awaitility.await().until(() -> acknowledged.size() > 200);
      a.close();
      TestViews.awaitInSync(b, 2, 2);
      int before = acknowledged.size();
      Awaitility.await().until(() -> acknowledged.size() > before + 100);
      enough.set(true);
      writer.join();

      long lost = 0;
      for (int i = 0; i < 300; i++) {
        lost += onB.get(bytes("a" + i)) == null ? 1 : 0;
      }
      for (String key : acknowledged) {
        lost += onB.get(bytes(key)) == null ? 1 : 0;
      }
      assertThat(lost).isLessThanOrEqualTo(cache(b).getPossiblyLost());
      assertThat(cache(b).getPossiblyLost()).isEqualTo(cache(c).getPossiblyLost());
      long entries = 300 + acknowledged.size() - lost;
      Awaitility.await().until(() -> cache(b).getLocalEntries() == entries);
      Awaitility.await().until(() -> cache(c).getLocalEntries() == entries);
      for (String key : acknowledged) {
        assertThat(onC.get(bytes(key))).as(key).isEqualTo(onB.get(bytes(key)));
      }
    }
  }

  private static void write(ReplicatedCache cache, Set<String> acknowledged, AtomicBoolean enough) {
    for (int i = 0; !enough.get(); i++) {
      String key = "b" + i;
      cache.put(bytes(key), bytes("value"));
      acknowledged.add(key);
    }
  }
}
