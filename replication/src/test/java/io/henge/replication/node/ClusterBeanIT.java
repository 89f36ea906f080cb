package io.henge.replication.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.membership.LogChain;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.LogEntryView;
import io.henge.replication.node.management.MemberView;
import io.henge.replication.node.statistics.CallStatistics;
import io.henge.replication.node.statistics.Latencies;
import io.henge.replication.node.statistics.LatencyRecorder;
import io.henge.replication.topology.MemberId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The cluster bean through the MBean server, by open types only, as other class loaders see it. */
class ClusterBeanIT {

  private static final int KEYS = 64;
  private static final String TEXT = String.class.getName();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private CompositeData view(Engine node) throws Exception {
    return (CompositeData) server.getAttribute(TestViews.name(node), "View");
  }

  private CompositeData whatIf(Engine node, String how, String... members) throws Exception {
    return (CompositeData)
        server.invoke(
            TestViews.name(node),
            "whatIf",
            new Object[] {members, how},
            new String[] {String[].class.getName(), TEXT});
  }

  private CompositeData viewAt(Engine node, long slot) throws Exception {
    return (CompositeData)
        server.invoke(
            TestViews.name(node),
            "viewAt",
            new Object[] {slot},
            new String[] {long.class.getName()});
  }

  private static int moves(CompositeData outlook) {
    return ((CompositeData[]) outlook.get("moves")).length;
  }

  private static boolean settled(CompositeData view) {
    for (long[] row : (long[][]) view.get("partitions")) {
      if (row[2] != 2 || row.length != 5) {
        return false;
      }
    }
    return true;
  }

  @Test
  void thePastAndTheFutureAreReadableThroughOpenTypes() throws Exception {
    try (TestNodes nodes = new TestNodes("insight", 7910)) {
      Engine a = nodes.start("a");
      ReplicatedCache cache =
          a.openCache("things", CacheSettings.builder().build(), new TreeMap<>(), null);
      long early = (Long) view(a).get("slot");
      Engine b = nodes.start("b");
      for (int i = 0; i < KEYS; i++) {
        cache.put(("key" + i).getBytes(UTF_8), new byte[100]);
      }
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> settled(view(a)));

      CompositeData then = viewAt(a, early);
      assertThat((CompositeData[]) then.get("members")).hasSize(1);
      assertThat(((long[][]) then.get("partitions"))[0]).hasSize(4);
      assertThat((Long) server.getAttribute(TestViews.name(a), "OldestSlot"))
          .isLessThanOrEqualTo(early);
      assertThatThrownBy(() -> viewAt(a, Long.MAX_VALUE))
          .isInstanceOf(RuntimeMBeanException.class)
          .hasRootCauseInstanceOf(IllegalArgumentException.class);

      CompositeData crash = whatIf(a, "crash", b.id().toString());
      assertThat((int[]) crash.get("lost")).isEmpty();
      assertThat((int[]) crash.get("singleCopy")).hasSize(32);
      CompositeData drain = whatIf(a, "drain", a.id().toString(), b.id().toString());
      assertThat((String) drain.get("refusal")).contains("start another member");
      assertThatThrownBy(() -> whatIf(a, "explode", b.id().toString()))
          .hasRootCauseMessage("how is explode; it has to be crash or drain");

      Engine c = nodes.start("c");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  ((CompositeData[]) view(a).get("members")).length == 3
                      && settled(view(a))
                      && moves(whatIf(a, "drain", c.id().toString())) > 0);
      CompositeData without = whatIf(a, "drain", c.id().toString());
      assertThat((String) without.get("refusal")).isEmpty();
      assertThat((Long) without.get("entriesToCopy")).isPositive();
      assertThat((Long) without.get("bytesToCopy"))
          .isGreaterThan(100 * (Long) without.get("entriesToCopy"));
    }
  }

  @Test
  void anOperatorDrainsWeighsAndPausesThroughTheBean() {
    try (TestNodes nodes = new TestNodes("operator", 8030)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      a.openCache("things", CacheSettings.builder().build(), new TreeMap<>(), null);
      TestViews.awaitInSync(a, 2, 2);
      ClusterMXBean bean = TestViews.bean(a);
      String id = b.id().toString();

      bean.pauseRebalancing();
      assertThat(bean.isRebalancingPaused()).isTrue();
      Awaitility.await().until(() -> TestViews.bean(b).isRebalancingPaused());
      bean.resumeRebalancing();
      assertThat(bean.isRebalancingPaused()).isFalse();

      bean.setWeight(id, 2.5);
      assertThat(member(bean, id).getWeight()).isEqualTo(2.5);
      bean.drain(id);
      assertThat(member(bean, id).getState()).isEqualTo("DRAINING");
      Awaitility.await().until(() -> a.handover(b.id()).copies() == 0);
      bean.undrain(id);
      assertThat(member(bean, id).getState()).isEqualTo("ACTIVE");

      assertThatThrownBy(() -> bean.drain(new MemberId(1, 2).toString()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no member");
      assertThatThrownBy(() -> bean.setWeight(id, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("positive");
    }
  }

  private static MemberView member(ClusterMXBean bean, String id) {
    return Arrays.stream(bean.getView().getMembers())
        .filter(member -> member.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void statisticsOfAllMembersAreReadableThroughOpenTypesWithTheirAges() throws Exception {
    try (TestNodes nodes = new TestNodes("statistics", 8050)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      a.openCache("things", CacheSettings.builder().build(), new TreeMap<>(), null);
      TestViews.awaitInSync(a, 2, 2);
      LatencyRecorder reads = new LatencyRecorder();
      reads.record(1_000_000);
      for (Engine each : new Engine[] {a, b}) {
        each.count(
            "things",
            () ->
                new CallStatistics(
                    true, 3, 1, 0, 0, 5, reads.latencies(), Latencies.NONE, Latencies.NONE));
      }
      CompositeData cache =
          Awaitility.await().until(() -> statistics(a), each -> answered(each) == 2);
      assertThat(cache.get("cache")).isEqualTo("things");
      CompositeData sum = (CompositeData) cache.get("sum");
      assertThat(sum.get("hits")).isEqualTo(6L);
      assertThat(sum.get("missedEvents")).isEqualTo(10L);
      assertThat((Long) sum.get("ageMillis")).isNotNegative();
      CompositeData get = (CompositeData) sum.get("get");
      assertThat(get.get("calls")).isEqualTo(2L);
      assertThat(get.get("averageMicros")).isEqualTo(1_000.0);
      assertThat((Double) get.get("p99Micros")).isBetween(1_000.0, 1_125.0);
      assertThat((CompositeData[]) cache.get("members"))
          .extracting(row -> row.get("member") + " " + row.get("hits"))
          .containsExactlyInAnyOrder("a 3", "b 3");
      b.closeCache("things");
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(((CompositeData) statistics(a).get("sum")).get("hits")).isEqualTo(3L));
    }
  }

  @Test
  void theViewsVersionTellsWhetherTheViewIsAnother() {
    try (TestNodes nodes = new TestNodes("version", 8070)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      a.openCache("things", CacheSettings.builder().build(), new TreeMap<>(), null);
      TestViews.awaitInSync(a, 2, 2);
      ClusterMXBean bean = TestViews.bean(a);
      String before = bean.getViewVersion();
      assertThat(before).isNotEqualTo(TestViews.bean(b).getViewVersion());
      bean.setWeight(b.id().toString(), 2);
      assertThat(bean.getViewVersion()).isNotEqualTo(before);
      assertThat(
              member(bean, a.id().toString()).getPrimaries()
                  + member(bean, b.id().toString()).getPrimaries())
          .isEqualTo(bean.getView().getPartitions().length);
      assertThatThrownBy(() -> bean.cacheStatistics("nothing"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there is no cache nothing");
    }
  }

  @Test
  void theHashesFollowFromTheEntriesThatTheBeanShows() {
    try (TestNodes nodes = new TestNodes("chain", 8290)) {
      Engine a = nodes.start("a");
      Engine b = nodes.start("b");
      a.openCache("things", CacheSettings.builder().build(), new TreeMap<>(), null);
      TestViews.awaitInSync(a, 2, 2);
      for (Engine each : new Engine[] {a, b}) {
        ClusterMXBean bean = TestViews.bean(each);
        LogEntryView[] entries = bean.logEntriesAfter(-1);
        assertThat(entries).hasSizeGreaterThan(1);
        for (int i = 0; i < entries.length; i++) {
          assertThat(next(entries[i])).isEqualTo(entries[i].getChain());
          if (i > 0) {
            assertThat(entries[i].getSlot()).isEqualTo(entries[i - 1].getSlot() + 1);
            assertThat(entries[i].getBefore()).isEqualTo(entries[i - 1].getChain());
          }
        }
        LogEntryView last = entries[entries.length - 1];
        assertThat(bean.viewAt(last.getSlot()).getChain()).isEqualTo(last.getChain());
        assertThat(bean.logEntriesAfter(last.getSlot() - 1)[0].getSlot()).isEqualTo(last.getSlot());
      }
    }
  }

  private static String next(LogEntryView entry) {
    HexFormat hex = HexFormat.of();
    List<Boolean> fitted = new ArrayList<>();
    for (boolean each : entry.getFitted()) {
      fitted.add(each);
    }
    return hex.toHexDigits(
        LogChain.next(
            HexFormat.fromHexDigitsToLong(entry.getBefore()),
            entry.getSlot(),
            Arrays.stream(entry.getCommands()).map(hex::parseHex).toList(),
            fitted));
  }

  private CompositeData statistics(Engine node) throws Exception {
    return (CompositeData)
        server.invoke(
            TestViews.name(node), "cacheStatistics", new Object[] {"things"}, new String[] {TEXT});
  }

  private static int answered(CompositeData cache) {
    return (Integer) cache.get("answered");
  }
}
