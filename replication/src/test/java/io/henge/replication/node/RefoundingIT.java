package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.node.management.ClusterMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a cluster is founded again, over real channels. */
class RefoundingIT {

  private static final int KEYS = 100;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static ReplicatedCache open(Engine engine) {
    return engine.openCache("c", CacheSettings.builder().copies(3).build(), new TreeMap<>(), null);
  }

  private static void awaitThreeVoters(ClusterMXBean bean) {
    await().until(() -> bean.getView().getVoterIds().length == 3);
  }

  private static void awaitRefused(Engine engine, ReplicatedCache cache) {
    await().until(() -> !TestViews.bean(engine).isQuorate());
    assertThatThrownBy(() -> cache.put(bytes("x"), bytes("y")))
        .isInstanceOfAny(OperationRefusedException.class, OperationUnknownException.class);
  }

  /** Those that died said Hello of late, perhaps, and somebody may be about to lose its lease. */
  private static String foundAgain(ClusterMXBean bean, String name, String... members) {
    return await()
        .ignoreExceptionsMatching(failure -> failure instanceof IllegalStateException)
        .until(() -> bean.foundAgain(name, members), done -> true);
  }

  private static NodeSettings.Builder settings(String cluster, String name, int port) {
    return NodeSettings.builder()
        .clusterName(cluster)
        .nodeName(name)
        .bindPort(port)
        .portRange(10)
        .partitions(32)
        .suspendAfter(Duration.ofSeconds(3)) // a busy machine must not take a majority for dead
        .operationTimeout(Duration.ofSeconds(10))
        .drainTimeout(Duration.ofSeconds(1))
        .removeAfter(Duration.ofSeconds(30));
  }

  @Test
  void theLastOfThreeIsFoundedAgainAndServesWhatItHeld() {
    try (TestNodes nodes = new TestNodes("again", 8310)) {
      Engine a = nodes.start(settings("again", "a", 8310).build());
      Engine b = nodes.start(settings("again", "b", 8310).build());
      Engine c = nodes.start(settings("again", "c", 8310).build());
      ReplicatedCache cache = open(a);
      TestViews.awaitInSync(a, 3, 3);
      ClusterMXBean bean = TestViews.bean(a);
      awaitThreeVoters(bean);
      for (int key = 0; key < KEYS; key++) {
        cache.put(bytes("k" + key), bytes("v" + key));
      }
      String former = bean.getClusterId();
      assertThatThrownBy(() -> bean.foundAgain("again", null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(".*(has a lease|a majority).*");

      TestNodes.kill(b);
      TestNodes.kill(c);
      awaitRefused(a, cache);
      assertThatThrownBy(() -> bean.foundAgain("agian", new String[0]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the cluster is called again, not agian");
      String[] dead = {bean.getNodeId(), b.id().toString()};
      assertThatThrownBy(() -> bean.foundAgain("again", dead))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("others answer than were named: [a]");
      assertThat(bean.getClusterId()).isEqualTo(former);

      String done = foundAgain(bean, "again", bean.getNodeId());

      assertThat(done).contains("[a]").contains("of 0 of 32 partitions no copy was left");
      assertThat(bean.getClusterId()).isNotEqualTo(former);
      await().until(bean::isQuorate);
      for (int key = 0; key < KEYS; key++) {
        assertThat(cache.get(bytes("k" + key))).isEqualTo(bytes("v" + key));
      }
      cache.put(bytes("k0"), bytes("new"));
      assertThat(cache.get(bytes("k0"))).isEqualTo(bytes("new"));
      assertThat(Arrays.stream(bean.eventsAfter(0)).map(event -> event.getKind()))
          .contains("FOUNDED_AGAIN", "STANDING_STILL", "REFUSED");

      Engine d = nodes.start(settings("again", "d", 8310).build());
      ReplicatedCache joined = open(d);
      TestViews.awaitInSync(a, 2, 2);
      assertThat(joined.get(bytes("k0"))).isEqualTo(bytes("new"));
      assertThat(TestViews.bean(d).getClusterId()).isEqualTo(bean.getClusterId());
    }
  }

  /** Five of which two are left: both enter, and both have their callers served. */
  @Test
  void twoOfFiveGoOnTogether() {
    try (TestNodes nodes = new TestNodes("two", 8330)) {
      Engine[] five = new Engine[5];
      for (int i = 0; i < five.length; i++) {
        five[i] = nodes.start(settings("two", "m" + i, 8330).build());
      }
      ReplicatedCache first = open(five[0]);
      ReplicatedCache second = open(five[1]);
      TestViews.awaitInSync(five[0], 5, 3);
      ClusterMXBean bean = TestViews.bean(five[0]);
      await().until(() -> bean.getView().getVoterIds().length == 5);
      for (int key = 0; key < KEYS; key++) {
        first.put(bytes("k" + key), bytes("v" + key));
      }
      for (Engine dead : List.of(five[2], five[3], five[4])) {
        TestNodes.kill(dead);
      }
      awaitRefused(five[0], first);
      await().until(() -> !TestViews.bean(five[1]).isQuorate());

      String done = foundAgain(bean, "two");

      assertThat(done).contains("[m0, m1]");
      await().until(() -> bean.isQuorate() && TestViews.bean(five[1]).isQuorate());
      assertThat(TestViews.bean(five[1]).getClusterId()).isEqualTo(bean.getClusterId());
      TestViews.awaitInSync(five[0], 2, 2);
      for (int key = 0; key < KEYS; key++) {
        // Of three copies on five members one on the two is not certain: absent, or what was put.
        byte[] value = second.get(bytes("k" + key));
        if (value != null) {
          assertThat(value).isEqualTo(bytes("v" + key));
        }
        second.put(bytes("k" + key), bytes("w" + key));
        assertThat(first.get(bytes("k" + key))).isEqualTo(bytes("w" + key));
      }
    }
  }

  /** Whoever comes back with a directory only remembers the former cluster: it joins the new. */
  @Test
  void whoComesBackWithItsDirectoryJoinsTheNewCluster(@TempDir Path directories) {
    try (TestNodes nodes = new TestNodes("back", 8350)) {
      List<String> hosts = List.of("127.0.0.1[8350]", "127.0.0.1[8351]", "127.0.0.1[8352]");
      Engine a = nodes.start(listed("a", 8350, hosts, directories));
      Engine b = nodes.start(listed("b", 8351, hosts, directories));
      Engine c = nodes.start(listed("c", 8352, hosts, directories));
      ReplicatedCache cache = open(a);
      TestViews.awaitInSync(a, 3, 3);
      ClusterMXBean bean = TestViews.bean(a);
      awaitThreeVoters(bean);
      cache.put(bytes("k"), bytes("v"));
      String former = bean.getClusterId();
      TestNodes.kill(b);
      TestNodes.kill(c);
      awaitRefused(a, cache);
      b.close(); // its directory is free again

      foundAgain(bean, "back");
      await().until(bean::isQuorate);
      assertThat(cache.get(bytes("k"))).isEqualTo(bytes("v"));

      Engine again = nodes.start(listed("b", 8351, hosts, directories));
      ReplicatedCache joined = open(again);
      TestViews.awaitInSync(a, 2, 2);
      assertThat(TestViews.bean(again).getClusterId())
          .isEqualTo(bean.getClusterId())
          .isNotEqualTo(former);
      assertThat(joined.get(bytes("k"))).isEqualTo(bytes("v"));
    }
  }

  private static NodeSettings listed(String name, int port, List<String> hosts, Path directories) {
    return settings("back", name, port)
        .portRange(0)
        .bootstrap(NodeSettings.Bootstrap.VOTERS)
        .seeds(hosts)
        .dataDirectory(directories.resolve(name))
        .build();
  }
}
