package io.henge.admin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class CacheStatisticsTest {

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();

  /** What JCache's statistics beans offer, as far as the console reads it. */
  public interface CountersMXBean {
    long getCacheHits();

    long getCacheMisses();

    long getCachePuts();

    float getAverageGetTime();

    void clear();
  }

  private static final class Counters implements CountersMXBean {

    private long hits;
    private final float time;

    Counters(long hits, float time) {
      this.hits = hits;
      this.time = time;
    }

    @Override
    public long getCacheHits() {
      return hits;
    }

    @Override
    public long getCacheMisses() {
      return 0;
    }

    @Override
    public long getCachePuts() {
      return 5;
    }

    @Override
    public float getAverageGetTime() {
      return time;
    }

    @Override
    public void clear() {
      hits = 0;
    }
  }

  private void register(String manager, String cache, Counters counters) throws Exception {
    server.registerMBean(
        counters,
        new ObjectName("javax.cache:type=CacheStatistics,CacheManager=" + manager + cache));
  }

  @Test
  void cachesOfOneNameAreAddedUpAndTimesWeighed() throws Exception {
    register("a", ",Cache=carts", new Counters(30, 10));
    register("b", ",Cache=carts", new Counters(10, 50));
    register("a", ",Cache=prices", new Counters(1, 1));
    Map<String, CacheStatistics> all = CacheStatistics.read(server);
    assertThat(all).containsOnlyKeys("carts", "prices");
    assertThat(all.get("carts").hits()).isEqualTo(40);
    assertThat(all.get("carts").puts()).isEqualTo(10);
    assertThat(all.get("carts").averageGetMicros()).isEqualTo(20);
    assertThat(all.get("carts").evictions()).isZero();
  }

  @Test
  void aResetTellsTheBeansOfThatNameOnly() throws Exception {
    register("a", ",Cache=x.y", new Counters(30, 10));
    register("a", ",Cache=z", new Counters(7, 10));
    assertThat(CacheStatistics.reset(server, "x:y")).isEqualTo(1);
    assertThat(CacheStatistics.read(server).get("x.y").hits()).isZero();
    assertThat(CacheStatistics.read(server).get("z").hits()).isEqualTo(7);
    assertThat(CacheStatistics.reset(server, "none")).isZero();
  }
}
