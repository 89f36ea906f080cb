package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members with data directories over real channels: founding, the restart of all, damage, failure.
 */
class RestartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path directories;
  private final List<Engine> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(Engine::close);
  }

  private Engine start(int port, int at) {
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hosts.add("127.0.0.1[" + (port + i) + "]");
    }
    Engine node =
        HengeNode.start(
            NodeSettings.builder()
                .clusterName("restart-" + port)
                .nodeName("n" + at)
                .bindPort(port + at)
                .portRange(0)
                .seeds(hosts)
                .bootstrap(NodeSettings.Bootstrap.VOTERS)
                .partitions(16)
                .removeAfter(Duration.ofSeconds(5))
                .operationTimeout(Duration.ofSeconds(30))
                .dataDirectory(directories.resolve("n" + at))
                .build());
    nodes.add(node);
    return node;
  }

  private static ReplicatedCache open(Engine node) {
    return node.openCache("carts", CacheSettings.builder().build(), new TreeMap<>(), null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static long slot(Engine node) {
    return TestViews.bean(node).getView().getSlot();
  }

  private static void awaitVoters(Engine node, int voters) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> TestViews.bean(node).getView().getVoterIds().length == voters);
  }

  @Test
  void aMajorityOfTheListedHostsFoundsAndTheLastOneJoins() {
    Engine a = start(7960, 0);
    start(7960, 1);
    open(a).put(bytes("k"), bytes("v"));

    Engine c = start(7960, 2);

    assertThat(open(c).get(bytes("k"))).isEqualTo(bytes("v"));
    awaitVoters(c, 3);
  }

  @Test
  void theRestartOfAllMembersFindsTheirClusterAgainEmptyOfEntries() {
    for (int at = 0; at < 3; at++) {
      start(7970, at);
    }
    open(nodes.get(0)).put(bytes("k"), bytes("v"));
    awaitVoters(nodes.get(0), 3);
    long before = slot(nodes.get(0));
    nodes.forEach(Engine::close);
    nodes.clear();

    for (int at = 2; at >= 0; at--) {
      start(7970, at);
    }

    Engine again = nodes.get(2);
    assertThat(again.cacheNames()).containsExactly("carts");
    assertThat(open(again).get(bytes("k"))).isNull();
    open(again).put(bytes("k"), bytes("w"));
    for (Engine node : nodes) {
      assertThat(open(node).get(bytes("k"))).isEqualTo(bytes("w"));
    }
    assertThat(slot(again)).isGreaterThan(before);
  }

  @Test
  void aMemberWhoseFileIsDamagedTakesPartWithoutAVoteAndLeavesTheFileAlone() throws IOException {
    for (int at = 0; at < 3; at++) {
      start(7980, at);
    }
    open(nodes.get(0)).put(bytes("k"), bytes("v"));
    nodes.remove(2).close();
    Path file = directories.resolve("n2").resolve("voter.log");
    byte[] damaged = Files.readAllBytes(file);
    damaged[40] ^= 4;
    Files.write(file, damaged);

    Engine again = start(7980, 2);

    assertThat(open(again).get(bytes("k"))).isEqualTo(bytes("v"));
    assertThat(TestViews.bean(again).getView().getVoterIds()).doesNotContain(again.id().toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void aVoterWhoseDiskFailsGoesOnWithoutAVoteAndAnotherMemberGetsItsSeat() throws IOException {
    for (int at = 0; at < 4; at++) {
      start(7990, at);
    }
    Engine failing = nodes.get(2);
    open(failing).put(bytes("k"), bytes("v"));
    awaitVoters(failing, 3);
    MemberId before = failing.id();

    // An interrupt closes the file under the thread that writes it, as an error of the disk does.
    diskThread("n2").interrupt();

    Awaitility.await().atMost(PATIENCE).until(() -> !failing.id().equals(before));
    byte[] left = Files.readAllBytes(directories.resolve("n2").resolve("voter.log"));
    Engine spare = nodes.get(3);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(TestViews.bean(spare).getView().getVoterIds())
                    .hasSize(3)
                    .contains(spare.id().toString())
                    .doesNotContain(failing.id().toString(), before.toString()));
    assertThat(open(failing).get(bytes("k"))).isEqualTo(bytes("v"));
    open(failing).put(bytes("k"), bytes("w"));
    assertThat(open(spare).get(bytes("k"))).isEqualTo(bytes("w"));
    assertThat(directories.resolve("n2").resolve("voter.log")).hasBinaryContent(left);
  }

  private static Thread diskThread(String node) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("henge-disk-" + node))
        .findAny()
        .orElseThrow();
  }
}
