package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.node.Engine;
import io.henge.replication.node.management.CacheStatisticsView;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.StatisticsView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMX;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics of three real members, each of its own operations, and their sum. */
class StatisticsIT {

  private static final int BOUND = 60;
  private static final int PUTS = 300;

  private static ClusterMXBean bean(CacheManager manager) throws Exception {
    Engine engine = manager.unwrap(Engine.class);
    ObjectName name =
        new ObjectName(
            "io.henge:type=Cluster,name="
                + ObjectName.quote(engine.clusterName())
                + ",node="
                + ObjectName.quote(engine.nodeName()));
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(), name, ClusterMXBean.class);
  }

  private static CacheStatisticsView figures(CacheManager manager) throws Exception {
    return Arrays.stream(bean(manager).collectStatistics())
        .filter(each -> each.getCache().endsWith("bounded"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void membersCountTheirOwnOperationsAndTheClustersAreTheSum(@TempDir Path runDirectory)
      throws IOException {
    Map<String, String> settings =
        Map.of("henge.cache.bounded.max-entries", Integer.toString(BOUND));
    try (RealMembers members = new RealMembers("statistics", 3, settings)) {
      members.start(runDirectory);
      List<Cache<String, Integer>> caches =
          members.open(
              "bounded", new MutableConfiguration<String, Integer>().setStatisticsEnabled(true));
      for (int i = 0; i < PUTS; i++) {
        caches.get(0).put("key-" + i, i);
      }
      caches.get(1).get("no such key");
      caches.get(2).remove("no such key either");

      Awaitility.await()
          .untilAsserted(
              () -> {
                CacheStatisticsView figures = figures(members.manager(1));
                assertThat(figures.getAnswered()).isEqualTo(3);
                StatisticsView sum = figures.getSum();
                assertThat(sum.getPuts()).isEqualTo(PUTS);
                assertThat(sum.getMisses()).isEqualTo(1);
                assertThat(sum.getHits() + sum.getRemovals()).isZero();
                assertThat(sum.getPut().getCalls()).isEqualTo(PUTS);
                assertThat(sum.getPut().getP99Micros())
                    .isGreaterThanOrEqualTo(sum.getPut().getMedianMicros());
                assertThat(sum.getAgeMillis()).isBetween(0L, 60_000L);
                // what is there, and what had to go, is all that was put
                long evicted =
                    Arrays.stream(figures.getMembers())
                        .mapToLong(StatisticsView::getEvictions)
                        .sum();
                assertThat(sum.getEvictions()).isEqualTo(evicted);
                assertThat(caches.get(2).unwrap(HengeCache.class).size()).isEqualTo(PUTS - evicted);
                long ofTheBeans =
                    caches.stream()
                        .mapToLong(
                            cache ->
                                cache
                                    .unwrap(ClusteredCache.class)
                                    .management()
                                    .statistics()
                                    .getCacheEvictions())
                        .sum();
                assertThat(ofTheBeans).isEqualTo(evicted).isPositive();
              });
    }
  }
}
