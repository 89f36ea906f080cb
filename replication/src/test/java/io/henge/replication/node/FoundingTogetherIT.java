package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Members on real channels that know how many found, and not who. */
class FoundingTogetherIT {

  private static NodeSettings.Builder settings(String cluster, int port, String name) {
    return NodeSettings.builder()
        .clusterName(cluster)
        .nodeName(name)
        .bindPort(port)
        .portRange(10)
        .expectedSize(3)
        .operationTimeout(Duration.ofMillis(500))
        .partitions(16);
  }

  private static void assertThreeFoundTogether(TestNodes nodes, NodeSettings.Builder[] settings) {
    Engine a = nodes.start(settings[0].build());
    Engine b = nodes.start(settings[1].build());
    for (Engine waiting : new Engine[] {a, b}) {
      assertThatThrownBy(() -> open(waiting)).isInstanceOf(OperationRefusedException.class);
    }
    Engine c = nodes.start(settings[2].operationTimeout(Duration.ofSeconds(30)).build());
    ReplicatedCache onC = open(c);
    TestViews.awaitInSync(a, 3, 2);
    assertThat(TestViews.bean(a).getView().getVoterIds()).hasSize(3);
    onC.put("key".getBytes(UTF_8), "value".getBytes(UTF_8));
    assertThat(open(a).get("key".getBytes(UTF_8))).isEqualTo("value".getBytes(UTF_8));
  }

  private static ReplicatedCache open(Engine node) {
    return node.openCache("carts", CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  @Test
  void twoOfThreeExpectedMembersOfAMachineWaitAndAllThreeFound() {
    try (TestNodes nodes = new TestNodes("expected", 7990)) {
      assertThreeFoundTogether(
          nodes,
          new NodeSettings.Builder[] {
            settings("expected", 7990, "a"),
            settings("expected", 7990, "b"),
            settings("expected", 7990, "c")
          });
    }
  }

  @Test
  void threeExpectedMembersOfAMulticastGroupFoundTogether() {
    NodeDiscovery group = new NodeDiscovery.Multicast("239.255.72.90", 7999);
    try (TestNodes nodes = new TestNodes("multicast", 8010)) {
      assertThreeFoundTogether(
          nodes,
          new NodeSettings.Builder[] {
            settings("multicast", 8010, "a").discovery(group),
            settings("multicast", 8020, "b").discovery(group),
            settings("multicast", 8030, "c").discovery(group)
          });
    }
  }

  @Test
  void aMemberBehindANameIsFoundByOneThatKnowsTheNameOnly() {
    // A name for this machine has one address, so only one member can be behind it.
    NodeDiscovery name = new NodeDiscovery.Dns("localhost", 8040);
    try (TestNodes nodes = new TestNodes("name", 8040)) {
      Engine a =
          nodes.start(
              settings("name", 8040, "a")
                  .portRange(0)
                  .expectedSize(1)
                  .discovery(name)
                  .operationTimeout(Duration.ofSeconds(30))
                  .build());
      Engine b =
          nodes.start(
              settings("name", 8041, "b")
                  .portRange(0)
                  .expectedSize(2)
                  .discovery(name)
                  .operationTimeout(Duration.ofSeconds(30))
                  .build());
      open(a).put("key".getBytes(UTF_8), "value".getBytes(UTF_8));
      assertThat(open(b).get("key".getBytes(UTF_8))).isEqualTo("value".getBytes(UTF_8));
      TestViews.awaitInSync(b, 2, 2);
    }
  }
}
