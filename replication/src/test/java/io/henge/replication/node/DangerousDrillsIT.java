package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.node.drill.DrillKind;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.node.management.ProbeView;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Drills of crash and cut over real channels, under writes that neither fail nor are lost. */
class DangerousDrillsIT {

  private static final int MEMBERS = 3;
  private static final int COPIES = 2;

  private static NodeSettings allowing(TestNodes nodes, String name) {
    NodeSettings plain = nodes.settings(name);
    return NodeSettings.builder()
        .clusterName(plain.clusterName())
        .nodeName(name)
        .bindPort(plain.bindPort())
        .portRange(plain.portRange())
        .partitions(plain.partitions())
        .removeAfter(Duration.ofSeconds(6))
        .operationTimeout(Duration.ofSeconds(30))
        .drills(Set.of(DrillKind.values()))
        .build();
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  /** Runs a drill at the third member while the first one writes. */
  private static void underWrites(TestNodes nodes, Drill drill) throws Exception {
    Engine a = nodes.start(allowing(nodes, "a"));
    nodes.start(allowing(nodes, "b"));
    Engine c = nodes.start(allowing(nodes, "c"));
    ReplicatedCache cache =
        a.openCache("c", CacheSettings.builder().build(), new TreeMap<>(), null);
    TestViews.awaitInSync(a, MEMBERS, COPIES);
    ClusterMXBean bean = TestViews.bean(a);
    patiently().until(() -> bean.getView().getVoterIds().length == MEMBERS);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      SteadyWriter writer = new SteadyWriter("k", cache, 128);
      Future<Void> run = executor.submit(writer);
      patiently().until(writer::wroteAll);
      drill.run(bean, c);
      writer.stop();
      run.get(); // an operation that failed is thrown here
      writer.verify(cache);
    } finally {
      executor.shutdownNow();
      executor.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private interface Drill {
    void run(ClusterMXBean asked, Engine sufferer);
  }

  private static FailoverView failoverOf(ClusterMXBean bean, String member) {
    return Arrays.stream(bean.getFailovers())
        .filter(each -> each.getMemberId().equals(member))
        .findFirst()
        .orElse(null);
  }

  @Test
  void aMemberThatCrashesComesBackAsANewOneAndNothingIsLost() throws Exception {
    try (TestNodes nodes = new TestNodes("crash", 8310)) {
      underWrites(
          nodes,
          (bean, c) -> {
            String before = c.id().toString();
            String ofA = bean.getNodeId();
            assertThatThrownBy(() -> bean.crashDrill(ofA))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ask another one");

            bean.beginProbe(before);
            patiently().until(() -> bean.getProbe().getWrites() > 100);
            assertThat(bean.getCaches()).hasSize(1);
            assertThat(nodes.first().cacheNames()).containsExactly("c");

            bean.crashDrill(before);

            patiently().until(() -> failoverOf(bean, before) != null);
            patiently().until(() -> !c.id().toString().equals(before));
            TestViews.awaitInSync(c, MEMBERS, COPIES);
            TestViews.awaitInSync(nodes.first(), MEMBERS, COPIES);
            ProbeView probe = bean.endProbe();
            assertThat(probe.getMemberId()).isEqualTo(before);
            assertThat(probe.getPartitions()).isPositive();
            assertThat(probe.getFailed()).isZero();
            assertThat(probe.getRetries()).isPositive();
            assertThat(probe.getLost()).isZero();
            assertThat(probe.isVerified()).isTrue();
            assertThat(bean.getProbe()).isNull();
            assertThat(bean.endProbe()).isNull();
            System.out.printf(
                "probe of a crash: %d writes, %d reads, %d retries, longest %.1f ms%n",
                probe.getWrites(), probe.getReads(), probe.getRetries(), probe.getLongestMillis());
            FailoverView failover = failoverOf(bean, before);
            assertThat(failover.getPartitionsLost()).isZero();
            assertThat(Arrays.stream(bean.getView().getMembers()).map(each -> each.getId()))
                .contains(c.id().toString())
                .doesNotContain(before);
            System.out.printf("crash drill: %s, %s%n", failover.getCause(), failover.getEvidence());
          });
    }
  }

  @Test
  void aMemberThatIsCutOffIsSuspendedAndComesBackByItself() throws Exception {
    try (TestNodes nodes = new TestNodes("cut", 8330)) {
      underWrites(
          nodes,
          (bean, c) -> {
            String id = c.id().toString();
            assertThatThrownBy(() -> bean.cutDrill(id, 60_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be from 1 to 3000");

            bean.cutDrill(id, 2_000);

            patiently().until(() -> failoverOf(bean, id) != null);
            TestViews.awaitInSync(nodes.first(), MEMBERS, COPIES);
            assertThat(failoverOf(bean, id).getPartitionsLost()).isZero();
            assertThat(c.id()).as("the same incarnation").hasToString(id);
          });
    }
  }

  @Test
  void aMemberThatDoesNotAllowItRefusesAndNamesTheSetting() {
    try (TestNodes nodes = new TestNodes("unwilling", 8350)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      a.openCache("c", CacheSettings.builder().build(), new TreeMap<>(), null);
      TestViews.awaitInSync(a, 2, COPIES);
      String id = b.id().toString();
      assertThatThrownBy(
              () ->
                  a.openCache(
                      "henge.probe", CacheSettings.builder().build(), new TreeMap<>(), null))
          .isInstanceOf(OperationRefusedException.class)
          .hasMessageContaining("cache of drills");
      assertThatThrownBy(() -> TestViews.bean(a).crashDrill(id))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("henge.drills.crash=true");
      assertThatThrownBy(() -> TestViews.bean(a).cutDrill(id, 1_000))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("henge.drills.cut=true");
      assertThat(b.id()).hasToString(id);
    }
  }
}
